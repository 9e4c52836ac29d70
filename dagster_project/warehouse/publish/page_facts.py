"""A row of ``marts.fct_pagina``: what was settled of a page, by which evidence, and what else it may be.

Not here: showing it (``command.why_page``), deciding it (``desk``).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

FIELDS = {
    "ente": "ente_codigo",
    "unidad": "unidad_codigo",
    "ejercicio": "ejercicio",
    "trimestre": "trimestre_numero",
    "plan": "plan",
}
"""What is settled of a page: its name in ``seeds/paginas.csv``, its column in ``fct_pagina``."""


@dataclass(frozen=True, slots=True)
class Page:
    """A row of ``fct_pagina`` by column name."""

    columns: dict[str, Any]

    def settled(self, field: str) -> tuple[Any, str, str, float, list[list[Any]]]:
        """Value, estado, rule, score and alternatives of one of ``FIELDS``."""
        c = self.columns
        rivals = json.loads(c[f"alternativas_{field}"])
        return c[FIELDS[field]], c[f"estado_{field}"], c[f"regla_{field}"], c[f"puntaje_{field}"], rivals
