"""What gunicorn starts: the pages, behind the look at the second wall."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mash.settings.production")

_pages = get_wsgi_application()

from mash.wall_first import WallFirst  # noqa: E402  # needs the app registry

application = WallFirst(_pages)
