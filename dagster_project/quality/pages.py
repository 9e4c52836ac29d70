"""How a run's checks look in a browser: two kinds of page, in Spanish, whole without a network.

Belongs here: HTML, and making sure that what comes from a file is text in it. Does not belong
here: files (``report``).
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from typing import Any

_STYLE = (
    "body{font:15px/1.5 sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #bbb;padding:.3rem .5rem;"
    "text-align:left;vertical-align:top}th{background:#eee}.falla{background:#f8d7da}"
    ".aviso{background:#fff3cd}pre{margin:0;white-space:pre-wrap;word-break:break-word}"
)
_MEANS = "Un <b>error</b> detiene lo que sigue; un <b>aviso</b> se muestra y deja seguir."

Content = Mapping[str, Any]


def run_page(content: Content, has_gx: bool) -> str:
    """The page of one run: every suite, every rule, what it saw, with a sample of failing rows."""
    run = html.escape(str(content["corrida"]))
    body = "".join(_section(suite) for suite in content["suites"])
    gx = '<p><a href="gx/index.html">Data Docs de Great Expectations</a> (en inglés)</p>' if has_gx else ""
    return _page(
        f"Comprobaciones {run}",
        f"<h1>Comprobaciones de la carga</h1><p>Corrida <code>{run}</code>, {html.escape(str(content['fecha']))}: "
        f'{_verdict(content)}. {_MEANS}</p>{body}{gx}<p><a href="../index.html">Todas las corridas</a></p>',
    )


def index_page(runs: Sequence[Content]) -> str:
    """The page of all runs that are kept, newest first."""
    rows = "".join(_run_row(content) for content in runs)
    return _page(
        "Comprobaciones",
        f"<h1>Comprobaciones de las cargas</h1><p>{_MEANS}</p><table><tr><th>Corrida</th><th>Fecha (UTC)</th>"
        f"<th>Reglas</th><th>Resultado</th></tr>{rows}</table>",
    )


def _page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="es"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body>{body}</body></html>\n"
    )


def _run_row(content: Content) -> str:
    run = html.escape(str(content["corrida"]), quote=True)
    rules = sum(len(s["resultados"]) for s in content["suites"])
    errors, _ = _failed(content)
    return (
        f'<tr class="{"falla" if errors else ""}"><td><a href="{run}/index.html">{run}</a></td>'
        f"<td>{html.escape(str(content['fecha']))}</td><td>{rules}</td><td>{_verdict(content)}</td></tr>"
    )


def _verdict(content: Content) -> str:
    errors, warnings = _failed(content)
    if errors:
        return f"{errors} con error: la carga se detuvo; {warnings} con aviso"
    return f"todo cumple, {warnings} con aviso" if warnings else "todo cumple"


def _failed(content: Content) -> tuple[int, int]:
    severities = [o["severity"] for s in content["suites"] for o in s["resultados"] if not o["success"]]
    return severities.count("error"), severities.count("aviso")


def _section(suite: Content) -> str:
    rows = "".join(_row(outcome) for outcome in suite["resultados"])
    return (
        f"<h2>{html.escape(suite['tabla'])} <small>({html.escape(suite['suite'])})</small></h2>"
        f"<p>{html.escape(suite['descripcion'])}</p><table><tr><th>Resultado</th><th>Regla</th><th>Se espera</th>"
        f"<th>Se observó</th><th>Filas que no cumplen (muestra)</th></tr>{rows}</table>"
    )


def _row(outcome: Content) -> str:
    failed = not outcome["success"]
    kind = "" if not failed else "falla" if outcome["severity"] == "error" else "aviso"
    word = "Cumple" if not failed else "ERROR" if kind == "falla" else "AVISO"
    sample = "\n".join(json.dumps(row, ensure_ascii=False, default=str) for row in outcome["sample"])
    why = f"{outcome['name']}: {outcome['description']} ({outcome['severity']}: {outcome['reason']})"
    cells = (word, why, outcome["expected"], outcome["observed"])
    kept = outcome.get("kept")
    link = f'<a href="{html.escape(kept, quote=True)}">{html.escape(kept)}</a>' if kept else ""
    return (
        f'<tr class="{kind}">'
        + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in cells)
        + f"<td><pre>{html.escape(sample)}</pre>{link}</td></tr>"
    )
