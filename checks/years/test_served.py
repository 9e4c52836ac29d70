"""That a second run of one delivery is seen however late the sensor asks for it."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from checks.faults.command import environment
from checks.years.__main__ import avance
from checks.years.deliveries import Offices
from checks.years.served import ENDED, Served, served


@pytest.mark.long
def test_a_run_that_is_asked_for_after_the_first_has_ended_is_counted(tmp_path: Path) -> None:
    """What makes it come here is a file that arrives then."""
    home, extracts, seeds = (tmp_path / name for name in ("home", "extracts", "seeds"))
    extracts.mkdir()
    avance(environment(home, extracts, AVANCE_SEEDS=str(seeds)), "init")
    (home / "inbox").mkdir(parents=True, mode=0o700)
    home.chmod(0o700)
    offices = Offices(3)
    offices.plan()
    texts = [offices.text(offices.report(unit, 2023, 1)) for unit in (0, 1)]

    def late(place: Served) -> None:
        while {run["status"] for run in place.runs()} - ENDED or not place.runs():
            time.sleep(1)
        (home / "inbox" / "b.txt").write_bytes(texts[1])

    with served(home, extracts, seeds) as place:
        (home / "inbox" / "a.txt").write_bytes(texts[0])
        threading.Thread(target=late, args=(place,), daemon=True).start()
        assert [run["status"] for run in place.await_run(0)] == ["SUCCESS", "SUCCESS"]
