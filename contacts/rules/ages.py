"""How a child is told apart on a list: by name and age, and by age alone where no name is known."""

from __future__ import annotations

from datetime import date

MONTHS_SAID_BELOW = 24
_MONTHS = 12


def age_in_words(*, born: date | None, is_unborn: bool, expected: date | None, reported: str, on: date) -> str:
    """Return how old a child is: years, months below two years, or what is known instead.

    Args:
        reported: as somebody said it, where no date of birth is known.
        on: the day in London.
    """
    if born is not None:
        months = (on.year - born.year) * _MONTHS + on.month - born.month - (on.day < born.day)
        if months >= MONTHS_SAID_BELOW:
            return str(months // _MONTHS)
        return f"{max(months, 0)} month{'' if months == 1 else 's'}"
    if is_unborn:
        return f"due {expected.day} {expected:%B %Y}" if expected else "not born yet"
    said = reported.strip()
    if not said:
        return "age not known"
    return said if said.lower().startswith("about") else f"about {said}"


def name_and_age(name: str, age: str, *, is_unborn: bool) -> str:
    """Return a child's name and age; two children without a name still differ by their age."""
    if is_unborn:
        return f"{f'Unborn child {name}'.strip()}, {age}"
    return f"{name or 'Unnamed child'}, {age}"
