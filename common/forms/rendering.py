"""How any form of the hub is drawn: one renderer and one bound field for the whole project."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from common.forms.again import is_putting_back
from common.forms.fields import PartsError, VersionField
from common.forms.text import plain_value
from common.forms.widgets import DayWidget
from common.forms.wording import prepare

_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (DayWidget, "day"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.PasswordInput, "password"),
    (forms.FileInput, "file"),
)
_CLASSES = {
    "text": ("govuk-input", "govuk-input--error"),
    "password": ("govuk-input govuk-password-input__input govuk-js-password-input-input", "govuk-input--error"),
    "textarea": ("govuk-textarea", "govuk-textarea--error"),
    "select": ("govuk-select", "govuk-select--error"),
    "file": ("govuk-file-upload", "govuk-file-upload--error"),
}
_GROUPS = frozenset({"day", "radios", "checkboxes"})


@dataclass(frozen=True)
class Option:
    """One choice of radios or checkboxes as it is drawn."""

    id: str
    name: str
    value: str
    label: str
    chosen: bool
    hint: str
    fields: list[BoundField]


class HubBoundField(BoundField):
    """A field of a form with all that its markup needs: kind, ids of hint and error, where the focus goes."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        """Bind the field and give it the hub's way of speaking; this comes before the form is judged."""
        super().__init__(form, field, name)
        prepare(name, field)

    @property
    def data(self) -> Any:
        """What was posted, without control characters."""
        return plain_value(super().data)

    def value(self) -> Any:
        """Return what the control shows; where a form is put back as it was left, the version is that of now."""
        if self.html_name not in self.form.data and isinstance(self.field, VersionField) and is_putting_back():
            return self.initial
        return super().value()

    @property
    def kind(self) -> str:
        """Which markup the field takes."""
        return next((kind for widget, kind in _KINDS if isinstance(self.field.widget, widget)), "text")

    @property
    def is_group(self) -> bool:
        """Whether several boxes answer one question, so that it needs a fieldset and a legend."""
        return self.kind in _GROUPS

    @property
    def use_fieldset(self) -> bool:
        """Whether Django should treat it as a group as well."""
        return self.is_group

    @property
    def is_optional(self) -> bool:
        """Whether the page says so; a field under a choice is wanted when that choice is made."""
        choices: Mapping[str, Mapping[str, Sequence[str]]] = getattr(self.form, "reveals", {})
        under = any(self.name in names for choice in choices.values() for names in choice.values())
        return not self.field.required and not under

    @property
    def limit(self) -> int | None:
        """How many characters a long text may have, shown as a count; None for other fields."""
        return getattr(self.field, "max_length", None) if self.kind == "textarea" else None

    @property
    def faulty_parts(self) -> tuple[str, ...]:
        """Which boxes of a date or time are wrong."""
        parts = getattr(self.field, "part_names", ())
        found = {part for error in self.errors.as_data() if isinstance(error, PartsError) for part in error.parts}
        return tuple(part for part in parts if part in found) or (tuple(parts) if self.errors else ())

    @property
    def focus_id(self) -> str:
        """The id of the control that an error about this field leads to."""
        if self.kind == "day":
            parts = self.faulty_parts or ("day",)
            return f"{self.auto_id}_{self.field.part_names.index(parts[0])}"  # type: ignore[attr-defined]
        return f"{self.auto_id}_0" if self.is_group else str(self.auto_id)

    @property
    def aria_describedby(self) -> str:
        """The ids of what a screen reader says about the field: hint, error, count."""
        said = [("hint", self.help_text), ("error", self.errors), ("info", self.limit)]
        return " ".join(f"{self.auto_id}-{name}" for name, there in said if there)

    def build_widget_attrs(self, attrs: Mapping[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add classes, descriptions and the error mark that the markup of GOV.UK Frontend expects."""
        built: dict[str, Any] = dict(super().build_widget_attrs(dict(attrs), widget))
        plain, wrong = _CLASSES.get(self.kind, ("", ""))
        own = (widget or self.field.widget).attrs.get("class", "")
        count = "govuk-js-character-count" if self.limit else ""
        classes = " ".join(filter(None, (plain, count, wrong if self.errors else "", own)))
        if classes:
            built["class"] = classes
        if self.kind == "day":
            built["data-faulty"] = " ".join(self.faulty_parts)
            built.pop("aria-invalid", None)
        if self.kind in {"radios", "checkboxes"}:
            built.pop("aria-invalid", None)
        return built

    @property
    def options(self) -> list[Option]:
        """The choices of radios or checkboxes, each with its hint and the fields that appear under it."""
        reveals: Mapping[str, Sequence[str]] = getattr(self.form, "reveals", {}).get(self.name, {})
        hints: Mapping[str, str] = getattr(self.form, "hints", {}).get(self.name, {})
        return [
            Option(
                id=str(each.data["attrs"].get("id", "")),
                name=str(each.data["name"]),
                value=str(each.data["value"]),
                label=str(each.data["label"]),
                chosen=bool(each.data["selected"]),
                hint=hints.get(str(each.data["value"]), ""),
                fields=[self.form[name] for name in reveals.get(str(each.data["value"]), ())],
            )
            for each in self.subwidgets
        ]


class HubRenderer(TemplatesSetting):
    """Draws `{{ form }}`, `{{ formset }}` and `{{ field }}` with the hub's templates."""

    form_template_name = "components/form.html"
    formset_template_name = "components/formset.html"
    field_template_name = "components/field.html"
    bound_field_class = HubBoundField
