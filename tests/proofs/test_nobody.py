"""scratch"""
from __future__ import annotations
import time, os
from collections import Counter
import pytest
from tests.proofs.nobody.living import Seed, living, monday

def test_scratch(transactional_db):
    t = time.monotonic(); cpu = time.process_time()
    with living(Seed(int(os.environ.get("S","1")), monday(2027,3,22), int(os.environ.get("STEPS","60")), a_day=60, mishaps=3.0)) as lived:
        b, w = lived.borough, lived.watch
        print("\n", time.monotonic() - t, len(b.diary), "cpu", time.process_time() - cpu)
        c = Counter((s.section, s.taken.route if not s.taken.route.startswith("/") else s.taken.route.split("/")[1], s.taken.outcome.value, s.taken.status) for s in b.diary)
        for k, n in sorted(c.items()): print(n, k)
        pr = Counter((s.taken.route, p) for s in b.diary for p in s.taken.problems)
        for k, n in pr.most_common(60): print(n, k)
        print(w.checks); print(lived.happened); print(b.counts); print(len(lived.met))
        kinds = Counter((v.rule, v.kind) for v in w.found)
        for k, n in sorted(kinds.items()): print(n, next(v for v in w.found if v.kind == k[1]).words)
    assert 0
