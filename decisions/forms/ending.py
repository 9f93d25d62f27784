"""Forms of feedback, letters and complaints."""

from __future__ import annotations

from typing import Any

from django import forms

from common.forms import ActionForm, ChangeForm, MomentField
from decisions.choices import FeedbackState
from decisions.forms.analysis import long_text

HOW = (
    (FeedbackState.SENT, "Send them the email below"),
    (FeedbackState.SPOKEN, "They were told by telephone or in person"),
    (FeedbackState.HELD_BACK, "Hold it back: it would raise the risk"),
    (FeedbackState.NOT_POSSIBLE, "There is nobody to tell"),
)


class FeedbackForm(ActionForm):
    """How the referrer is told; nothing is preselected."""

    told_before = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    whom_to_ring = forms.CharField(label="Who they should call", max_length=200)
    meanwhile = long_text("What to do in the meantime", "No name, no address, no reason.", rows=3, required=True)
    state = forms.ChoiceField(label="How is the referrer told?", choices=HOW, widget=forms.RadioSelect)
    reason = long_text("How they were told, or why not", "Needed unless you send the email.", rows=2)
    email_is_safe = forms.BooleanField(
        label="I have asked them: email is safe",
        help_text="Nobody else reads it. Without this no email leaves",
        required=False,
    )

    def __init__(self, *args: Any, can_be_mailed: bool = True, asks_email: bool = False, **kwargs: Any) -> None:
        """Offer the mail only where there is an address, and where it is safe.

        Args:
            can_be_mailed: the referrer has left a mail address, and did not say that email is not safe.
            asks_email: nobody has asked them yet.
        """
        super().__init__(*args, **kwargs)
        if not asks_email:
            del self.fields["email_is_safe"]
        if not can_be_mailed:
            self.fields["state"].choices = HOW[1:]  # type: ignore[attr-defined]


class LetterForm(ChangeForm):
    """A letter to one parent."""

    address = forms.CharField(
        label="This parent's own address",
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
        help_text="Never the other parent's, where they live apart.",
    )
    text = long_text("Letter", rows=16, required=True)


class HoldBackForm(ChangeForm):
    """Why a parent is not written to."""

    reason = long_text("Why writing to this parent would raise the risk", rows=3, required=True)


class ComplaintForm(ActionForm):
    """A complaint or a disagreement."""

    text = long_text("What the complaint or disagreement is", required=True)
    received_at = MomentField(label="When it reached the hub", required=False, help_text="Leave empty if it is now.")


class PassOnForm(ActionForm):
    """The correction as those read it who had been told the wrong fact."""

    text = long_text(
        "What they are told",
        "What was wrong, and what is right instead. It must not give away who told the hub and is not to be named.",
        required=True,
    )


class RingForm(ActionForm):
    """Whom of an agency or a team a correction was told by telephone."""

    text = long_text("Whom you spoke to, and what was said", rows=3, required=True)


class ComplaintAnswerForm(ChangeForm):
    """What was answered."""

    answer = long_text("What was answered", required=True)
