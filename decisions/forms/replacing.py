"""Forms of what follows after a release: replace, let stand, hide, telephone, and what the team says."""

from __future__ import annotations

from django import forms

from common.forms import ChangeForm
from decisions.choices import ChangesPlan, RecallReason, ReplaceReason
from decisions.forms.analysis import long_text


class SupersedeForm(ChangeForm):
    """Why a summary that is out is replaced."""

    because = forms.ChoiceField(label="Why is it replaced?", choices=ReplaceReason.choices, widget=forms.RadioSelect)
    text = long_text("What has changed", "The team reads this. For a Red, telephone the team as well.", required=True)


class StandsForm(ChangeForm):
    """Why a summary stands although something in it has changed."""

    text = long_text("Why it stands", "The team reads this.", rows=3, required=True)


class RecallForm(ChangeForm):
    """A breach: why a summary is hidden from a team that had it."""

    reason = forms.ChoiceField(label="Why must it be hidden?", choices=RecallReason.choices, widget=forms.RadioSelect)
    text = long_text(
        "What happened, and who was told of the breach",
        "Kept as the record of the breach. The team does not read it.",
        required=True,
    )


class CallForm(ChangeForm):
    """Whom of the team somebody spoke to."""

    text = long_text("Whom you spoke to, and what was said", rows=3, required=True)


class PlanForm(ChangeForm):
    """Whether what was replaced changes what the team does."""

    changes_plan = forms.ChoiceField(
        label="Does this change your plan?", choices=ChangesPlan.choices, widget=forms.RadioSelect
    )
    text = long_text("What you do now, or why nothing changes", required=True)
