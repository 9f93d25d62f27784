"""What somebody typed and could not send."""

from __future__ import annotations

from django.db import models

MOST_LETTERS = 40


class KeptText(models.Model):
    """One form as its author left it: kept until it is sent, thrown away, or a month old.

    No role of the application reads the table: see `agencies/sql/functions/kept.sql`. Whose it is and where it was
    typed stand as keyed hashes, the text is closed by the key ring. A form of a desk also says whose it was and about
    which contact, so that it passes on to the desk when its author is gone (docs/adr/0093).
    """

    place = models.CharField(max_length=MOST_LETTERS, primary_key=True, help_text="Keyed hash of author and address.")
    author = models.CharField(max_length=MOST_LETTERS, db_index=True, help_text="Keyed hash of the account's key.")
    desk = models.CharField(max_length=12, default="", blank=True, help_text="Whose work it is; empty: a person's.")
    membership = models.UUIDField(null=True, help_text="In which a form of a desk was typed.")
    matter = models.UUIDField(null=True, help_text="The contact on which a form of a desk hangs; empty: a new one.")
    content = models.TextField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["desk"], name="kept_of_desk", condition=~models.Q(desk=""))]

    def __str__(self) -> str:
        return self.place
