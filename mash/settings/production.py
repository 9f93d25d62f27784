"""A real hub: nothing has a default that would be a secret, and everything travels over TLS."""

from mash.settings import readers
from mash.settings.base import *  # noqa: F403 - the settings pattern

readers.strong("MASH_SECRET_KEY", "MASH_IDENTITY_KEY")
ALLOWED_HOSTS = readers.hosts("MASH_ALLOWED_HOSTS")
MASH_PUBLIC_URL = readers.text("MASH_PUBLIC_URL").rstrip("/")
MASH_DEMO = False
DEFAULT_FROM_EMAIL = SERVER_EMAIL = readers.text("MASH_MAIL_FROM")
CSRF_TRUSTED_ORIGINS = [MASH_PUBLIC_URL]
SECURE_SSL_REDIRECT = readers.yes("MASH_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-mash_session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-mash_csrf"
