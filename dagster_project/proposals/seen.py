"""What the pages of a home show of units, programmes, plans, measures and líneas de acción, as plain values.

In here: reading the raw tables. Not in here: what follows from it for a catalogue (``units``, ``plans``, ``measures``,
``lines``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb


@dataclass(frozen=True, slots=True)
class Field:
    """A header field: ``code`` and ``text`` as printed, ``value`` what it settled to."""

    code: str | None
    text: str | None
    value: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """A form page; values that are not settled are the likeliest ones, ``open_facts`` names them.

    ``corte`` is written 2022-T4. ``prints_eje``: whether its header prints EJE DE GOBIERNO; None: it does not tell.
    ``leaves_first_out``: most of its rows plan nothing for the first quarter (docs/form.md, fact 4), None: unknown.
    ``table_damaged``: some row is repaired, inferred or believed in nothing. ``repeated_goals``: the measures of rows
    that print their goal again four times or more, as a ratio planned in every quarter does and no sum of quarters can.
    """

    ruta: str
    formato: int
    linea: int
    ente: str | None
    unidad: str | None
    ejercicio: int | None
    corte: str | None
    programa: str | None
    open_facts: frozenset[str] = frozenset()
    prints_eje: bool | None = None
    leaves_first_out: bool | None = None
    table_damaged: bool = False
    fields: tuple[tuple[str, Field], ...] = ()
    measures: tuple[str, ...] = ()
    repeated_goals: frozenset[str] = frozenset()

    def of(self, name: str) -> list[Field]:
        """Its header fields of one name, in order."""
        return [field for its_name, field in self.fields if its_name == name]

    def printed(self, name: str) -> Field:
        """Its first header field of a name; one that prints nothing where there is none."""
        return next(iter(self.of(name)), Field(None, None, None))

    @property
    def place(self) -> str:
        """Where it stands: file and line."""
        return f"{self.ruta}:{self.linea}"


_PAGES = """
select
    f.extracto_id, f.formato, coalesce(e.ruta, f.extracto_id), f.linea_inicio, f.ente_codigo, f.unidad_codigo,
    f.anio, f.corte, f.programa_codigo,
    list_filter(
        [
            case when f.ente_codigo_estado = 'dudosa' then 'ente' end,
            case when f.unidad_codigo_estado = 'dudosa' then 'unidad' end,
            case when f.anio_estado = 'dudosa' then 'ejercicio' end,
            case when f.trimestre_estado = 'dudosa' then 'trimestre' end
        ],
        lambda x: x is not null
    ),
    p.impresa ->> '$.signos_plan'
from raw.formatos as f
inner join raw.extractos as e on f.extracto_id = e.extracto_id
left join raw.paginas as p on f.extracto_id = p.extracto_id and f.formato = p.formato
where f.situacion != 'copia' and e.retirado_en is null
order by f.corte, e.ruta, f.formato
"""

_FIELDS = """
select extracto_id, formato, campo, codigo_impreso, texto_impreso, valor from raw.campos
where campo not in ('firma', 'finalidad', 'funcion', 'subfuncion')
order by extracto_id, formato, orden
"""

_MEASURES = """
select
    r.extracto_id, r.formato, list(distinct r.unidad_medida order by r.unidad_medida) filter (r.unidad_medida != ''),
    bool_or(
        r.reparo is not null or r.accion_inferida or r.discordancia is not null
        or coalesce(json_array_length(l.operaciones), 1) > 0
    ),
    2 * count(*) filter (c.p1 is null and c.p1_estado != 'dudosa') > count(*) filter (c.p1_estado != 'dudosa'),
    count(*) filter (c.p1_estado != 'dudosa') > 0,
    list(distinct r.unidad_medida) filter (
        r.impreso[1] not in ('', '0') and len(list_filter(r.impreso[2:], lambda x: x = r.impreso[1])) >= 4
    )
from raw.renglones as r
left join raw.elegidas as c on r.extracto_id = c.extracto_id and r.linea = c.linea
left join raw.lecturas as l on r.extracto_id = l.extracto_id and r.linea = l.linea and l.candidato = 1
group by r.extracto_id, r.formato
"""

_EJE_PRINTED = ("etiqueta_eje", "ejes_listados")
_EJE_LEFT_OUT = "sin_etiqueta_eje"


def pages_seen(con: duckdb.DuckDBPyConnection) -> list[Page]:
    """Every page of a live extract but copies of another, by quarter, file and place.

    Raises:
        duckdb.Error: the warehouse is damaged or older than the tables it is asked for.
    """
    fields: dict[tuple[str, int], list[tuple[str, Field]]] = defaultdict(list)
    for extracto, formato, name, code, text, value in con.execute(_FIELDS).fetchall():
        fields[extracto, formato].append((name, Field(code, text, value)))
    tables = {
        (extracto, formato): (tuple(names or ()), damaged, left_out if is_known else None, frozenset(repeated or ()))
        for extracto, formato, names, damaged, left_out, is_known, repeated in con.execute(_MEASURES).fetchall()
    }
    pages = []
    for extracto, formato, ruta, linea, its_ente, unidad, anio, corte, programa, unsettled, signs in con.execute(
        _PAGES
    ).fetchall():
        measures, damaged, left_out, repeated = tables.get((extracto, formato), ((), False, None, frozenset()))
        its_fields = tuple(fields[extracto, formato])
        pages.append(
            Page(ruta, formato, linea, its_ente, unidad, anio, corte, programa, frozenset(unsettled),
                 _prints_eje(signs or ""), left_out, damaged, its_fields, measures, repeated)
        )  # fmt: skip
    return pages


def _prints_eje(signs: str) -> bool | None:
    """By the rules of the signs that the reader saw (``page.plan_signs``)."""
    if any(f'"{rule}"' in signs for rule in _EJE_PRINTED):
        return True
    return False if f'"{_EJE_LEFT_OUT}"' in signs else None


def most_common(values: Iterable[str | None]) -> str | None:
    """The value that stands most often; the first in order of those that stand as often; None where there is none."""
    said = [value for value in values if value]
    return max(sorted(set(said)), key=said.count, default=None)
