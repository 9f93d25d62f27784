"""Words of the clock: colours, what is measured, in which unit, from when, and whom the ladder tells."""

from django.db.models import TextChoices


class Colour(TextChoices):
    """The rating of an enquiry, the most urgent first."""

    RED = "red", "Red"
    AMBER = "amber", "Amber"
    GREEN = "green", "Green"


URGENCY: dict[str, int] = {Colour.RED: 0, Colour.AMBER: 1, Colour.GREEN: 2}
"""Lower is more urgent."""


class Measure(TextChoices):
    """What a deadline measures."""

    FIRST_SIGHT = "first_sight", "First social work review"
    STATUTORY_STEP = "statutory_step", "Next step decided and referrer told"
    ACKNOWLEDGEMENT = "acknowledgement", "Acknowledgement by the allocated worker"
    FIRST_WORD = "first_word", "First response"
    FULL_ANSWER = "full_answer", "Full answer"
    REASSIGNMENT = "reassignment", "Another social worker assigned"
    DECISION = "decision", "Decision"
    ACCEPTANCE = "acceptance", "Acceptance by the receiving team"
    RELEASE_AGAIN = "release_again", "Release again, or decide otherwise, after a summary came back"
    PLAN = "plan", "What a replaced summary changes for the receiving team"
    RELEASE = "release", "Release or closing after the decision"
    RATING = "rating", "Rating"
    CONVENING = "convening", "Protect now: convened"
    DISCUSSION = "discussion", "Protect now: strategy discussion held"
    SAFE_UNTIL = "safe_until", "Protect now: looked at again while the children are safe"
    CONFIRMATION = "confirmation", "Confirmation of a telephone answer"
    LETTER = "letter", "Letters to the family"
    UNDELIVERED = "undelivered", "A message that did not arrive"
    CAME_BACK = "came_back", "A letter or an email that came back"
    CHECKING = "checking", "A text that waits to be checked before it goes out"
    CORRECTION = "correction", "A correction told to whoever needs it"
    COMPLAINT = "complaint", "Answer to a complaint"
    FEEDBACK = "feedback", "Feedback to the referrer"
    FEEDBACK_SCHOOL = "feedback_school", "Feedback to the school"
    WORDING = "wording", "First answer to a safety instruction"
    SAFETY_INSTRUCTION = "safety_instruction", "Wording of the safety instruction"


OF_DANGER = (Measure.CONVENING, Measure.DISCUSSION, Measure.SAFE_UNTIL)
"""The clocks of protective work: while one runs, a child may be in danger now."""


class Unit(TextChoices):
    """How a quantity is counted; the part after the underscore says what it is a number of."""

    ELAPSED = "elapsed_minutes", "Elapsed time"
    ELAPSED_OPEN_DAYS = "open_day_minutes", "Elapsed time without closed days"
    HUB_HOURS = "hub_minutes", "Hub hours"
    WORKING_DAYS = "working_days", "Working days"
    TIME_OF_DAY = "day_minutes", "By a time of the same day"


class Start(TextChoices):
    """The moment that a policy counts from."""

    ARRIVAL = "arrival", "Arrival at the hub"
    FIRST_RATING = "first_rating", "First rating"
    SENDING = "sending", "Sending"
    ENDING = "ending", "Ending"


class Who(TextChoices):
    """Whom a step of the ladder tells."""

    WORKER = "worker", "The assigned worker"
    RESEARCHERS = "researchers", "Researchers of the owing agency"
    LEADS = "leads", "Leads of the owing agency"
    TEAM = "team", "The receiving team"
    SOCIAL_WORKERS = "social_workers", "Social workers of the hub"
    FRONT_DOOR = "front_door", "Front door"
    MANAGERS = "managers", "MASH managers"
    OUT_OF_HOURS = "out_of_hours", "Out of hours"


class Loop(TextChoices):
    """What the worker goes over row by row, in its own words for whoever runs the hub."""

    LADDER = "ladder", "steps of deadlines"
    MAIL = "mail", "emails"
    STAFF_MATCHES = "staff_matches", "matches with the staff list"
    LEFT_BEHIND = "left_behind", "enquiries left behind"
    SILENCE = "silence", "requests that nobody can answer"
    CHANGES = "changes", "changes of released summaries"
    UNDELIVERED = "undelivered", "messages that did not arrive"
    CORRECTIONS = "corrections", "corrections to be told"


class State(TextChoices):
    """Where a deadline stands at a moment; computed, never stored."""

    RUNNING = "running", "Running"
    OVERDUE = "overdue", "Overdue"
    MET = "met", "Met"
    MET_LATE = "met_late", "Met late"
    CANCELLED = "cancelled", "Cancelled"
