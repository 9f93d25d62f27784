"""What the page is sent on which people are taken from a spreadsheet."""

from __future__ import annotations

from django import forms

from agencies.reads.people_file import COLUMNS, MOST_LINES
from common.forms import ActionForm


class PeopleFileForm(ActionForm):
    """Lines from a spreadsheet, and the mark of what was shown of them."""

    lines = forms.CharField(
        label="Lines of the spreadsheet or CSV file, with their heading",
        max_length=500_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=(
            f"At most {MOST_LINES} lines. Columns, in any order: {', '.join(COLUMNS)}. Name and email are needed. "
            "Roles of one membership stand in one cell, with semicolons between them; in quotation marks where "
            "semicolons part the cells."
        ),
        error_messages={"required": "Paste the lines.", "max_length": "Paste at most 500,000 characters at a time."},
    )
    mark = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
