"""What is told, in Spanish: of a load that failed, of one that published, of what is late, of a silent daemon.

Pure: facts go in, a notice or None comes out. Not here: finding the facts (``run_facts``, ``late``), whether it was
told before (``ledger``) and sending it (``deliver``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dagster_project.notices.late import Delay
from dagster_project.notices.run_facts import RunFacts, is_refused
from dagster_project.warehouse.state.fingerprint import fingerprint

LOAD = "carga"
"""The job that loads everything."""

WATCH_OFF = "vigia_apagada"
"""What the notice is of that says that nobody watches."""

LISTED = 10
"""Lines of one kind in a notice; the others are counted."""

RESULTS = {"loaded": "nuevos", "unchanged": "sin cambio", "moved": "cambiados de lugar"}
RESULTS |= {"duplicate": "repetidos", "resettled": "leídos otra vez", "stands": "sobrescritos", "gone": "ausentes"}
RESULTS |= {"refused": "rechazados", "waiting": "en espera", "ignored": "ignorados"}


HOLDER = re.compile(r"(?<=: )(a )?process (\d+ on|that) .*|(?<=is open in another process).*")
"""Who writes to a home that is busy, or has its file open (``warehouse.db``): another at the next try, perhaps, and the
event is the same."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One message: ``claves`` are the events it speaks of, of which at least one was never told before."""

    evento: str
    claves: tuple[str, ...]
    titulo: str
    lineas: tuple[str, ...]

    @property
    def texto(self) -> str:
        """The lines, one below the other."""
        return "\n".join(self.lineas)


def of_failure(facts: RunFacts, asked: str | None = None, job: str = LOAD) -> Notice:
    """A run that failed.

    ``asked`` names what it was asked for where it is asked for again until it succeeds: the same failure of the same
    request is one event. A load may fail after it has published; what failed may be another ``job`` than a load.
    """
    version = facts.publication.get("version") if facts.publication.get("nueva") else None
    said = facts.reasons
    key = f"falla:{asked}:{fingerprint([HOLDER.sub('', line) for line in said])}" if asked else f"falla:{facts.run_id}"
    failed = [f"No pasó {check.asset} {check.name}{_seen(check.details)}" for check in facts.failed]
    lines = [
        *_first(said),
        *_first(failed),
        *_refused(facts),
        f"La versión {version} sí se publicó." if version else "Lo publicado sigue como estaba.",
        f"Corrida {facts.run_id}",
    ]
    keys = (key, *([f"version:{version}"] if version else []), *_refused_keys(facts))
    title = f"la carga publicó la versión {version} y luego falló" if version else "la carga falló y no publicó nada"
    return Notice("carga_fallida", keys, f"Avance: {title if job == LOAD else f'falló {job}'}", tuple(lines))


def of_refusal(said: str, day: date) -> Notice:
    """A command that could not begin, once a day."""
    lines = (said, "No se tocó nada; lo publicado sigue como estaba.")
    return Notice("carga_fallida", (f"sin_empezar:{day}:{fingerprint(said)}",), "Avance: la carga no empezó", lines)


def of_interruption(said: str, day: date) -> Notice:
    """A command whose load was under way and could not go on, once a day."""
    lines = (said, "Lo que ya se había leído queda en el almacén; avance status dice qué versión está publicada.")
    key = f"interrumpida:{day}:{fingerprint(said)}"
    return Notice("carga_fallida", (key,), "Avance: la carga se interrumpió", lines)


def of_load(facts: RunFacts) -> Notice | None:
    """A run that ended well: what it published, or what it could not read; None where it did nothing to speak of."""
    is_new = bool(facts.publication.get("nueva"))
    version = facts.publication.get("version")
    refused, late = _refused_keys(facts), _late(facts)
    keys = [*([f"version:{version}"] if is_new else []), *refused, *(delay.clave for delay in late)]
    if not keys:
        return None
    lines = [
        _files(facts),
        *_refused(facts),
        *_first([f"Se perdió: {loss['ruta']} fue sobrescrito" for loss in facts.losses]),
        *(_findings(facts.publication) if is_new else []),
        *_copy(facts.publication),
        *_first([f"Atraso: {delay.dicho}" for delay in late]),
        *_first(
            [
                f"Con aviso: {check.asset} {check.name}{_seen(check.details)}"
                for check in facts.warned
                if not check.details.get("atrasos")
            ]
        ),
        f"Corrida {facts.run_id}",
    ]
    if is_new:
        return Notice("version_publicada", tuple(keys), f"Avance: versión {version} publicada", tuple(lines))
    title = "hay archivos que no se pudieron leer" if refused else "hay atrasos"
    event = "archivos_rechazados" if refused else "atraso"
    return Notice(event, tuple(keys), f"Avance: {title}; lo publicado no cambió", tuple(lines))


