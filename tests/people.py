"""People who act in the tests: named fixtures, each a viewer in one membership."""
