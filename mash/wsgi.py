"""The door for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mash.settings.production")

_pages = get_wsgi_application()

from mash.door import Door  # noqa: E402  # needs the app registry

application = Door(_pages)
