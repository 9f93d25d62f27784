"""Where each duty has to stand: the sections of the list of work, and the sources that fill them."""

from __future__ import annotations

ON = {
    "tell the referrer": ("decisions.to_tell",),
    "write to a parent": ("decisions.to_write",),
    "authorise asking": ("sharing.to_authorise",),
    "assign a worker": ("screening.to_assign", "screening.to_reassign", "screening.to_release", "screening.declined"),
    "rate an enquiry": ("screening.to_rate",),
    "decide an enquiry": ("screening.to_decide",),
    "release or close": ("screening.to_release", "screening.declined"),
    "answer a complaint": ("decisions.complaints",),
    "see to what came back": ("decisions.came_back",),
    "read a text before it goes out": ("decisions.to_check",),
    "screen a contact": ("screening.",),
    "complete a contact": ("contacts.",),
    "record whether": ("contacts.", "sharing.to_record"),
}
"""In which sections a duty has to stand, where a record has several duties; by the first words of the duty."""


SOURCES_OF = {
    "tell the referrer": ("decisions.to_tell", "decisions.to_tell_of_empty_front_door"),
    "write to a parent": ("decisions.to_write", "decisions.to_write_of_empty_front_door"),
    "authorise asking": ("sharing.unauthorised",),
    "record whether": ("sharing.unrecorded",),
    "assign a worker": ("screening.enquiries", "screening.left_behind"),
    "rate an enquiry": ("screening.enquiries",),
    "decide an enquiry": ("screening.enquiries",),
    "release or close": ("screening.enquiries",),
    "gather and recommend": ("sharing.gathering",),
    "read a text before it goes out": ("decisions.to_check",),
    "answer a complaint": ("decisions.complaints",),
    "screen a contact": ("screening.contacts", "screening.put", "screening.without_decision_maker"),
    "complete a contact": ("contacts.contacts", "contacts.of_empty_front_door"),
    "protect a child": ("contacts.danger",),
    "lead protective": ("contacts.protections",),
    "say until when": ("contacts.protections",),
    "answer a request": ("sharing.requests",),
    "confirm a spoken": ("sharing.spoken",),
    "agree a safety": ("sharing.instructions",),
    "prepare a summary": ("decisions.to_prepare", "screening.enquiries"),
    "confirm a summary": ("decisions.summaries",),
    "take over a summary": ("decisions.of_team",),
    "answer a team about a summary": ("decisions.summaries",),
    "take over a handover": ("screening.of_team",),
    "answer a team about a handover": ("screening.returned",),
    "send a handover": ("screening.returned",),
    "settle a match": ("screening.matches",),
    "read a correction": ("decisions.to_read", "decisions.with_nobody_to_read"),
    "acknowledge what": ("screening.of_team", "contacts.contacts"),
}
"""Which sources of the list are asked first, by the first words of the duty; where they have it not, the whole list."""


def sources_of(duty: str) -> tuple[str, ...]:
    """Return the sources that are asked first about a duty."""
    return next((sources for words, sources in SOURCES_OF.items() if duty.startswith(words)), ())
