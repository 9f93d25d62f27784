"""The demo and a developer's machine: the servers that `./run` starts."""

from mash.settings.base import *  # noqa: F403 - the settings pattern
from mash.settings.base import INSTALLED_APPS as OF_EVERY_HUB

INSTALLED_APPS = [*OF_EVERY_HUB, "demo"]

SECURE_CROSS_ORIGIN_OPENER_POLICY: str | None = None  # type: ignore[no-redef]  # Browsers refuse the header on plain http away from localhost.
