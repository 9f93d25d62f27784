"""What queries and actions of this stage read together: below both, and bound by the same rules."""
