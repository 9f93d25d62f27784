"""The web application of the measurement: the product's own, with or without walls, and its pages without a database.

A request with the header `X-Bench: floor` is answered by the template alone, with the very values that the last view
of the same address and cookie gave it: same rows, no session, no middleware, no query.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest
from django.template import loader

StartResponse = Callable[..., Any]
Frozen = tuple[Any, dict[str, Any]]

product = get_wsgi_application()

from benchmarks.firewall.lengths import ROWS, set_length  # noqa: E402  # the apps are there only now
from benchmarks.firewall.unguarded import take_walls_down  # noqa: E402

render_to_string = loader.render_to_string
set_length(ROWS)
if os.environ["MASH_BENCH_WALLS"] == "off":
    take_walls_down()


def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """Answer as the product does, or without a database."""
    if environ.get("HTTP_X_BENCH") != "floor":
        return product(environ, start_response)
    page = (environ["PATH_INFO"], environ.get("QUERY_STRING", ""), environ.get("HTTP_COOKIE", ""))
    if page not in frozen_pages:
        frozen_pages[page] = frozen(environ)
    template, values = frozen_pages[page]
    with connection.execute_wrapper(refuse):
        body = template.render(values).encode()
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]


frozen_pages: dict[tuple[str, str, str], Frozen] = {}


def frozen(environ: dict[str, Any]) -> Frozen:
    """Answer a request once as the product does, and return its template with all that it was given."""
    kept: list[Frozen] = []

    def record(name: str, context: dict[str, Any], request: HttpRequest, using: str | None = None) -> str:
        template = loader.get_template(name, using=using)
        kept.append((template, {**context_of(template, request), **context}))
        return render_to_string(name, context, request, using=using)

    setattr(loader, "render_to_string", record)  # noqa: B010  # as a name, mypy would hold it to every use
    try:
        response = product(environ, lambda *_args: lambda _body: None)
        b"".join(response)
        response.close()
    finally:
        loader.render_to_string = render_to_string
    return kept[0]


def context_of(template: Any, request: HttpRequest) -> dict[str, Any]:
    """Return what the context processors give, computed to the end."""
    values: dict[str, Any] = {}
    for processor in template.backend.engine.template_context_processors:
        values |= processor(request)
    values["csrf_token"] = str(values["csrf_token"])
    values["messages"] = list(values["messages"])
    return values


def refuse(*_args: object) -> NoReturn:
    """Stop a page without a database that asks it after all."""
    raise RuntimeError("A page that is measured without a database has asked it.")
