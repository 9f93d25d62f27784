"""The demo hub: an invented borough, its agencies and people, and some eighty contacts."""
