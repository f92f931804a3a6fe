"""Text to values: reading files, every problem at once, and writing without losing anything."""
