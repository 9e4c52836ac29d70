"""The report of a run's checks: files of a folder a run, one page in Spanish that needs no network.

Belongs here: what is written, and forgetting old ones. Does not belong here: running checks,
and how a page looks (``pages``). Great Expectations' own pages, in English, stand beside it
under ``gx/``; failing rows in ``fallas/``, ``<suite>.<rule>.jsonl``, an object a row.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dagster_project.quality.model import Suite, SuiteResult
from dagster_project.quality.pages import index_page, run_page

KEEP_RUNS = 20
"""Reports kept, beside the newest that closed the gate; one takes some 0.5 MB."""

RESULTS = "resultados.json"


def index_path(data_docs: Path, run_id: str) -> Path:
    """The page of a run."""
    return data_docs / run_id / "index.html"


def site_folder(data_docs: Path, run_id: str) -> Path:
    """Where Great Expectations writes its pages of a run."""
    return data_docs / run_id / "gx"


def make_folder(data_docs: Path, run_id: str) -> None:
    """Make the run's folder, closed to others, before Great Expectations would make it open."""
    data_docs.mkdir(mode=0o750, parents=True, exist_ok=True)
    (data_docs / run_id).mkdir(mode=0o750, exist_ok=True)


def keep_rows(name: str, rows: Sequence[Mapping[str, Any]], data_docs: Path, run_id: str) -> str:
    """Keep failing rows with the run's report; returns the file, relative to the run's folder."""
    folder = data_docs / run_id / "fallas"
    folder.mkdir(mode=0o750, exist_ok=True)
    lines = (json.dumps(row, ensure_ascii=False, default=str) for row in rows)
    (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return f"fallas/{name}.jsonl"


def write_report(done: Sequence[tuple[Suite, SuiteResult]], data_docs: Path, run_id: str) -> None:
    """Add outcomes to the run's report, and write its page and the page of all runs anew."""
    folder = data_docs / run_id
    content = read_results(folder) or {"corrida": run_id, "suites": []}
    content["fecha"] = datetime.now(UTC).isoformat(timespec="seconds")
    fresh = [_content(suite, result) for suite, result in done]
    names = {s["suite"] for s in fresh}
    content["suites"] = [s for s in content["suites"] if s["suite"] not in names] + fresh
    _write(folder / RESULTS, json.dumps(content, ensure_ascii=False, default=str))
    _write(folder / "index.html", run_page(content, has_gx=site_folder(data_docs, run_id).is_dir()))
    _close_to_others(folder)
    _forget(data_docs, run_id)
    runs = [c for p in data_docs.iterdir() if p.is_dir() and (c := read_results(p))]
    _write(data_docs / "index.html", index_page(sorted(runs, key=lambda c: c["fecha"], reverse=True)))
    (data_docs / "index.html").chmod(0o640)


def read_results(folder: Path) -> dict[str, Any] | None:
    """What a run's report holds as data; None where there is none that can be read."""
    try:
        content = json.loads((folder / RESULTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) and {"corrida", "suites", "fecha"} <= set(content) else None


def _content(suite: Suite, result: SuiteResult) -> dict[str, Any]:
    return {
        "suite": suite.nombre,
        "tabla": suite.tabla,
        "descripcion": suite.descripcion,
        "segundos": result.seconds,
        "resultados": [asdict(outcome) for outcome in result.results],
    }


def _write(path: Path, text: str) -> None:
    """Whole or not at all."""
    fresh = path.with_name(path.name + ".nuevo")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def _close_to_others(folder: Path) -> None:
    """Take every right from other users: failing rows of people's data are shown here."""
    for parent, _, names in os.walk(folder):
        Path(parent).chmod(0o750)
        for name in names:
            (Path(parent) / name).chmod(0o640)


def _forget(data_docs: Path, run_id: str) -> None:
    """Drop the oldest reports, but never the newest of those that closed the gate."""
    runs = sorted(
        (p for p in data_docs.iterdir() if p.is_dir() and p.name != run_id),
        key=lambda p: p.stat().st_mtime,
        reverse=True,
    )
    keep = next((p for p in runs if _closed(p)), None)
    for old in runs[KEEP_RUNS - 1 :]:
        if old != keep:
            shutil.rmtree(old, ignore_errors=True)


def _closed(folder: Path) -> bool:
    content = read_results(folder)
    outcomes = [o for s in content["suites"] for o in s["resultados"]] if content else []
    return any(not o["success"] and o["severity"] == "error" for o in outcomes)
