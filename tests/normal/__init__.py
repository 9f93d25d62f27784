"""The one normal form, measured against the frozen corpora."""
