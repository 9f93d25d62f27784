"""How fields speak: errors that say what to do, and nothing that a browser does behind a person's back."""

from django import forms
from django.core.validators import MaxLengthValidator

_STOCK_REQUIRED = str(forms.Field.default_error_messages["required"])


def prepare(name: str, field: forms.Field) -> None:
    """Set what every field of the hub has in common, where its author has not said otherwise."""
    attrs = field.widget.attrs
    # A browser cuts pasted text at maxlength without a word; the count and the error say it instead.
    attrs.pop("maxlength", None)
    if isinstance(field.widget, forms.Textarea | forms.TextInput | forms.PasswordInput):
        attrs.setdefault("autocomplete", "off")
    label = str(field.label or name.replace("_", " ").capitalize())
    if str(field.error_messages.get("required", "")) == _STOCK_REQUIRED:
        field.error_messages["required"] = _required(field, label)
    limit = getattr(field, "max_length", None)
    for validator in field.validators:
        if limit and isinstance(validator, MaxLengthValidator):
            subject = "Your answer" if label.endswith("?") else label.replace("%", "%%")
            validator.message = f"{subject} must be {limit:,} characters or fewer; it has %(show_value)s"


def _required(field: forms.Field, label: str) -> str:
    """Return the sentence for an empty answer: it says what to do."""
    if label.endswith("?"):
        return f"Answer “{label}”"
    if isinstance(field, forms.BooleanField):
        return f"Tick “{label}” to go on"
    within = label if label[:2].isupper() or label[1:2] == " " else f"{label[:1].lower()}{label[1:]}"
    return f"{'Select' if isinstance(field, forms.ChoiceField) else 'Enter'} {within}"
