"""The demo's mail server: takes every mail on loopback, delivers none, and keeps each as a file.

A page of the demo shows the folder, newest first; file names sort by arrival.
"""

import argparse
import os
import signal
import sys
import threading
import time
from pathlib import Path
from uuid import uuid4

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

LARGEST_MAIL = 10 * 1024 * 1024


class Keeper:
    """Writes each mail into the folder, whole or not at all."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; it is open to this user only."""
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep one mail, with the addresses it was sent to, and answer the sender."""
        name = f"{time.time_ns():020d}-{uuid4().hex[:8]}.eml"
        header = "".join(f"X-Envelope-To: {address}\r\n" for address in envelope.rcpt_tos)
        content = envelope.original_content or b""
        unfinished = self.folder / f".{name}"
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(header.encode("ascii", "replace") + content)
        unfinished.rename(self.folder / name)
        return "250 Kept"


def main(arguments: list[str]) -> None:
    """Take mail until somebody stops this process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args(arguments)
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    sink = Controller(Keeper(options.folder), hostname="127.0.0.1", port=options.port, data_size_limit=LARGEST_MAIL)
    sink.start()
    print("listening", flush=True)
    stopped.wait()
    sink.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
