"""The report of a run's checks: one page in Spanish that needs no network, over GX's Data Docs.

Belongs here: writing it, and forgetting old ones. Does not belong here: running checks.
Great Expectations' own pages stand beside it under ``gx/``; they are in English and fetch
their style sheets from the internet, so this page is the one that runs link to.
"""

from __future__ import annotations

import html
import json
import os
import shutil
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dagster_project.quality.model import Suite, SuiteResult

KEEP_RUNS = 20
"""Reports kept; one takes about 4 MB, nearly all of it GX's fonts and pictures."""

_STYLE = (
    "body{font:15px/1.5 sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #bbb;padding:.3rem .5rem;"
    "text-align:left;vertical-align:top}th{background:#eee}.falla{background:#f8d7da}"
    ".aviso{background:#fff3cd}pre{margin:0;white-space:pre-wrap}"
)


def site_folder(data_docs: Path, run_id: str) -> Path:
    """Where Great Expectations writes its pages of a run."""
    return data_docs / run_id / "gx"


def make_folder(data_docs: Path, run_id: str) -> None:
    """Make the run's folder, closed to others, before Great Expectations would make it open."""
    data_docs.mkdir(mode=0o750, parents=True, exist_ok=True)
    (data_docs / run_id).mkdir(mode=0o750, exist_ok=True)


def write_report(name: str, suite: Suite, result: SuiteResult, data_docs: Path, run_id: str) -> None:
    """Add a suite's outcome to the run's report, under ``name``, and write the index page anew."""
    folder = data_docs / run_id
    content = {
        "suite": name,
        "tabla": suite.tabla,
        "descripcion": suite.descripcion,
        "filas": result.rows,
        "segundos": result.seconds,
        "fecha": datetime.now(UTC).isoformat(timespec="seconds"),
        "resultados": [asdict(outcome) for outcome in result.results],
    }
    (folder / f"{name}.json").write_text(
        json.dumps(content, ensure_ascii=False, indent=1, default=str), encoding="utf-8"
    )
    suites = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.json"))]
    fresh = folder / "index.html.nuevo"
    fresh.write_text(_page(run_id, suites), encoding="utf-8")
    fresh.replace(folder / "index.html")
    _close_to_others(folder)
    _forget(data_docs, run_id)


def _page(run_id: str, suites: list[dict[str, Any]]) -> str:
    body = "".join(_section(suite) for suite in suites)
    return (
        f'<!doctype html><html lang="es"><head><meta charset="utf-8"><title>Comprobaciones {html.escape(run_id)}'
        f"</title><style>{_STYLE}</style></head><body><h1>Comprobaciones de la carga</h1>"
        f"<p>Corrida <code>{html.escape(run_id)}</code>. Un <b>error</b> detiene lo que sigue; un <b>aviso</b> "
        f"se muestra y deja seguir.</p>{body}"
        '<p><a href="gx/index.html">Data Docs de Great Expectations</a> (en inglés)</p></body></html>\n'
    )


def _section(suite: dict[str, Any]) -> str:
    rows = "".join(_row(outcome) for outcome in suite["resultados"])
    return (
        f"<h2>{html.escape(suite['tabla'])} <small>({html.escape(suite['suite'])})</small></h2>"
        f"<p>{html.escape(suite['descripcion'])} "
        f"{suite['filas']} filas revisadas.</p><table><tr><th>Resultado</th><th>Regla</th><th>Se espera</th>"
        f"<th>Se observó</th><th>Filas que no cumplen (muestra)</th></tr>{rows}</table>"
    )


def _row(outcome: dict[str, Any]) -> str:
    failed = not outcome["success"]
    kind = "" if not failed else "falla" if outcome["severity"] == "error" else "aviso"
    word = "Cumple" if not failed else "ERROR" if kind == "falla" else "AVISO"
    sample = "\n".join(json.dumps(row, ensure_ascii=False) for row in outcome["sample"])
    why = f"{outcome['description']} ({outcome['severity']}: {outcome['reason']})"
    cells = (word, why, outcome["expected"], outcome["observed"])
    return (
        f'<tr class="{kind}">'
        + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
        + f"<td><pre>{html.escape(sample)}</pre></td></tr>"
    )


def _close_to_others(folder: Path) -> None:
    """Take every right from other users: failing rows of people's data are shown here."""
    for parent, _, names in os.walk(folder):
        Path(parent).chmod(0o750)
        for name in names:
            (Path(parent) / name).chmod(0o640)


def _forget(data_docs: Path, run_id: str) -> None:
    runs = sorted(
        (p for p in data_docs.iterdir() if p.is_dir() and p.name != run_id),
        key=lambda p: p.stat().st_mtime,
        reverse=True,
    )
    for old in runs[KEEP_RUNS - 1 :]:
        shutil.rmtree(old, ignore_errors=True)
