"""Several of a kind on one page (children, adults, items), without JavaScript."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.formsets import BaseFormSet

from common.forms.again import is_putting_back
from common.forms.base import HubForm

if TYPE_CHECKING:
    _Base = BaseFormSet[HubForm]
else:
    _Base = BaseFormSet  # generic for the type checker only

MOST_FORMS = 20


class HubFormSet(_Base):
    """Forms of one kind with buttons `add` and `remove`, which show the page again and judge nothing."""

    template_name = "components/formset.html"
    noun = "person"
    default_error_messages = {
        **BaseFormSet.default_error_messages,
        "missing_management_form": "The page was sent incomplete. Open it again and repeat your answers",
    }

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        """Take in what was posted; on `add` one empty form follows, on `remove` the named one is gone."""
        prefix = kwargs.get("prefix") or self.get_default_prefix()
        self.changing = bool(data) and (f"{prefix}-add" in data or f"{prefix}-remove" in data)
        super().__init__(_changed(data, prefix) if self.changing else data, *args, **kwargs)
        self.changing = self.changing or (bool(data) and is_putting_back())

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Tell each form whether it is only being shown again."""
        return {**super().get_form_kwargs(index), "quiet": self.changing}

    def full_clean(self) -> None:
        """Judge the forms together, unless the page is only being shown again."""
        super().full_clean()
        if self.changing:
            self._non_form_errors = self.error_class()

    def is_valid(self) -> bool:
        """Say whether all forms are; never while a form is being added or removed."""
        return not self.changing and super().is_valid()

    @property
    def answers(self) -> list[dict[str, Any]]:
        """The cleaned answers of the forms in which something was filled in, in order."""
        return [form.cleaned_data for form in self.forms if form.has_changed() or not form.empty_permitted]

    @property
    def has_room(self) -> bool:
        """Whether one more may be added."""
        return self.total_form_count() < self.max_num


def formset_of(form: type[HubForm], *, noun: str, least: int = 1, most: int = MOST_FORMS) -> type[HubFormSet]:
    """Return the formset class for a form.

    Args:
        form: what is asked about each.
        noun: what each is called on the page: "child", "adult".
        least: how many are asked for at first and required.
        most: how many may be given at once.
    """
    made: type[HubFormSet] = forms.formset_factory(  # type: ignore[assignment]
        form,
        formset=HubFormSet,
        extra=0,
        min_num=least,
        max_num=most,
        absolute_max=most,
        validate_min=least > 0,
        validate_max=True,
    )
    made.noun = noun
    made.default_error_messages = {
        **HubFormSet.default_error_messages,
        "too_few_forms": f"Give at least {least} {noun}: an answer to one question is enough",
        "too_many_forms": f"Give at most {most} at once",
    }
    return made


def _changed(data: Any, prefix: str) -> Any:
    """Return the posted data with one form more or one form fewer."""
    changed = data.copy()
    total = max(_place(changed.get(f"{prefix}-TOTAL_FORMS")), 0)
    gone = _place(changed.get(f"{prefix}-remove"))
    if f"{prefix}-add" in changed:
        changed[f"{prefix}-TOTAL_FORMS"] = str(min(total + 1, MOST_FORMS))
    elif 0 <= gone < total <= MOST_FORMS:
        _close_gap(changed, prefix, gone, total)
    return changed


def _close_gap(changed: Any, prefix: str, gone: int, total: int) -> None:
    """Move every later form one place forward over the one that goes."""
    kept = {key: changed.getlist(key) for key in changed if key.startswith(f"{prefix}-")}
    for key, typed in kept.items():
        place, _, name = key.removeprefix(f"{prefix}-").partition("-")
        if name and _place(place) >= gone:
            del changed[key]
            if _place(place) > gone:
                changed.setlist(f"{prefix}-{_place(place) - 1}-{name}", typed)
    changed[f"{prefix}-TOTAL_FORMS"] = str(total - 1)


def _place(posted: Any) -> int:
    """Return a posted number; -1 where it is none, or longer than any number of forms."""
    text = str(posted)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= len("1000") else -1
