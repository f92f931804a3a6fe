"""Growth-capacity due diligence for English multi-academy trusts."""

__version__ = "0.1.0"
