"""Widgets that a hub form needs and Django lacks: a day in three boxes, a moment in four."""

from datetime import date, datetime
from typing import Any

from django import forms

from common.moments import LONDON


class DayWidget(forms.MultiWidget):
    """Day, month and year as three text boxes, the way people know a date by heart."""

    template_name = "django/forms/widgets/day.html"
    use_fieldset = True
    parts: tuple[tuple[str, str, int], ...] = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Make one numeric text box per part."""
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            name: forms.TextInput({"inputmode": "numeric"}) for name, _label, _width in self.parts
        }
        super().__init__(widgets=boxes, attrs=attrs)

    def decompress(self, value: Any) -> list[str]:
        """Return the texts of the boxes for a date, or empty boxes."""
        if isinstance(value, datetime):
            value = value.astimezone(LONDON).date() if value.tzinfo else value.date()
        if isinstance(value, str) and value:
            value = date.fromisoformat(value)
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add to each box its label, width and whether it is in error."""
        context = super().get_context(name, value, attrs)
        faulty = (attrs or {}).get("data-faulty", "")
        for box, (part, label, width) in zip(context["widget"]["subwidgets"], self.parts, strict=True):
            box["attrs"].pop("data-faulty", None)
            box["label"], box["width"] = label, width
            box["faulty"] = part in faulty.split()
        return context

    def id_for_label(self, id_: str) -> str:
        """Return the id of the first box, which an error links to."""
        return f"{id_}_0" if id_ else ""


class MomentWidget(DayWidget):
    """A day in three boxes and a time of day in a fourth, read as Europe/London."""

    parts = (*DayWidget.parts, ("time", "Time, for example 14:30", 5))

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Make the boxes; the time may hold a colon, so it is no numeric box."""
        super().__init__(attrs)
        self.widgets[-1].attrs.pop("inputmode", None)

    def decompress(self, value: Any) -> list[str]:
        """Return the texts of the boxes for an aware moment, in London time."""
        if isinstance(value, str) and value:
            value = datetime.fromisoformat(value)
        if not value:
            return ["", "", "", ""]
        local = value.astimezone(LONDON)
        return [*super().decompress(local), f"{local:%H:%M}"]
