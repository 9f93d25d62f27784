"""A conflict of interest closes its own case and takes nothing of another one."""

from __future__ import annotations

import uuid
from dataclasses import replace

from django.apps import apps

from agencies.access.firewall import Kind, kind_of, rule_for
from agencies.access.identity import acting_as
from agencies.access.viewer import Viewer

GUARDED = [model for model in apps.get_models() if kind_of(model) is Kind.CASE]
CLOSED = ("closed_contacts", "closed_enquiries", "closed_persons")


def test_both_walls_together_show_as_much_to_whoever_is_closed_out_of_a_case_elsewhere(viewers: list[Viewer]) -> None:
    """A rule that names its case through a row which the policies hide would lose what it should show."""
    lost, shown = [], 0
    for one in viewers:
        with acting_as(one) as told:
            elsewhere = {name: getattr(told.case_access, name) | {uuid.uuid4()} for name in CLOSED}
            closed_out = told.with_case_access(replace(told.case_access, **elsewhere))
            for model in GUARDED:
                rows, fewer = (
                    set(model._default_manager.filter(rule_for(model)(viewer)).values_list("pk", flat=True))
                    for viewer in (told, closed_out)
                )
                shown += len(rows)
                lost += [f"{one.name}: {model.__name__} {len(rows - fewer)} of {len(rows)}"] if rows != fewer else []
    assert lost == []
    assert shown > 10_000
