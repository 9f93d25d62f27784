"""What several queries and actions of contacts, and of later stages, read together."""
