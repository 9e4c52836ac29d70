"""Every path and environment variable of the project, read in one place.

Belongs here: where things live and what the environment may say about it.
Does not belong here: creating, opening or reading any of those places.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

PACKAGE = Path(__file__).resolve().parent
"""The package's own folder."""

IS_CHECKOUT = (PACKAGE.parent / "dbt" / "dbt_project.yml").is_file()
"""Whether the package stands in its checkout; else it was installed from a wheel (``setup.py``)."""

RAIZ = PACKAGE.parent if IS_CHECKOUT else PACKAGE / "shipped"
"""The folder that holds ``dbt/``, ``seeds/`` and the lock: the checkout, or what the wheel brought along."""

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

DUCKDB, SPARK = "duckdb", "spark"
"""What ``AVANCE_ENGINE`` may name."""

CODE_LOCATION = "avance"
"""The code location's name in the web UI; a database may keep the records of other projects' besides."""

REPORTS_PAGE, PUBLISHED_PAGE, DESK_PAGE = "/reportes", "/publicado", "/mesa"
"""Where ``avance ui`` serves the reports of checks and the published version; what Dagster records links there."""

UMASK = 0o077
"""What the command sets before it writes: state is for the user who runs it and nobody else. Logs, compiled SQL and
Dagster's records hold what the extracts hold, and no reader needs them. The published version and the reports of its
checks are opened to their group by who writes them (folders 0750, files 0640, the published DuckDB file 0440), so that
a BI tool may run as a user of its own; the home stays 0700 until somebody lets that group in (docs/connect/README.md).
"""


class ShippedSeedsError(ValueError):
    """Nothing is written into the seeds of an installed wheel; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where this installation keeps its state and finds its input; every path is absolute.

    ``ente`` is the INEGI key of the municipality to suppose where neither a form's title
    nor ``seeds/extractos.csv`` says whose it is; None supposes nothing. ``own_seeds`` is the folder
    of catalogues and decisions that was named. ``postgres`` is the address of a database that
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
    def spark(self) -> Path:
        """The folder of what Spark on this machine keeps, and of what goes between it and the warehouse."""
        return self.home / "spark"

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
        """The folder of catalogues and decisions, read by the reader and seeded by dbt.

        Looked for each time: a server goes on while ``avance init`` puts a folder into the home.
        """
        in_home = seeds_in_home(self.home)
        return self.own_seeds or (in_home if in_home and in_home.is_dir() else self.shipped_seeds)

    @property
    def has_shipped_seeds(self) -> bool:
        """Whether the seeds in use are those that came with a wheel: the next release replaces them."""
        return not IS_CHECKOUT and self.seeds == self.shipped_seeds

    @property
    def seeds_to_write(self) -> Path:
        """The seeds, for who writes a line.

        Raises:
            ShippedSeedsError: there are none of one's own yet.
        """
        if self.has_shipped_seeds:
            raise ShippedSeedsError(
                f"{self.seeds} came with the installation, and the next release replaces it: type avance init once, "
                f"which puts a folder of your own in {self.home}"
            )
        return self.seeds

    @property
    def shipped_seeds(self) -> Path:
        """The catalogues that come along, and decision files that hold none."""
        return self.root / "seeds"

    @property
    def dbt_project(self) -> Path:
        """The dbt project folder."""
        return self.root / "dbt"


def time_zone(env: Mapping[str, str] = os.environ) -> str:
    """Whose clock the load keeps: ``AVANCE_TIME_ZONE``, else that of the state of ``AVANCE_ENTE``, else ``TIME_ZONE``.

    Raises:
        ValueError: ``AVANCE_TIME_ZONE`` names no time zone.
    """
    given, ente = (env.get(name, "").strip() for name in ("AVANCE_TIME_ZONE", "AVANCE_ENTE"))
    if given and given not in available_timezones():
        raise ValueError(f"AVANCE_TIME_ZONE is {given!r}, which is no time zone such as America/Mexico_City")
    return given or (TIME_ZONES.get(ente[:2], CENTRE) if ente else TIME_ZONE)


def today() -> date:
    """The day by that clock."""
    return datetime.now(ZoneInfo(time_zone())).date()


@dataclass(frozen=True, slots=True)
class NoticeSettings:
    """Whom a home tells what happens, and after how long silence or absence is told; empty: nobody.

    Neither password nor address of the webhook, which often is one, appears where this is printed.
    """

    mail_to: tuple[str, ...] = ()
    mail_from: str = ""
    smtp: str = ""
    """``smtp://user@host:587`` (encrypted by STARTTLS where a password is given) or ``smtps://…``."""
    smtp_password: str = field(default="", repr=False)
    webhook: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long what is awaited may be late: days of a quarter's reports and of a version, minutes of the daemon."""

    quarter_days: int = 45
    version_days: int = 120
    silent_minutes: int = 15


