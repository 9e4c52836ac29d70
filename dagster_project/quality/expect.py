"""Short names for the expectations the suites use, so that a suite reads as a list of rules.

Belongs here: one function a kind of rule. Does not belong here: any rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dagster_project.quality.model import Expectativa, Severidad


@dataclass(frozen=True, slots=True)
class Regla:
    """The words of an expectation, before it is known what it compares."""

    nombre: str
    descripcion: str
    esperado: str
    razon: str
    severidad: Severidad = Severidad.ERROR

    def _of(self, tipo: str, **argumentos: Any) -> Expectativa:
        return Expectativa(self.nombre, tipo, argumentos, self.descripcion, self.esperado, self.severidad, self.razon)

    def iguales(self, una: str, otra: str) -> Expectativa:
        """Two columns are equal in every row that has both."""
        return self._of(
            "ExpectColumnPairValuesToBeEqual",
            column_A=una,
            column_B=otra,
            ignore_row_if="either_value_is_missing",
        )

    def vacia(self, columna: str) -> Expectativa:
        """A column that shows what is wrong, null in every row where nothing is."""
        return self._of("ExpectColumnValuesToBeNull", column=columna)

    def presente(self, columna: str) -> Expectativa:
        """No null."""
        return self._of("ExpectColumnValuesToNotBeNull", column=columna)

    def forma(self, columna: str, regex: str) -> Expectativa:
        """Every text has a shape; nulls are let through."""
        return self._of("ExpectColumnValuesToMatchRegex", column=columna, regex=regex)

    def de(self, columna: str, valores: tuple[str, ...]) -> Expectativa:
        """Every value is one of a set; nulls are let through."""
        return self._of("ExpectColumnValuesToBeInSet", column=columna, value_set=list(valores))

    def entre(self, columna: str, minimo: float | None = None, maximo: float | None = None) -> Expectativa:
        """Every value lies in a range, bounds included; nulls are let through."""
        return self._of("ExpectColumnValuesToBeBetween", column=columna, min_value=minimo, max_value=maximo)


def aviso(nombre: str, descripcion: str, esperado: str, razon: str) -> Regla:
    """A rule whose failure is shown and lets the run go on."""
    return Regla(nombre, descripcion, esperado, razon, Severidad.AVISO)
