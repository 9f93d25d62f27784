"""No page is served before the second wall was seen standing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections

from agencies.access.standing import findings

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
ALWAYS = "/livez"
"""Says that the process answers, also while the database does not."""
SHUT = b"The hub cannot be reached for a moment. Try again in a minute.\n"

log = logging.getLogger(__name__)


class WallFirst:
    """Lets requests in once the wall was seen; a database that is away is asked again at the next request."""

    def __init__(self, application: Application) -> None:
        """Look at once.

        Raises:
            ImproperlyConfigured: the wall has a hole; each is named, with what to do.
        """
        self._application = application
        self._is_open = self._look()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request, or say that the hub is not open yet."""
        if not self._is_open and environ.get("PATH_INFO") != ALWAYS:
            try:
                self._is_open = self._look()
            except ImproperlyConfigured as hole:
                log.critical("%s", hole)
            if not self._is_open:
                start_response("503 Service Unavailable", [("Content-Type", "text/plain"), ("Retry-After", "60")])
                return [SHUT]
        return self._application(environ, start_response)

    @staticmethod
    def _look() -> bool:
        """Say whether the wall stands; False while the database cannot be asked."""
        try:
            found = findings()
        except DatabaseError as away:
            log.error("The second wall could not be looked at: %s", type(away).__name__)  # noqa: TRY400
            return False
        finally:
            connections.close_all()
        if found:
            raise ImproperlyConfigured("\n".join(["The hub does not serve: its second wall is open.", *found]))
        return True
