"""Logging a worry, its people, protect now."""

from mash.common.stage import StageConfig


class ContactsConfig(StageConfig):
    """Logging a worry, its people, protect now."""

    name = "contacts"
    verbose_name = "Contacts"
