"""Pages of asking, answering and reading, by who uses them."""
