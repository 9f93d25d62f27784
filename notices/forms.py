"""What the notices page is sent."""

from django import forms


class OneForm(forms.Form):
    """Names one row; empty where a button is about all of them."""

    row = forms.UUIDField(required=False)
