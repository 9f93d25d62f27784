"""The proof that nobody falls through: what looks on while a borough is lived in, and what it compares with."""
