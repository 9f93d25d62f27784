"""Asks one process of the hub whether it works; for the health checks of the containers.

python -m deploy.healthcheck web      the pages are served and the database answers
python -m deploy.healthcheck beat     one of the schedulers holds the lock and ticks
"""

import os
import sys
import urllib.request

from deploy.bootstrap import value_of

SECONDS = 5


def main(arguments: list[str]) -> int:
    """Return 0 when the process named works."""
    check = {"web": web, "beat": beat}.get(arguments[0] if arguments else "")
    if check is None:
        sys.exit("Name what to ask: web or beat.")
    try:
        return 0 if check() else 1
    except OSError as problem:
        print(problem, file=sys.stderr)
        return 1


def web() -> bool:
    """Say whether pages can be served, asked as the proxy in front asks; worker and broker are no part of that."""
    host = os.environ.get("MASH_ALLOWED_HOSTS", "localhost").split(",")[0].strip()
    request = urllib.request.Request(
        "http://127.0.0.1:8000/readyz?for=pages", headers={"Host": host, "X-Forwarded-Proto": "https"}
    )
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - the address is written above
        return int(answer.status) == 200


def beat() -> bool:
    """Say whether a scheduler renewed its lock; it vanishes when none does."""
    import redis  # only this check needs it

    url = value_of("MASH_REDIS_URL", os.environ) or ""
    try:
        with redis.Redis.from_url(url, socket_timeout=SECONDS) as client:
            return bool(client.exists("redbeat::lock"))
    except redis.RedisError as problem:
        raise OSError(str(problem)) from None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
