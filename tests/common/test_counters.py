"""Tries are counted in Valkey for all processes, and go on being counted while it is away."""

from __future__ import annotations

from collections.abc import Iterator
from json import JSONDecodeError
from pathlib import Path

import pytest

from common.counters import Counters
from deploy.local.valkey import Server


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(Path(tmp_path_factory.mktemp("valkey")))
    server.start()
    yield server
    server.stop()


def counters(valkey: Server) -> Counters:
    """Return the counters as one process of the hub has them."""
    return Counters(valkey.url(), {"KEY_PREFIX": "mash.counted"})


def test_what_one_process_counts_another_one_knows(valkey: Server) -> None:
    one, other = counters(valkey), counters(valkey)
    assert one.add("tries", 0, 60) is True
    assert other.add("tries", 0, 60) is False
    assert [one.incr("tries"), other.incr("tries"), one.incr("tries")] == [1, 2, 3]
    one.set("history", [2.5, 1.5], 60)
    assert other.get("history") == [2.5, 1.5]
    assert other.delete("history") is True
    assert one.get("history", []) == []


def test_counters_run_out(valkey: Server) -> None:
    one = counters(valkey)
    one.add("short", 0, 1)
    client = one._cache.get_client()
    assert 0 < client.ttl(one.make_and_validate_key("short")) <= 1


def test_what_is_not_a_counter_is_never_run(valkey: Server) -> None:
    one = counters(valkey)
    one._cache.get_client().set(one.make_and_validate_key("planted"), b"cposix\nsystem\n(S'true'\ntR.")
    with pytest.raises(JSONDecodeError):
        one.get("planted")


def test_the_queues_beside_them_are_not_cleared(valkey: Server) -> None:
    with pytest.raises(NotImplementedError):
        counters(valkey).clear()


def test_while_valkey_is_away_a_process_counts_by_itself(valkey: Server) -> None:
    one = counters(valkey)
    valkey.stop()
    try:
        assert one.add("alone", 0, 60) is True
        assert [one.incr("alone"), one.incr("alone")] == [1, 2]
        one.set("history", [1.0], 60)
        assert (one.get("history"), one.delete("history"), one.get("history")) == ([1.0], True, None)
    finally:
        valkey.start()
    assert one.get("alone") is None
