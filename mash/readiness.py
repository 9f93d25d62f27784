"""What a monitor asks: does every part that people rely on answer? What a proxy asks: can pages be served?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access.identity import acting_as
from agencies.access.viewer import PUBLIC
from clock.queries import shows_any_deadline, signs_of_life
from mash.away import RETRY_SECONDS

OK = "ok"
BROKER_SECONDS = 1.0

Check = Callable[[datetime], str]


@login_not_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether every part answers, one line each, with 503 where one does not; `?for=pages` asks for pages alone.

    Every page is right while worker and broker are away: a proxy that took pages away then would make it worse.
    """
    checks = FOR_PAGES if request.GET.get("for") == "pages" else FOR_PAGES + BESIDE_PAGES
    found = list(_answers(checks, timezone.now()))
    is_ready = all(answer == OK for _part, answer in found)
    body = OK if is_ready else "".join(f"{part}: {answer}\n" for part, answer in found)
    response = HttpResponse(body, content_type="text/plain", status=200 if is_ready else 503)
    response["Cache-Control"] = "no-store"
    if not is_ready:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _answers(checks: Iterable[tuple[str, Check]], at: datetime) -> Iterable[tuple[str, str]]:
    for part, check in checks:
        try:
            yield part, check(at)
        except (Error, redis.RedisError, OSError) as problem:  # its words may name a host
            yield part, f"away ({type(problem).__name__})"


def _database(at: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def _guarded_table(at: datetime) -> str:
    """Ask a guarded table as nobody: it answers, and shows nothing."""
    with acting_as(PUBLIC):
        return "open to nobody signed in" if shows_any_deadline() else OK


def _broker(at: datetime) -> str:
    limits = {"socket_connect_timeout": BROKER_SECONDS, "socket_timeout": BROKER_SECONDS}
    with redis.Redis.from_url(settings.MASH_REDIS_URL, **limits) as client:
        client.ping()
    return OK


def _sweep(at: datetime) -> str:
    signs = signs_of_life()
    return _since(signs.swept_at) if signs.is_late(at=at) else OK


def _worker(at: datetime) -> str:
    signs = signs_of_life()
    return _since(signs.worked_at) if signs.is_late(at=at) or signs.is_stood_in_for(at=at) else OK


def _since(last: datetime | None) -> str:
    return f"silent since {last:%Y-%m-%d %H:%M:%S} UTC" if last else "never seen"


FOR_PAGES: tuple[tuple[str, Check], ...] = (("database", _database), ("guarded table", _guarded_table))
BESIDE_PAGES: tuple[tuple[str, Check], ...] = (("broker", _broker), ("sweep", _sweep), ("worker", _worker))
