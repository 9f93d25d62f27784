"""A page for the tests of the web server: says whom it sees, and takes as long as it is asked to."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from typing import Any


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer with the client's address, the scheme and the length of the body, after `QUERY_STRING` seconds."""
    body = environ["wsgi.input"].read()
    time.sleep(float(environ["QUERY_STRING"] or 0))
    said = json.dumps([environ["REMOTE_ADDR"], environ["wsgi.url_scheme"], len(body)]).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(said)))])
    return [said]
