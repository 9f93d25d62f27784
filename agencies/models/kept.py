"""What somebody typed and could not send."""

from __future__ import annotations

from django.db import models

MOST_LETTERS = 40


class KeptText(models.Model):
    """One form as its author left it: kept until it is sent, thrown away, or a month old.

    No role of the application reads the table: see `agencies/sql/functions/kept.sql`. Whose it is and where it was
    typed stand as keyed hashes, the text is closed by the key ring.
    """

    place = models.CharField(max_length=MOST_LETTERS, primary_key=True, help_text="Keyed hash of author and address.")
    author = models.CharField(max_length=MOST_LETTERS, db_index=True, help_text="Keyed hash of the account's key.")
    content = models.TextField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.place
