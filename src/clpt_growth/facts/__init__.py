"""Which facts there are, how they are written, and the facts worked out from others."""
