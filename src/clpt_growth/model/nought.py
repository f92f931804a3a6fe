"""Nought is a figure somebody gave or worked out; what is not known is None."""

from decimal import Decimal

NOUGHT = Decimal(0)
