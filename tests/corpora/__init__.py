"""Frozen lists of names, addresses, numbers and texts, written before the code that compares them."""
