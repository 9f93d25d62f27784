"""What stops the launcher, in one sentence for the person who started it."""


class LaunchError(Exception):
    """The launcher cannot go on; the message says why and what to do."""


class ChildError(LaunchError):
    """A program that the launcher started ended with a failure of its own.

    Its own output has already been shown, so only the exit status is kept.
    """

    def __init__(self, message: str, status: int) -> None:
        """Keep the sentence and the exit status of the program."""
        super().__init__(message)
        self.status = status
