"""Forms of the hub: base classes, fields and the renderer that draws any form in the hub's look."""

from mash.common.forms.base import ActionForm, ChangeForm, HubForm
from mash.common.forms.fields import DayField, MomentField, PartsError, SubmissionKeyField, VersionField
from mash.common.forms.formsets import MOST_FORMS, HubFormSet, formset_of
from mash.common.forms.opening import OpeningForm
from mash.common.forms.rendering import HubBoundField, HubRenderer
from mash.common.forms.text import plain_text
from mash.common.forms.widgets import DayWidget, MomentWidget

__all__ = [
    "MOST_FORMS",
    "ActionForm",
    "ChangeForm",
    "DayField",
    "DayWidget",
    "HubBoundField",
    "HubForm",
    "HubFormSet",
    "HubRenderer",
    "MomentField",
    "MomentWidget",
    "OpeningForm",
    "PartsError",
    "SubmissionKeyField",
    "VersionField",
    "formset_of",
    "plain_text",
]
