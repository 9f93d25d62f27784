"""What several queries and actions of the directory read together."""
