"""Reads of MASH enquiries."""

from __future__ import annotations

from agencies.access import firewall
from agencies.access.viewer import Viewer
from screening.models import Enquiry


def get_enquiry(viewer: Viewer, reference: str) -> Enquiry:
    """Return the header of one MASH enquiry, with its social worker.

    Raises:
        NotVisible: there is none for this viewer.
    """
    rows = Enquiry.objects.select_related("social_worker__user")
    return firewall.fetch(rows, viewer, reference=reference)
