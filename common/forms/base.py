"""The forms that every page builds on."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict

from common.forms.again import is_putting_back
from common.forms.fields import SubmissionKeyField, VersionField
from common.forms.rendering import HubBoundField


class HubForm(forms.Form):
    """A plain form: no control characters, nothing preselected by the browser, errors that say what to do.

    Attributes of a subclass:
        groups: legends with the names of the fields under them; fields named nowhere come last, without a legend.
        reveals: for a field of choices, which further fields belong under which value.
        hints: for a field of choices, a hint under a choice, by value.
    """

    template_name = "components/form.html"
    bound_field_class = HubBoundField
    use_required_attribute = False
    groups: ClassVar[Sequence[tuple[str, Sequence[str]]]] = ()
    reveals: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {}
    hints: ClassVar[Mapping[str, Mapping[str, str]]] = {}

    def __init__(self, *args: Any, quiet: bool = False, **kwargs: Any) -> None:
        """Make the form.

        Args:
            quiet: show again what was typed without judging it (someone pressed "add another", not "save").
        """
        self.quiet = quiet or is_putting_back()
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        """Judge what was typed, unless the form is only being shown again."""
        if self.quiet:
            self._errors = ErrorDict(renderer=self.renderer)
            self.cleaned_data: dict[str, Any] = {}
            return
        super().full_clean()

    def is_valid(self) -> bool:
        """Say whether everything was answered well; a form that is only shown again never is."""
        return not self.quiet and super().is_valid()

    @property
    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """The visible fields under their legends, without those that appear under a choice of another."""
        under = {name for choices in self.reveals.values() for names in choices.values() for name in names}
        shown = [field.name for field in self.visible_fields() if field.name not in under]
        grouped = [(legend, [name for name in names if name in shown]) for legend, names in self.groups]
        placed = {name for _legend, names in grouped for name in names}
        grouped.append(("", [name for name in shown if name not in placed]))
        return [(legend, [self[name] for name in names]) for legend, names in grouped if names]


class ActionForm(HubForm):
    """A form that writes: carries the one-time key by which a double submit gives one record."""

    submission_key = SubmissionKeyField()


class ChangeForm(ActionForm):
    """A form that changes a record: also carries the version that the page was drawn from."""

    version = VersionField()
