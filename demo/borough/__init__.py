"""A borough in a sealed box: a hub that is lived in for days of its own time, from one seed.

People act on what their own list of work offers, through the pages, at a virtual moment that the database believes.
The proof that nobody falls through looks on (`tests/proofs/test_nobody.py`); the demo can be filled by it (ADR 0060).
"""
