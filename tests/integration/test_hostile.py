"""Hostile files through the real load: the reduced form of ``make faults --only hostile``."""

from __future__ import annotations

from checks.faults.hostile import cases


def test_every_hostile_file_is_loaded_or_refused() -> None:
    """One load over all of it; the good file beside them comes out whole, and nothing raises."""
    done = list(cases(full=False))
    assert len(done) > 50
    assert [(r.case, r.expected, r.observed) for r in done if not r.ok] == []
