"""How natural keys are written in the seed files: patterns for ``re.fullmatch``. Nothing else."""

ENTE = r"[0-9]{5}"
"""A municipality: its INEGI key, such as 02002."""

PLAN = r"[\w-]+"
"""A municipal plan: the id that the municipality gave it, such as pmd_2024-2027."""

UNIT = r"[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*"
"""An executing unit: letters and digits, joined by hyphens or points, such as 54204 or OM-01."""