def of_delays(delays: Sequence[Delay]) -> Notice | None:
    """What is late by the calendar alone."""
    if not delays:
        return None
    keys = tuple(delay.clave for delay in delays)
    return Notice("atraso", keys, "Avance: hay atrasos", tuple(_first([delay.dicho for delay in delays])))


def of_silence(since: datetime, awaited: Sequence[str]) -> Notice:
    """A daemon that gave no sign since then, though these schedules or sensors count on it."""
    lines = (
        f"El demonio de Dagster no da señal desde {since.isoformat(timespec='minutes')}; esperan por él: "
        f"{', '.join(awaited)}.",
        "Nada se carga solo mientras tanto. Arránquelo (avance ui, o sus unidades de systemd).",
    )
    return Notice("demonio_callado", (f"silencio:{since.isoformat()}",), "Avance: el demonio está callado", lines)


def of_watch_off(since: datetime) -> Notice:
    """The watch itself, which somebody turned off: nothing is known of the daemon since then."""
    lines = (
        f"El sensor vigia está apagado; su última señal es de {since.isoformat(timespec='minutes')}. Mientras tanto "
        "nadie avisa de lo que se atrasa, ni se sabe si el demonio trabaja.",
        "Se enciende en avance ui, Automation. Si debe quedar apagado, no hay nada que hacer: no se avisa otra vez.",
    )
    return Notice(WATCH_OFF, (f"vigia:{since.isoformat()}",), "Avance: la vigilancia está apagada", lines)


def _first(lines: Sequence[str]) -> list[str]:
    more = len(lines) - LISTED
    return [*lines[:LISTED], *([f"… y {more} más"] if more > 0 else [])]


def _seen(details: Mapping[str, Any]) -> str:
    seen = "; ".join(str(details[name]) for name in ("observado", "faltan") if details.get(name))
    return f" ({seen})" if seen else ""


def _files(facts: RunFacts) -> str:
    counted = Counter("refused" if is_refused(e) else str(e["resultado"]) for e in facts.extracts)
    said = [f"{count} {RESULTS.get(result, result)}" for result, count in counted.items()]
    return f"Archivos: {', '.join(said) or 'ninguno'}"


def _refused(facts: RunFacts) -> list[str]:
    return _first(
        [
            f"No se pudo leer {e['ruta']}"
            + (f", línea {r['linea']}" if r["linea"] else "")
            + f": {r['razon']} ({r['regla']})"
            for e in facts.extracts
            if is_refused(e)
            for r in e["rechazos"]
        ]
    )


def _refused_keys(facts: RunFacts) -> list[str]:
    """A file is told once for its bytes, however often it is read."""
    return [
        f"rechazo:{fingerprint([e['ruta'], e['extracto_id'], e['bytes'], [r['regla'] for r in e['rechazos']]])}"
        for e in facts.extracts
        if is_refused(e)
    ]


def _late(facts: RunFacts) -> list[Delay]:
    return [Delay(**delay) for check in facts.warned for delay in check.details.get("atrasos") or []]


def _copy(publication: Mapping[str, Any]) -> list[str]:
    error = (publication.get("postgres") or {}).get("error")
    return [f"PostgreSQL no tiene copia de la versión: {error}"] if error else []


def _findings(publication: Mapping[str, Any]) -> list[str]:
    now, before = publication.get("hallazgos") or {}, publication.get("hallazgos_antes")
    said = [
        f"{n} {severity}" + (f" (antes {before.get(severity, 0)})" if before else "") for severity, n in now.items()
    ]
    aside = publication.get("paginas_apartadas") or 0
    lines = [f"Hallazgos: {', '.join(said)}"] if said else []
    return lines + ([f"Páginas apartadas: {aside}"] if aside else [])