def notice_settings(env: Mapping[str, str] = os.environ) -> NoticeSettings:
    """Read ``AVANCE_NOTICES_MAIL`` (commas between), ``_FROM``, ``_SMTP``, ``_SMTP_PASSWORD`` and ``_WEBHOOK``."""
    mail, sender, smtp, password, webhook = (
        env.get(f"AVANCE_NOTICES_{name}", "").strip() for name in ("MAIL", "FROM", "SMTP", "SMTP_PASSWORD", "WEBHOOK")
    )
    to = tuple(address.strip() for address in mail.split(",") if address.strip())
    return NoticeSettings(to, sender or (to[0] if to else ""), smtp or "smtp://localhost:25", password, webhook)


def patience(env: Mapping[str, str] = os.environ) -> Patience:
    """Read ``AVANCE_QUARTER_DAYS``, ``AVANCE_VERSION_DAYS`` and ``AVANCE_SILENT_MINUTES``.

    Raises:
        ValueError: one of them is no whole number above zero.
    """
    found = {}
    for name in ("quarter_days", "version_days", "silent_minutes"):
        variable = f"AVANCE_{name.upper()}"
        if given := env.get(variable, "").strip():
            if not (given.isascii() and given.isdigit() and 0 < int(given) < 100_000):
                raise ValueError(f"{variable} is {given!r}, which is no whole number above zero")
            found[name] = int(given)
    return Patience(**found)


def with_csv(env: Mapping[str, str] = os.environ) -> bool:
    """Whether a version holds CSV, too: not where ``AVANCE_CSV`` is ``no``. ValueError: it is neither yes nor no."""
    given = env.get("AVANCE_CSV", "").strip().lower() or "yes"
    if given not in ("yes", "no"):
        raise ValueError(f"AVANCE_CSV is {given!r}, which is neither yes nor no")
    return given == "yes"


def worker_count(env: Mapping[str, str] = os.environ) -> int:
    """Processes that a load may read with: ``AVANCE_WORKERS``, else as many as this process has cores; 1 is itself.

    Raises:
        ValueError: ``AVANCE_WORKERS`` is no number from 1 on.
    """
    given = env.get("AVANCE_WORKERS", "").strip()
    if given and not (given.isascii() and given.isdigit() and int(given)):
        raise ValueError(f"AVANCE_WORKERS is {given!r}, which is no number of processes (1: this one alone)")
    return int(given) if given else len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def engine(env: Mapping[str, str] = os.environ) -> str:
    """What reads and builds: ``AVANCE_ENGINE``, ``duckdb`` (this machine alone) where it is not set.

    Raises:
        ValueError: ``AVANCE_ENGINE`` is neither, or what it names is not installed.
    """
    given = env.get("AVANCE_ENGINE", "").strip() or DUCKDB
    if given not in (DUCKDB, SPARK):
        raise ValueError(f"AVANCE_ENGINE is {given!r}, which is neither {DUCKDB} nor {SPARK}")
    if given == SPARK and not all(find_spec(name) for name in ("pyspark", "dbt.adapters.spark")):
        install = "make spark" if IS_CHECKOUT else "pip install 'avance[spark]'"
        raise ValueError(f"AVANCE_ENGINE is {given!r} and Spark is not installed here: {install}")
    return given


def get_settings(env: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from ``AVANCE_HOME``, ``_EXTRACTS``, ``_INBOX``, ``_SEEDS``, ``_ENTE`` and ``_POSTGRES``.

    An unset or blank variable takes its default; a relative path is made absolute at once, because dbt and Dagster
    change directories. Raises ValueError where a path begins with a user's home folder that is not there.
    """

    def path(name: str, default: Path) -> Path:
        given = env.get(name, "").strip() or str(default)
        try:
            return Path(given).expanduser().absolute()
        except RuntimeError:
            raise ValueError(f"{name} is {given!r}, and that user has no home folder: write the path out") from None

    data = Path(env.get("XDG_DATA_HOME", "").strip() or "~/.local/share")
    home = path("AVANCE_HOME", RAIZ / "var" if IS_CHECKOUT else data / "avance")
    given = env.get("AVANCE_SEEDS", "").strip()
    return Settings(
        home=home,
        extracts=path("AVANCE_EXTRACTS", RAIZ / "seeds" / "extracts"),
        inbox=path("AVANCE_INBOX", home / "inbox"),
        ente=env.get("AVANCE_ENTE", "").strip() or None,
        own_seeds=path("AVANCE_SEEDS", RAIZ) if given else None,
        postgres=env.get("AVANCE_POSTGRES", "").strip() or None,
    )


def seeds_in_home(home: Path) -> Path | None:
    """Where ``avance init`` puts a folder of one's own that is not named; None in a checkout, which is one's own."""
    return None if IS_CHECKOUT else home / "seeds"


def environment_of(settings: Settings) -> dict[str, str]:
    """What ``get_settings`` of another process must find to come to the same home, folders and municipality."""
    found = {"HOME": settings.home, "EXTRACTS": settings.extracts, "INBOX": settings.inbox}
    found |= {"SEEDS": settings.own_seeds} if settings.own_seeds else {}
    env = {f"AVANCE_{name}": str(path) for name, path in found.items()}
    return env | ({"AVANCE_ENTE": settings.ente} if settings.ente else {})
