"""A real hub on one machine (`./run hub`): as in production, but on loopback, where nothing speaks TLS.

What asks the browser for TLS is off, and for that reason no other address than one of loopback is served.
"""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from mash.settings.production import *  # noqa: F403 - the settings pattern
from mash.settings.production import ALLOWED_HOSTS as HOSTS
from mash.settings.production import MASH_PUBLIC_URL as ADDRESS

LOOPBACK = {"127.0.0.1", "localhost", "::1", "[::1]"}

if urlsplit(ADDRESS).hostname not in LOOPBACK or not set(HOSTS) <= LOOPBACK:
    raise ImproperlyConfigured(
        "Without TLS a hub serves its own machine alone: for any other address take mash.settings.production."
    )

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
SESSION_COOKIE_NAME = "mash_hub_session"  # Cookies do not tell ports apart: a demo beside it has its own.
CSRF_COOKIE_SECURE = False
CSRF_COOKIE_NAME = "mash_hub_csrf"
