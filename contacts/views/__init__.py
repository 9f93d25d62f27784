"""Pages of contacts, of protective work, and of the public form."""
