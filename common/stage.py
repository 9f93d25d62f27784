"""What every app of ours does when Django starts."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class StageConfig(AppConfig):
    """Loads `grants.py` with the models, and `visibility.py` once all models are there."""

    def __init_subclass__(cls) -> None:
        """Mark the app's own class, so that Django takes it and not this one, which stands in the same module."""
        cls.default = True

    def import_models(self) -> None:
        """Load the grant tables, which stand in a file of their own above the models."""
        super().import_models()
        if find_spec(f"{self.name}.grants"):
            import_module(f"{self.name}.grants")

    def ready(self) -> None:
        """Register this app's rules with the firewall and its tables with the audit log."""
        super().ready()
        if find_spec(f"{self.name}.visibility"):
            import_module(f"{self.name}.visibility")
