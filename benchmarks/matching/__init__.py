"""The search on a hub of two million people: how long it takes, and whether it finds who was typed wrongly."""
