"""What the watch asks the raw tables, and where it looks for what people typed."""

from __future__ import annotations

import re

NOTE = re.compile(r"\(Note ([\d-]+)\.\)")
ELSEWHERE = {"words", "own_words", "place", "with_whom", "door_words"}
"""Questions whose answers are kept enciphered, or only where another one was answered with yes."""

UNATTENDED = """
SELECT c.reference FROM contacts_contact c WHERE c.immediate_danger AND c.ended_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM contacts_protection p WHERE p.contact_id = c.id)
UNION SELECT p.reference FROM contacts_protection p JOIN contacts_contact c ON c.id = p.contact_id
 WHERE p.state = 'raised' AND c.ended_at IS NULL
"""

ESCALATED = """
SELECT e.id, d.measure, d.subject_reference AS reference, d.met_at IS NULL AND d.cancelled_at IS NULL AS still,
       coalesce((SELECT s.who::text FROM clock_ladderstep s WHERE s.measure = d.measure AND s.level = e.level
                  AND s.colour IN (d.colour, '') ORDER BY s.colour DESC LIMIT 1), '') AS who,
       (SELECT string_agg(n.membership_id::text, ',') FROM notices_notice n
         WHERE n.channel = 'in_app' AND n.dedupe LIKE 'escalation:' || e.id || ':%') AS told,
       (SELECT min(n.path) FROM notices_notice n
         WHERE n.channel = 'in_app' AND n.dedupe LIKE 'escalation:' || e.id || ':%') AS path
  FROM clock_escalation e JOIN clock_deadline d ON d.id = e.deadline_id
 WHERE NOT EXISTS (SELECT 1 FROM clock_escalation o WHERE o.deadline_id = d.replaces_id AND o.level = e.level)
 ORDER BY e.at, e.id
"""

_RUNS = (
    "EXISTS (SELECT 1 FROM clock_deadline d WHERE d.subject_id = {key} AND d.measure = '{measure}'"
    " AND d.cancelled_at IS NULL{open}) AS runs"
)
_OPEN = " AND d.met_at IS NULL"


def _clock(measure: str, table: str, where: str, *, key: str = "r.id", open_: bool = True, again: str = "") -> str:
    runs = _RUNS.format(key=key, measure=measure, open=_OPEN if open_ else "")
    return f"SELECT r.reference, {runs} FROM {table} r WHERE {where}{again}"


_LATEST = (
    " AND NOT EXISTS (SELECT 1 FROM screening_handover l"
    " WHERE l.screening_id = r.screening_id AND l.sent_at > r.sent_at)"
)

CLOCKS = {
    "first sight": _clock("first_sight", "contacts_contact", "r.state IN ('received', 'with_panel')", open_=False),
    "next step, referrer told": _clock(
        "statutory_step", "contacts_contact",
        "r.state IN ('received', 'with_panel') AND r.referrer_kind <> 'anonymous'", open_=False,
    ),
    "acknowledgement by the worker": _clock(
        "acknowledgement", "contacts_contact", "r.state = 'passed_on' AND r.worker_acknowledged_at IS NULL AND NOT"
        " EXISTS (SELECT 1 FROM screening_handover h WHERE h.contact_id = r.id)",
    ),
    "decision": _clock("decision", "screening_enquiry", "r.state IN ('gathering', 'deciding')"),
    "full answer": _clock(
        "full_answer", "information_sharing_informationrequest", "r.state IN ('sent', 'heard', 'cannot_search')"
    ),
    "acceptance of a summary": _clock("acceptance", "decisions_mashsummary", "r.state IN ('sent', 'queried')"),
    "acceptance of a handover": _clock(
        "acceptance", "screening_handover", "r.state IN ('sent', 'queried') AND r.exit <> 'allocated'"
    ),
    "sending again": _clock(
        "release_again", "screening_handover", "r.state IN ('declined', 'withdrawn')", again=_LATEST
    ),
    "first answer to an instruction": _clock(
        "wording", "information_sharing_safetyinstruction", "r.state = 'proposed'"
    ),
    "wording of an instruction": _clock(
        "safety_instruction", "information_sharing_safetyinstruction", "r.state = 'refused'"
    ),
    "feedback": (
        "SELECT r.reference, EXISTS (SELECT 1 FROM clock_deadline d WHERE d.subject_id = r.id"
        " AND d.measure IN ('feedback', 'feedback_school') AND d.cancelled_at IS NULL) AS runs FROM contacts_contact r"
        " WHERE r.state = 'ended' AND NOT EXISTS (SELECT 1 FROM decisions_feedback f WHERE f.contact_id = r.id)"
    ),
}  # fmt: skip
"""What waits in which state, and whether the clock runs that the state asks for; the first two may be met already."""

