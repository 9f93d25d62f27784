"""What several queries and actions of this stage read together."""
