"""``make fuzz``: the reader on damaged texts for so many minutes; stops at the first that it does not survive.

``--engine hypothesis`` (structured) needs the development set alone. ``--engine atheris`` (guided by
coverage) needs atheris, which is locked nowhere: install it into an environment of its own beside
this one's packages (docs/security.md).
"""

from __future__ import annotations

import argparse
import random
import sys
import time

from hypothesis import HealthCheck, Phase, given, seed, settings

from dagster_project.warehouse.files.extract_file import DecodedFile, split_lines


def main() -> int:
    """Run an engine for its minutes; 0 where nothing was found."""
    parser = argparse.ArgumentParser(prog="python -m checks.fuzz", description=__doc__)
    parser.add_argument("--engine", choices=("hypothesis", "atheris"), default="hypothesis")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--corpus", default=".fuzz", help="where atheris keeps the texts it found worth keeping")
    asked = parser.parse_args()
    if asked.engine == "atheris":
        from checks.fuzz.guided import fuzz

        return fuzz(asked.minutes, asked.corpus)
    return _structured(asked.minutes)


def _structured(minutes: float) -> int:
    from checks.fuzz.bounds import check, warm_up
    from checks.fuzz.texts import any_text

    warm_up()
    began, tried = time.monotonic(), 0

    def reads_or_refuses(text: str) -> None:
        nonlocal tried
        tried += 1
        check(DecodedFile("utf-8", split_lines(text.encode("utf-8", "replace").decode())))

    phases = [Phase.generate, Phase.target, Phase.shrink]
    limits = settings(
        max_examples=250, deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=phases
    )
    while time.monotonic() - began < 60 * minutes:
        chosen = random.randrange(2**32)
        print(f"{time.monotonic() - began:6.0f} s, {tried:,} texts, seed {chosen}", flush=True)
        seed(chosen)(limits(given(any_text())(reads_or_refuses)))()
    print(f"hypothesis: {tried:,} texts in {(time.monotonic() - began) / 60:.1f} minutes, nothing found")
    return 0


if __name__ == "__main__":
    sys.exit(main())
