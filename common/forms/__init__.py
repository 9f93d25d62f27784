"""Forms of the hub: base classes, fields and the renderer that draws any form in the hub's look."""

from common.forms.answers import YesNoField
from common.forms.base import ActionForm, ChangeForm, HubForm
from common.forms.fields import DayField, MomentField, PartsError, SubmissionKeyField, TimeField, VersionField
from common.forms.formsets import MOST_FORMS, HubFormSet, formset_of
from common.forms.opening import OpeningForm
from common.forms.rendering import HubBoundField, HubRenderer
from common.forms.text import plain_text
from common.forms.widgets import DayWidget, MomentWidget

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
    "TimeField",
    "VersionField",
    "YesNoField",
    "formset_of",
    "plain_text",
]
