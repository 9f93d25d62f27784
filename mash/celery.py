"""The worker and its beat. Celery carries no truth: every task finds what is due by query, so any of them may be lost.

Beat runs in UTC and by intervals only. There is no ETA and no countdown: Redis delivers those again after its
visibility timeout. A message that waited longer than its interval expires, since the next one does the same work.
"""

from __future__ import annotations

import os
from typing import Any

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mash.settings.local")

SWEEP_SECONDS = 30.0
EXPIRES_SECONDS = 25
CLEAR_SECONDS = 3600.0

DEADLINE, MAIL, DOCUMENTS = "deadline", "mail", "documents"
BY_NAME = "celery"
"""Where Celery puts what another program calls by name, knowing nothing of these queues."""

QUEUE_OF: dict[str, str] = {
    "notices.tasks.sweep": DEADLINE,
    "screening.tasks.tell_left_behind": DEADLINE,
    "information_sharing.tasks.tell_of_silence": DEADLINE,
    "contacts.tasks.tell_staff_matches": DEADLINE,
    "decisions.tasks.tell_changes": DEADLINE,
    "decisions.tasks.tell_undelivered": DEADLINE,
    "notices.tasks.send_waiting": MAIL,
    "agencies.tasks.seal_logs": DOCUMENTS,
    "agencies.tasks.clear_kept_texts": DOCUMENTS,
}
"""Each task's queue, with workers of its own: a mail server that is slow makes no deadline late."""

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "sweep": {"task": "notices.tasks.sweep", "schedule": SWEEP_SECONDS, "options": {"expires": EXPIRES_SECONDS}},
    "tell-staff-matches": {
        "task": "contacts.tasks.tell_staff_matches",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": EXPIRES_SECONDS},
    },
    "tell-left-behind": {
        "task": "screening.tasks.tell_left_behind",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": EXPIRES_SECONDS},
    },
    "tell-of-silence": {
        "task": "information_sharing.tasks.tell_of_silence",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": EXPIRES_SECONDS},
    },
    "tell-changes": {
        "task": "decisions.tasks.tell_changes",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": EXPIRES_SECONDS},
    },
    "tell-undelivered": {
        "task": "decisions.tasks.tell_undelivered",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": EXPIRES_SECONDS},
    },
    "send-waiting": {
        "task": "notices.tasks.send_waiting",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": EXPIRES_SECONDS},
    },
    "seal-logs": {
        "task": "agencies.tasks.seal_logs",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": EXPIRES_SECONDS},
    },
    "clear-kept-texts": {
        "task": "agencies.tasks.clear_kept_texts",
        "schedule": CLEAR_SECONDS,
        "options": {"expires": EXPIRES_SECONDS},
    },
}

app = Celery(
    "mash",
    changes={
        "beat_schedule": BEAT_SCHEDULE,
        # Each with an exchange of its own: in a shared one every message would reach every queue.
        "task_queues": {one: {"exchange": one, "routing_key": one} for one in (DEADLINE, MAIL, DOCUMENTS, BY_NAME)},
        "task_default_queue": DEADLINE,
        "task_routes": {task: {"queue": queue} for task, queue in QUEUE_OF.items()},
        "beat_scheduler": "mash.beat:SteadyScheduler",
        "result_expires": None,  # Nothing is kept, so nothing is cleaned up at a time of day.
        "redbeat_redis_options": {"socket_connect_timeout": 2, "socket_timeout": 5},
    },
)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
