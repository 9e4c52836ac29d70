"""Every path and environment variable of the project, read in one place.

Belongs here: where things live and what the environment may say about it.
Does not belong here: creating, opening or reading any of those places.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import available_timezones

RAIZ = Path(__file__).resolve().parents[1]
"""The project root: the folder that holds ``dagster_project/``, ``dbt/`` and ``seeds/``."""

TIME_ZONE = "America/Tijuana"
"""Whose clock the load keeps where nothing says whose forms it loads: that of the catalogues that come along."""

CENTRE = "America/Mexico_City"
TIME_ZONES = {
    "02": "America/Tijuana", "03": "America/Mazatlan", "08": "America/Chihuahua", "18": "America/Mazatlan",
    "23": "America/Cancun", "25": "America/Mazatlan", "26": "America/Hermosillo",
}  # fmt: skip
"""The states that do not keep the hour of the centre, by the first two digits of an INEGI key (Ley de los Husos
Horarios en los Estados Unidos Mexicanos, DOF 28-10-2022). Border municipalities that keep another one set
AVANCE_TIME_ZONE."""

RUN_LOGGER = "avance.corrida"
"""The Python logger of a run of the command: ``defs`` writes to it, whoever runs in this process puts handlers on."""

UMASK = 0o077
"""What the command sets before it writes: state is for the user who runs it and nobody else.

Logs, dbt's compiled SQL and Dagster's record of runs hold what the extracts hold, and no reader
needs them. Only the published version and the reports of its checks are for others: those who
write them open them to their group by explicit modes (folders 0750, files 0640, the published
DuckDB file 0440), so that a BI tool may run as a user of its own. The home stays 0700 until
somebody lets that group through (docs/readers.md).
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where this installation keeps its state and finds its input; every path is absolute.

    ``ente`` is the INEGI key of the municipality to suppose where neither a form's title
    nor ``seeds/extractos.csv`` says whose it is; None supposes nothing. ``own_seeds`` is the folder
    of catalogues and decisions where it is not the checkout's. ``postgres`` is the address of a database that
    gets a copy of each version; it may hold a password, so it is in no printed form of the settings.
    """

    home: Path
    extracts: Path
    inbox: Path
    ente: str | None = None
    root: Path = RAIZ
    own_seeds: Path | None = None
    postgres: str | None = field(default=None, repr=False)

    @property
    def warehouse(self) -> Path:
        """The pipeline's own DuckDB file; readers never open it."""
        return self.home / "warehouse.duckdb"

    @property
    def originals(self) -> Path:
        """The folder of the workbooks, PDF and scans that were loaded, each by its hash."""
        return self.home / "originals"

    @property
    def tasks(self) -> Path:
        """The folder of what a load's tasks read and leave; a load that ends well removes it."""
        return self.home / "tasks"

    @property
    def published(self) -> Path:
        """The folder of published versions, for readers."""
        return self.home / "published"

    @property
    def data_docs(self) -> Path:
        """The folder of check reports, one subfolder a run."""
        return self.home / "data_docs"

    @property
    def dagster_home(self) -> Path:
        """What ``DAGSTER_HOME`` is set to for this installation."""
        return self.home / "dagster"

    @property
    def seeds(self) -> Path:
        """The folder of catalogues and decisions, read by the reader and seeded by dbt."""
        return self.own_seeds or self.shipped_seeds

    @property
    def shipped_seeds(self) -> Path:
        """The catalogues that come along, and decision files that hold none."""
        return self.root / "seeds"

    @property
    def dbt_project(self) -> Path:
        """The dbt project folder."""
        return self.root / "dbt"


def time_zone(environ: Mapping[str, str] | None = None) -> str:
    """Whose clock the load keeps: ``AVANCE_TIME_ZONE``, else that of the state of ``AVANCE_ENTE``, else ``TIME_ZONE``.

    Raises:
        ValueError: ``AVANCE_TIME_ZONE`` names no time zone.
    """
    env = os.environ if environ is None else environ
    given, ente = (env.get(name, "").strip() for name in ("AVANCE_TIME_ZONE", "AVANCE_ENTE"))
    if given and given not in available_timezones():
        raise ValueError(f"AVANCE_TIME_ZONE is {given!r}, which is no time zone such as America/Mexico_City")
    return given or (TIME_ZONES.get(ente[:2], CENTRE) if ente else TIME_ZONE)


def worker_count(environ: Mapping[str, str] | None = None) -> int:
    """Processes that a load may read with: ``AVANCE_WORKERS``, else as many as this process has cores; 1 is itself.

    Raises:
        ValueError: ``AVANCE_WORKERS`` is no number from 1 on.
    """
    given = (os.environ if environ is None else environ).get("AVANCE_WORKERS", "").strip()
    if given and not (given.isascii() and given.isdigit() and int(given)):
        raise ValueError(f"AVANCE_WORKERS is {given!r}, which is no number of processes (1: this one alone)")
    return int(given) if given else len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def get_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from ``AVANCE_HOME``, ``_EXTRACTS``, ``_INBOX``, ``_SEEDS``, ``_ENTE`` and ``_POSTGRES``.

    An unset or blank variable takes its default; a relative path counts from the working
    directory and is made absolute at once, because dbt and Dagster change directories.
    """
    env = os.environ if environ is None else environ

    def path(name: str, default: Path) -> Path:
        given = env.get(name, "").strip()
        return Path(given).expanduser().absolute() if given else default

    home = path("AVANCE_HOME", RAIZ / "var")
    return Settings(
        home=home,
        extracts=path("AVANCE_EXTRACTS", RAIZ / "seeds" / "extracts"),
        inbox=path("AVANCE_INBOX", home / "inbox"),
        ente=env.get("AVANCE_ENTE", "").strip() or None,
        own_seeds=path("AVANCE_SEEDS", RAIZ) if env.get("AVANCE_SEEDS", "").strip() else None,
        postgres=env.get("AVANCE_POSTGRES", "").strip() or None,
    )
