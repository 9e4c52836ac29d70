"""How alike two units' names are. Nothing else."""

from __future__ import annotations

from dagster_project.tmm_f004.text.fold import likeness, words

# fmt: off
_GENERIC = frozenset((
    "DEPARTAMENTO", "DIRECCION", "COORDINACION", "SUBDIRECCION", "JEFATURA", "OFICINA", "UNIDAD", "SECCION", "AREA",
    "CENTRO", "CENTROS", "GENERAL", "MUNICIPAL", "DE", "DEL", "LA", "LAS", "LOS", "EL", "Y", "PARA", "EN", "A",
))
# fmt: on


def name_likeness(printed: str, known: str) -> float:
    """How alike two units' names are, half of it without the words that all units share."""
    whole = likeness(printed, known)
    core, known_core = (" ".join(w for w in words(t) if w not in _GENERIC) for t in (printed, known))
    return (whole + likeness(core, known_core)) / 2 if core and known_core else whole
