"""Great Expectations on a frame: its own suite, its own data source, its own verdict.

Belongs here: everything that touches the library, imported at the first verdict and not before
(2 s of processor). Does not belong here: the rules (``suites``), where frames come from and what
is kept of failing rows (``check``). Its Data Docs are not written: without scripts and styles
from other people's servers they are blank, and Dagster shows each check with its rows.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from dagster_project.quality.rule import Rule, Severity

if TYPE_CHECKING:
    import pandas as pd

_SEVERITY = {Severity.ERROR: "critical", Severity.WARNING: "warning"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of one rule: whether it held, and why it could not be evaluated, None where it could.

    Of one that failed, where asked for: how many rows broke it, the places of the first in the frame.
    """

    success: bool
    error: str | None
    failing: int
    places: list[int]


def evaluate(name: str, rules: Mapping[str, Rule], frame: pd.DataFrame, details: int = 0) -> dict[str, Verdict]:
    """Evaluate each rule on all rows of a frame; count failing rows and place the first ``details`` of them, if any."""
    gx, source = _great_expectations()
    asset = source.add_dataframe_asset(name)
    batch = asset.add_batch_definition_whole_dataframe("all rows").get_batch({"dataframe": frame})
    suite = gx.ExpectationSuite(name, expectations=[_expectation(gx, *named) for named in rules.items()])
    summary = {"result_format": "SUMMARY", "partial_unexpected_count": details}
    done = batch.validate(suite, result_format=summary if details else "BOOLEAN_ONLY")
    source.delete_asset(name)
    return {result.expectation_config.meta["rule"]: _verdict(result) for result in done.results}


def _expectation(gx: Any, name: str, rule: Rule) -> Any:
    kind = getattr(gx.expectations, rule.expectation.type)
    return kind(**rule.expectation.kwargs, severity=_SEVERITY[rule.severity], notes=rule.reason, meta={"rule": name})


def _verdict(result: Any) -> Verdict:
    """Its exceptions come in two shapes: one of the expectation, or one a metric."""
    info = result.exception_info
    raised = [i["exception_message"] for i in ([info] if "raised_exception" in info else info.values())]
    error = next(filter(None, raised), None)
    found = result.result
    places = found.get("partial_unexpected_index_list") or []
    return Verdict(bool(result.success) and not error, error, found.get("unexpected_count") or 0, places)


@cache
def _great_expectations() -> tuple[Any, Any]:
    """The library and a pandas data source; its analytics are off before the import, as they report on import."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    _defer("scipy.stats")
    import great_expectations as gx
    import great_expectations.expectations
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    # A bar for each metric on stderr would hide the run's own log.
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    for site in (context.variables.data_docs_sites or {}).values():  # a folder for Data Docs, made in the temporary one
        shutil.rmtree(site["store_backend"]["base_directory"], ignore_errors=True)
    return gx, context.data_sources.add_pandas("warehouse")


def _defer(name: str) -> None:
    """Put off running a module until something looks into it.

    One expectation that no rule uses needs ``scipy.stats``: 0.8 of 2.9 s of processor of the import.
    """
    if name in sys.modules or (spec := importlib.util.find_spec(name)) is None or spec.loader is None:
        return
    spec.loader = importlib.util.LazyLoader(spec.loader)
    sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
