"""What stops the launcher, in one sentence for the person who started it."""


class LaunchError(Exception):
    """The launcher cannot go on; the message says why and what to do."""