ALL_CLOCKS = " UNION ALL ".join(
    f"SELECT '{measure}' AS measure, asked.reference, asked.runs FROM ({statement}) AS asked"
    for measure, statement in CLOCKS.items()
)

ONE_PLACE = {
    "two children of one contact are one person": (
        "SELECT c.reference FROM contacts_subject s JOIN contacts_contact c ON c.id = s.contact_id"
        " WHERE s.kind = 'child' AND s.person_id IS NOT NULL GROUP BY c.reference, s.person_id HAVING count(*) > 1"
    ),
    "a child is in two summaries at once": (
        "SELECT e.reference FROM decisions_summarychild k JOIN decisions_mashsummary m ON m.id = k.summary_id"
        " JOIN screening_enquiry e ON e.id = m.enquiry_id"
        " WHERE m.state IN ('draft', 'with_manager', 'sent', 'queried')"
        " GROUP BY e.reference, k.subject_id HAVING count(*) > 1"
    ),
    "a child of a decided enquiry has no outcome": (
        "SELECT e.reference FROM screening_enquiry e JOIN contacts_contact c ON c.enquiry_id = e.id"
        " JOIN contacts_subject s ON s.contact_id = c.id AND s.kind = 'child'"
        " WHERE e.state IN ('released', 'closed') AND NOT EXISTS (SELECT 1 FROM decisions_childdecision k"
        " JOIN decisions_decision d ON d.id = k.decision_id JOIN contacts_subject o ON o.id = k.subject_id"
        " WHERE d.enquiry_id = e.id AND (o.id = s.id OR o.person_id = s.person_id)) GROUP BY e.reference"
    ),
    "a child of a closed enquiry went to no team and no ending": (
        "SELECT e.reference FROM screening_enquiry e JOIN contacts_contact c ON c.enquiry_id = e.id"
        " JOIN contacts_subject s ON s.contact_id = c.id AND s.kind = 'child'"
        " WHERE e.state = 'closed' AND c.state = 'ended' AND s.ending = '' GROUP BY e.reference"
    ),
}

LEFT_OVER = """
SELECT reference, 'a contact is ' || state AS why FROM contacts_contact
 WHERE state NOT IN ('ended', 'passed_on') OR (state = 'passed_on' AND worker_acknowledged_at IS NULL)
UNION ALL SELECT reference, 'an enquiry is ' || state FROM screening_enquiry WHERE state <> 'closed'
UNION ALL SELECT reference, 'nobody told its referrer' FROM contacts_contact c WHERE state = 'ended'
   AND NOT EXISTS (SELECT 1 FROM decisions_feedback f WHERE f.contact_id = c.id)
UNION ALL SELECT c.reference, 'a parent has no letter' FROM contacts_contact c
  JOIN contacts_relation r ON r.contact_id = c.id AND r.kind = 'parent'
  JOIN contacts_subject s ON s.id = r.subject_id AND s.kind = 'adult'
 WHERE c.state = 'ended' AND c.enquiry_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM decisions_familyletter l
   WHERE l.contact_id = c.id AND l.subject_id = s.id AND l.state IN ('sent', 'held_back'))
UNION ALL SELECT reference, 'a handover is ' || state FROM screening_handover h WHERE state <> 'accepted'
   AND NOT EXISTS (SELECT 1 FROM screening_handover l WHERE l.screening_id = h.screening_id AND l.sent_at > h.sent_at)
UNION ALL SELECT reference, 'a mail failed and nobody saw to it' FROM notices_deadletter WHERE seen_to_at IS NULL
UNION ALL SELECT c.reference, 'a letter or an email came back' FROM decisions_cameback b
  JOIN contacts_contact c ON c.id = b.contact_id WHERE b.settled_at IS NULL
UNION ALL SELECT reference, 'a complaint is open' FROM decisions_complaint WHERE state = 'open'
"""
"""What a drained hub must not hold."""

TEXT_COLUMNS = """
SELECT c.table_name AS table, c.column_name AS column FROM information_schema.columns c
  JOIN information_schema.tables t USING (table_schema, table_name)
 WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
   AND c.data_type IN ('text', 'character varying', 'jsonb')
 ORDER BY 1, 2
"""
"""Where a text that somebody typed may stand: read from the catalogue, so that a new column is not forgotten."""
