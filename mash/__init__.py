"""The hub. The Celery application is made with it, so that the web process knows where to put tasks."""

from mash.celery import app as celery_app

__all__ = ["celery_app"]
