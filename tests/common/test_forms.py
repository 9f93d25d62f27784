"""What people type, how it is read, and how a form is drawn. No database."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory

from common.forms import (
    ActionForm,
    ChangeForm,
    DayField,
    HubForm,
    HubRenderer,
    MomentField,
    formset_of,
    plain_text,
)

KEY = "0b0f3e9a-6a0e-4c58-9a86-0f2d6f6f1c11"


class Worry(ChangeForm):
    """A form with one field of each kind."""

    groups = [("What happened", ["text", "seen_on", "agreed"])]
    reveals = {"agreed": {"refused": ["why"]}}
    hints = {"agreed": {"refused": "The manager reads it first."}}
    text = forms.CharField(label="What are you worried about?", widget=forms.Textarea, max_length=20_000)
    seen_on = DayField(label="Day of the incident")
    agreed = forms.ChoiceField(
        label="Did the family agree?", widget=forms.RadioSelect, choices=[("given", "Agreed"), ("refused", "Refused")]
    )
    why = forms.CharField(label="Why they refused", required=False)
    level = forms.ChoiceField(label="Level of need", choices=[("", ""), ("1", "Universal")], required=False)
    sure = forms.BooleanField(label="Read back to the caller")


class Child(HubForm):
    """One child of a contact."""

    name = forms.CharField(label="Name", required=False, max_length=50)
    born_on = DayField(label="Date of birth", required=False)


Children = formset_of(Child, noun="child", least=1, most=3)


def posted(**answers: str | list[str]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in answers.items():
        data.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return data


def full(**changes: str) -> QueryDict:
    answers: dict[str, Any] = {
        "text": "He was alone.", "seen_on_day": "3", "seen_on_month": "6", "seen_on_year": "2025",
        "agreed": "given", "sure": "on", "version": "4", "submission_key": KEY,
    }  # fmt: skip
    return posted(**{**answers, **changes})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x07c\x1b[31m", "abc[31m"),
        ("one\r\ntwo\rthree\tfour\n", "one\ntwo\nthree\tfour\n"),
        ("مرحبا \u200f 👨‍👩‍👧", "مرحبا \u200f 👨‍👩‍👧"),
        ("\ud800lone", "lone"),
        ("<script>", "<script>"),
        ("", ""),
    ],
)
def test_plain_text(typed: str, kept: str) -> None:
    assert plain_text(typed) == kept


def test_form_strips_control_characters_before_it_judges() -> None:
    form = Worry(full(text="He\x00 said:\r\nnothing\x08 😀"))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["text"] == "He said:\nnothing 😀"
    assert "He said:\nnothing 😀" in str(form)


def test_valid_form_gives_version_and_key() -> None:
    form = Worry(full())
    assert form.is_valid()
    assert form.cleaned_data["version"] == 4
    assert form.cleaned_data["submission_key"] == UUID(KEY)
    assert form.cleaned_data["seen_on"] == date(2025, 6, 3)


def test_empty_form_says_what_to_do() -> None:
    form = Worry(posted(version="1"))
    assert not form.is_valid()
    assert {name: list(errors) for name, errors in form.errors.items()} == {
        "text": ["Answer “What are you worried about?”"],
        "seen_on": ["Enter day of the incident"],
        "agreed": ["Answer “Did the family agree?”"],
        "sure": ["Tick “Read back to the caller” to go on"],
    }


def test_missing_version_is_an_old_page() -> None:
    form = Worry(full(version=""))
    assert form.errors["version"] == ["This page is out of date. Open it again and repeat your change"]


@pytest.mark.parametrize("key", ["", "not-a-key", "<b>"])
def test_odd_submission_key_becomes_a_fresh_one(key: str) -> None:
    form = ActionForm(posted(submission_key=key))
    assert form.is_valid()
    assert isinstance(form.cleaned_data["submission_key"], UUID)


def test_submission_key_differs_from_page_to_page() -> None:
    assert str(ActionForm()) != str(ActionForm())


def test_too_long_text_names_the_limit_and_is_kept() -> None:
    form = Worry(full(text="x" * 20_001))
    assert form.errors["text"] == ["Your answer must be 20,000 characters or fewer; it has 20001"]
    assert "x" * 20_001 in str(form)


def test_longest_text_with_line_breaks_passes() -> None:
    assert Worry(full(text="ab\r\n" * 6_666 + "c")).is_valid()


@pytest.mark.parametrize(
    ("boxes", "day"),
    [
        (["3", "6", "2025"], date(2025, 6, 3)),
        ([" 03 ", "June", "2025"], date(2025, 6, 3)),
        (["29", "feb", "2024"], date(2024, 2, 29)),
        (["", "", ""], None),
        ("2025-06-03", date(2025, 6, 3)),
        (["3rd", "June", "2025"], date(2025, 6, 3)),
        (["3/6/2025", "", ""], date(2025, 6, 3)),
        (["3rd of June, 2025", "", ""], date(2025, 6, 3)),
        (["2025-06-03", "", ""], date(2025, 6, 3)),
        (None, None),
    ],
)
def test_day(boxes: Any, day: date | None) -> None:
    assert DayField(required=False).clean(boxes) == day


@pytest.mark.parametrize(
    ("boxes", "sentence", "parts"),
    [
        (["3", "", "2025"], "Birthday must include a month", ("month",)),
        (["", "", "2025"], "Birthday must include a day and a month", ("day", "month")),
        (["31", "2", "2025"], "Enter a real date, for example 27 3 2019", ("day", "month", "year")),
        (["3", "6", "25"], "Year must have 4 numbers, for example 2019", ("year",)),
        (["٣", "6", "2025"], "Enter a real date, for example 27 3 2019", ("day", "month", "year")),
        (["9" * 5000, "6", "2025"], "Enter a real date, for example 27 3 2019", ("day", "month", "year")),
    ],
)
def test_day_that_cannot_be_read(boxes: list[str], sentence: str, parts: tuple[str, ...]) -> None:
    class Born(HubForm):
        day = DayField(label="Birthday")

    form = Born(posted(day_day=boxes[0], day_month=boxes[1], day_year=boxes[2]))
    assert form.errors["day"] == [sentence]
    assert form["day"].faulty_parts == parts  # type: ignore[attr-defined]
    assert all(box in str(form) for box in boxes)


@pytest.mark.parametrize(
    ("boxes", "moment"),
    [
        (["3", "6", "2025", "14:30"], datetime(2025, 6, 3, 13, 30, tzinfo=UTC)),
        (["3", "12", "2025", "2.30pm"], datetime(2025, 12, 3, 14, 30, tzinfo=UTC)),
        (["3", "12", "2025", "12am"], datetime(2025, 12, 3, 0, 0, tzinfo=UTC)),
        (["3", "12", "2025", "0915"], datetime(2025, 12, 3, 9, 15, tzinfo=UTC)),
        (["26", "10", "2025", "01:30"], datetime(2025, 10, 26, 0, 30, tzinfo=UTC)),
        ("2025-06-03T14:30", datetime(2025, 6, 3, 13, 30, tzinfo=UTC)),
        (["", "", "", ""], None),
    ],
)
def test_moment(boxes: Any, moment: datetime | None) -> None:
    assert MomentField(required=False).clean(boxes) == moment


@pytest.mark.parametrize(
    ("boxes", "sentence"),
    [
        (["30", "3", "2025", "01:30"], "That time did not exist: the clocks went forward that night"),
        (["3", "6", "2025", "25:00"], "Enter a time like 14:30 or 2:30pm"),
        (["3", "6", "2025", "13pm"], "Enter a time like 14:30 or 2:30pm"),
        (["3", "6", "2025", "5"], "Enter a time like 14:30 or 2:30pm"),
        (["3", "6", "2025", ""], "The date must include a time"),
    ],
)
def test_moment_that_cannot_be_read(boxes: list[str], sentence: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        MomentField().clean(boxes)
    assert refused.value.messages == [sentence]


def test_moment_shows_the_same_boxes_again() -> None:
    class Call(HubForm):
        at = MomentField(label="Call")

    page = str(Call(initial={"at": datetime(2025, 6, 3, 13, 30, tzinfo=UTC)}))
    assert re.findall(r'value="([^"]*)"', page) == ["3", "6", "2025", "14:30"]


def test_page_draws_each_kind_with_its_marks() -> None:
    page = str(Worry(initial={"version": 7}))
    assert re.findall(r"<h2[^>]*>([^<]+)</h2>", page) == ["What happened"]
    assert 'name="version" value="7"' in page
    assert "maxlength=" not in page.replace("data-maxlength", "")
    assert page.count("checked") == 0
    assert page.index("Why they refused") > page.index("The manager reads it first.")
    assert page.count('name="why"') == 1
    assert "You can enter up to 20,000 characters" in page
    assert 'autocomplete="off"' in page


def test_errors_lead_to_controls_that_exist() -> None:
    form = Worry(posted(version="1"))
    context = Context({"form": form, "again": [form]})
    lines = Template("{% load hub %}{% problems as found %}{% for p in found %}{{ p.target }} {% endfor %}").render(
        context
    )
    assert lines.split() == ["id_text", "id_seen_on_0", "id_agreed_0", "id_sure"]
    assert all(f'id="{target}"' in str(form) for target in lines.split())


def test_described_by_names_ids_that_exist() -> None:
    page = str(Worry(full(text="x" * 20_001, seen_on_day="")))
    named = {one for ids in re.findall(r'aria-describedby="([^"]+)"', page) for one in ids.split()}
    assert named == {"id_text-error", "id_text-info", "id_seen_on-error", "id_agreed_1-hint"}
    assert all(f'id="{one}"' in page for one in named)


def test_what_people_typed_is_escaped() -> None:
    page = str(Worry(full(text='</textarea><script>alert(1)</script>"', seen_on_day='"><b>')))
    assert [page.count(one) for one in ("<script>", "<b>", "&lt;script&gt;", "&lt;b&gt;")] == [0, 0, 1, 1]


def test_quiet_form_shows_again_without_judging() -> None:
    form = Worry(posted(text="half a sentence"), quiet=True)
    assert not form.is_valid()
    assert form.errors == {}
    assert "half a sentence" in str(form)
    assert "error" not in str(form)


def children(total: str, **answers: str) -> QueryDict:
    data = posted(children__TOTAL_FORMS=total, children__INITIAL_FORMS="0")
    for name, value in answers.items():
        data[name.replace("__", "-")] = value
    return data


def test_add_gives_one_more_and_keeps_what_was_typed() -> None:
    kids = Children(children("1", children__0__name="Zoë <b>", children__add="1"), prefix="children")
    assert (kids.changing, kids.is_valid(), kids.total_form_count()) == (True, False, 2)
    assert "Zoë &lt;b&gt;" in str(kids)
    assert "Add another child" in str(kids)


def test_add_stops_at_the_most() -> None:
    kids = Children(children("3", children__add="1"), prefix="children")
    assert kids.total_form_count() == 3
    assert "Add another" not in str(kids)


def test_remove_closes_the_gap() -> None:
    kids = Children(
        children("3", children__0__name="A", children__1__name="B", children__2__name="C", children__remove="1"),
        prefix="children",
    )
    assert [form["name"].value() for form in kids.forms] == ["A", "C"]


def test_answers_leave_out_empty_forms() -> None:
    kids = Children(children("2", children__0__name="A", children__0__born_on_day=""), prefix="children")
    assert kids.is_valid(), kids.errors
    assert kids.answers == [{"name": "A", "born_on": None}]


@pytest.mark.parametrize("total", ["0", "1"])
def test_no_child_at_all(total: str) -> None:
    kids = Children(children(total), prefix="children")
    assert not kids.is_valid()
    assert kids.non_form_errors() == ["Give at least 1 child: an answer to one question is enough"]


@pytest.mark.parametrize("total", ["", "x", "-1", "9" * 30])
def test_odd_totals_are_no_crash(total: str) -> None:
    assert not Children(children(total), prefix="children").is_valid()
    assert not Children(children(total, children__add="1"), prefix="children").is_valid()
    assert not Children(children(total, children__remove="0"), prefix="children").is_valid()


def test_submission_key_tag_keeps_the_posted_key() -> None:
    request = RequestFactory().post("/", {"submission_key": KEY})
    kept = Template("{% load hub %}{% submission_key %}").render(Context({"request": request}))
    fresh = Template("{% load hub %}{% submission_key True %}").render(Context({"request": request}))
    assert kept == f'<input type="hidden" name="submission_key" value="{KEY}">'
    assert KEY not in fresh


def test_renderer_is_the_hubs() -> None:
    assert isinstance(Worry().renderer, HubRenderer)


def test_forms_of_libraries_speak_alike() -> None:
    class ClientOf(forms.Form):
        login = forms.EmailField(label="Email address", max_length=9)

    assert ClientOf({}).errors["login"] == ["Enter email address"]
    assert ClientOf({"login": "someone@example.org"}).errors["login"] == [
        "Email address must be 9 characters or fewer; it has 19"
    ]
