"""The demo and a developer's machine: the servers that `./run` starts."""

from mash.settings.base import *  # noqa: F403 - the settings pattern

SECURE_CROSS_ORIGIN_OPENER_POLICY: str | None = None  # type: ignore[no-redef]  # Browsers refuse the header on plain http away from localhost.
