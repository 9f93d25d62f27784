"""What need-to-know costs: a borough of a million contacts, and the pages of its people with and without the walls."""
