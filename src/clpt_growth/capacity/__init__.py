"""What the trust can give, has promised, and would have to find."""
