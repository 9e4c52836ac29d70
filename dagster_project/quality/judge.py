"""Great Expectations' verdict on a frame, and its pages.

Belongs here: what touches Great Expectations. It is imported on the first verdict, not before:
the import costs four seconds. Does not belong here: the rules (``*_suites``), which rows are
judged (``evaluate``) and what a failure stops (``defs``).
"""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from dagster_project.quality.gx import import_gx
from dagster_project.quality.model import Consulta, Expectativa, Severidad

SAMPLE_ROWS = 10

_GX_SEVERITY = {Severidad.ERROR: "critical", Severidad.AVISO: "warning"}
# Whatever a page would fetch from another server: scripts, styles, icons, its maker's logo.
_REMOTE = re.compile(
    r"<script\b[^>]*\bsrc=[\"']?(?:https?:)?//[^>]*>\s*</script>|<(?:link|img)\b[^>]*[\"'=](?:https?:)?//[^>]*>"
    r"|url\([\"']?(?:https?:)?//[^)]*\)"
)


def judge(name: str, table: str, consulta: Consulta, frame: pd.DataFrame, site: Path) -> dict[str, Mapping[str, Any]]:
    """What Great Expectations says of each expectation of a query, by the expectation's name."""
    gx = import_gx()
    context = _context(site)
    asset = context.data_sources.add_or_update_pandas("avance").add_dataframe_asset(name)
    expectations = context.suites.add_or_update(gx.ExpectationSuite(name=name, notes=table))
    expectations.expectations = [_expectation(e) for e in consulta.expectativas]
    expectations.save()
    definition = context.validation_definitions.add_or_update(
        gx.ValidationDefinition(name=name, data=asset.add_batch_definition_whole_dataframe("todo"), suite=expectations)
    )
    done = definition.run(
        batch_parameters={"dataframe": _as_text(frame)},
        result_format={
            "result_format": "SUMMARY",
            "unexpected_index_column_names": list(consulta.llave),
            "partial_unexpected_count": SAMPLE_ROWS,
        },
    )
    found: list[Any] = [r.to_json_dict() for r in done.results]
    return {r["expectation_config"]["meta"]["nombre"]: r for r in found}


def _as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with markup in its texts written out: Great Expectations' pages take some cells as HTML.

    Equal texts stay equal, and no shape that a rule asks for has a character that changes.
    """
    shown = frame.copy()
    for name in frame:
        if _is_text(frame[name]):
            shown[name] = frame[name].map(html.escape, na_action="ignore")
    return shown


def _is_text(column: pd.Series) -> bool:
    return pd.api.types.is_string_dtype(column) and bool(column.map(lambda v: isinstance(v, str)).any())


def said(result: Mapping[str, Any]) -> tuple[bool, int, str | None]:
    """Success, failing rows, and why it could not be evaluated, of one verdict."""
    raised = _exception_of(result.get("exception_info") or {})
    failing = int((result.get("result") or {}).get("unexpected_count") or 0)
    return bool(result["success"]) and not raised, failing, raised


def build_site(site: Path) -> None:
    """Write Great Expectations' pages of all verdicts so far: text and tables, whole without a network.

    Its pages load styles and scripts from other people's servers, which would learn of every
    look at them, and four megabytes of fonts a run: both are left out.
    """
    _context(site).build_data_docs()
    for page in (*site.rglob("*.html"), *site.rglob("*.css")):
        page.write_text(_REMOTE.sub("", page.read_text(encoding="utf-8")), encoding="utf-8")
    for heavy in ("fonts", "images"):
        shutil.rmtree(site / "static" / heavy, ignore_errors=True)


@lru_cache(maxsize=1)
def _context(site: Path) -> Any:
    """One context for the suites of a run: its index page lists those it has seen."""
    gx = import_gx()
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    # A bar for each metric on stderr would hide the run's own log.
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    for name, site_config in list((context.variables.data_docs_sites or {}).items()):  # the default: a temporary folder
        shutil.rmtree(site_config["store_backend"]["base_directory"], ignore_errors=True)
        context.delete_data_docs_site(name)
    context.add_data_docs_site("avance", _site_config(site))
    return context


def _expectation(rule: Expectativa) -> Any:
    import great_expectations.expectations as gxe

    return getattr(gxe, rule.tipo)(
        **rule.argumentos,
        severity=_GX_SEVERITY[rule.severidad],
        notes=[rule.descripcion, f"Se espera: {rule.esperado}. {rule.razon}"],
        meta={"nombre": rule.nombre},
    )


def _exception_of(info: Mapping[str, Any]) -> str | None:
    """The message of an exception that GX caught, in either of the two shapes it reports it in."""
    if "raised_exception" in info:
        return str(info["exception_message"]) if info["raised_exception"] else None
    return next((str(i["exception_message"]) for i in info.values() if i.get("raised_exception")), None)


def _site_config(site: Path) -> Any:
    return {
        "class_name": "SiteBuilder",
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(site)},
    }
