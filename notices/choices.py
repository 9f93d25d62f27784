"""Words of the notices."""

from django.db.models import TextChoices


class Channel(TextChoices):
    """How a notice reaches a person."""

    IN_APP = "in_app", "In the hub"
    MAIL = "mail", "By email"


class Failure(TextChoices):
    """Why a mail did not leave; a code, because the server's own words may name an address."""

    SERVER_UNREACHABLE = "server_unreachable", "The email server could not be reached"
    REFUSED_FOR_NOW = "refused_for_now", "The email server refused it for now"
    REFUSED = "refused", "The email server refused it for good"
    NO_ADDRESS = "no_address", "There is no usable address"
    UNREADABLE = "unreadable", "Its text cannot be decrypted with the keys at hand"
    INTERRUPTED = "interrupted", "The sender stopped while sending"
    OTHER = "other", "Another fault: see the worker's log"
