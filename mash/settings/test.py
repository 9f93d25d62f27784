"""The suite: quick hashing, no manifest of static files, everything else as in a real hub."""

import os

os.environ.setdefault("MASH_SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ.setdefault("MASH_IDENTITY_KEY", "only-for-tests-" + "y" * 40)
os.environ.setdefault("MASH_FIELD_KEYS", "test:" + "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
os.environ.setdefault("DATABASE_URL", "postgresql://mash_web@localhost:1/mash")

from mash.settings.base import *  # noqa: F403 - the settings pattern
from mash.settings.base import INSTALLED_APPS as OF_EVERY_HUB

INSTALLED_APPS = [*OF_EVERY_HUB, "demo"]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
