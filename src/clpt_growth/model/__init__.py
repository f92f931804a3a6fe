"""The nouns: what the program is about, and nothing it does."""
