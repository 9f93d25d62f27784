"""The directory and, in `access`, the security kernel."""

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate

from common.data_keys import register
from common.stage import StageConfig


class AgenciesConfig(StageConfig):
    """Accounts, agencies, memberships, teams, agreements, hub settings."""

    name = "agencies"
    verbose_name = "Agencies"

    def ready(self) -> None:
        """Build the second wall after each migration, and say where data keys rest."""
        super().ready()
        import agencies.checks  # noqa: F401, PLC0415  # needs the app registry
        from agencies.access.inactivity import note_sign_in  # noqa: PLC0415  # needs the app registry
        from agencies.access.install import after_migrations  # noqa: PLC0415  # needs the app registry
        from agencies.access.keys import KeysInDatabase  # noqa: PLC0415  # needs the app registry

        register(KeysInDatabase())
        user_logged_in.connect(note_sign_in, dispatch_uid="agencies.note_sign_in")
        post_migrate.connect(after_migrations, dispatch_uid="agencies.after_migrations")
