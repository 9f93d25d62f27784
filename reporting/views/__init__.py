"""Pages that are made of the log."""
