"""The ``avance`` command: arguments and exit codes; the work is in ``command``.

Imports of the work stand inside the verbs, so that ``avance read`` loads neither Dagster nor
dbt, DuckDB or pandas.
"""

from __future__ import annotations

import enum
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

app = typer.Typer(
    help="The Avance Físico Programático (TMM-F004): from the extract to published figures.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class OutputFormat(enum.StrEnum):
    """How ``avance read`` prints."""

    TABLE = "table"
    JSONL = "jsonl"


class Part(enum.StrEnum):
    """The processes of ``avance ui``."""

    CODE = "code"
    WEB = "web"
    DAEMON = "daemon"


SUPPOSED = "The municipality (INEGI key) to suppose where nothing says whose a form is (AVANCE_ENTE)."


def _console() -> Console:
    from rich.console import Console

    return Console()


def _suppose(ente: str | None) -> None:
    if ente is not None:
        os.environ["AVANCE_ENTE"] = ente


@app.callback()
def closed_by_default() -> None:
    """Whatever a command writes is its user's alone, unless it says otherwise; what it prints on ends it never."""
    from dagster_project.command.environment import prepare_environment
    from dagster_project.command.terminal import make_unbreakable
    from dagster_project.settings import UMASK

    make_unbreakable()
    try:
        prepare_environment()
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    os.umask(UMASK)


@app.command()
def run(
    year: Annotated[int | None, typer.Option(help="Only this ejercicio; all of them by default.")] = None,
    extracts: Annotated[Path | None, typer.Option(help="The folder of extracts (AVANCE_EXTRACTS).")] = None,
    ente: Annotated[str | None, typer.Option(help=SUPPOSED)] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that read: by default the cores (AVANCE_WORKERS).")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Run also where nothing has changed.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show the log while it is written.")] = False,
) -> None:
    """Load every extract, build, check, publish. Exits 0 only if the new version is published or confirmed."""
    from dagster_project.command.run import run as run_load

    _suppose(ente)
    if workers is not None:
        os.environ["AVANCE_WORKERS"] = str(workers)
    raise typer.Exit(run_load(_console(), year=year, extracts=extracts, force=force, verbose=verbose))


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="An extract: a text, workbook, PDF or scan of one or more forms.")],
    format: Annotated[
        OutputFormat, typer.Option("--format", help="A table to look at, or an object a row.")
    ] = OutputFormat.TABLE,
    words: Annotated[
        bool, typer.Option("--words", help="What was read before the form was looked at, with its place.")
    ] = False,
    ente: Annotated[str | None, typer.Option(help=SUPPOSED)] = None,
) -> None:
    """Read one extract without a warehouse and print its rows, each with how sure its reading is."""
    from dagster_project.command.read import print_words
    from dagster_project.command.read import read as read_file

    if words:
        raise typer.Exit(print_words(file))
    _suppose(ente)
    raise typer.Exit(read_file(file, as_json=format is OutputFormat.JSONL))


@app.command()
def status(
    ente: Annotated[str | None, typer.Option(help="Only this municipality, by its INEGI key.")] = None,
) -> None:
    """Show what is published: quarters loaded and missing a unit, findings, age."""
    from dagster_project.command.status import status as show_status

    raise typer.Exit(show_status(_console(), ente))


@app.command()
def verify() -> None:
    """Compare every published file with its hash. Exits 1 where one is not as it was written, and names it."""
    from dagster_project.command.verify import verify as verify_files

    raise typer.Exit(verify_files(_console()))


@app.command()
def publish(
    to: Annotated[str | None, typer.Option(help="postgresql://user@host/database; else AVANCE_POSTGRES.")] = None,
) -> None:
    """Copy the published version to a PostgreSQL database (make postgres); its schema marts then shows it."""
    from dagster_project.command.publish import publish_to

    raise typer.Exit(publish_to(_console(), to))


@app.command()
def backup(
    to: Annotated[
        Path | None, typer.Argument(help="The folder to make; by default one by date beside the home.")
    ] = None,
    wait: Annotated[float, typer.Option(help="Seconds to wait for a run to end.")] = 3600.0,
) -> None:
    """Copy the home between two runs and read the copy again: warehouse, originals, published version, decisions."""
    from dagster_project.command.backup import backup as take_backup

    raise typer.Exit(take_backup(_console(), to, wait))


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(metavar="FROM", help="The folder that avance backup made.")],
    replace: Annotated[bool, typer.Option("--replace", help="Set aside what the home holds.")] = False,
) -> None:
    """Make the home (AVANCE_HOME) from a backup; refused where it holds something, unless --replace is given."""
    from dagster_project.command.backup import restore as restore_home

    raise typer.Exit(restore_home(_console(), source, replace))


@app.command()
def tidy(
    runs: Annotated[int, typer.Option(min=1, help="How many of the newest runs stay on record.")] = 10,
    days: Annotated[float, typer.Option(min=0, help="Keep also every run of this many days.")] = 0,
) -> None:
    """Let the records of old runs go; the newest, those that made what stands and failures of 90 days stay."""
    from dagster_project.command.tidy import tidy_home

    raise typer.Exit(tidy_home(_console(), runs, days))


@app.command()
def why(
    unidad: Annotated[str | None, typer.Argument(help="The unit's code, such as 54204 or 02002/54204.")] = None,
    accion: Annotated[
        int | None, typer.Argument(help="The action's number in any cut of the year, such as 505.")
    ] = None,
    trimestre: Annotated[str | None, typer.Argument(help="The quarter, such as 2022-T4.")] = None,
    ente: Annotated[str | None, typer.Option(help="The municipality's INEGI key, such as 02002.")] = None,
    page: Annotated[str | None, typer.Option(help="Instead: a page by FILE:LINE, and what it was taken for.")] = None,
) -> None:
    """Show where a figure comes from: printed line, cells, readings, other cuts, findings; or what a page is."""
    if page is not None and unidad is None:
        from dagster_project.command.why_page import why_page

        raise typer.Exit(why_page(_console(), page))
    if unidad is None or accion is None or trimestre is None or page is not None:
        raise typer.BadParameter("give UNIDAD ACCION TRIMESTRE, or --page FILE:LINE alone")

    from dagster_project.command.why import why as show_why

    raise typer.Exit(show_why(_console(), unidad, accion, trimestre, ente))


@app.command()
def propose(
    ente: Annotated[str | None, typer.Option(help="Only this municipality's lines, by its INEGI key.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Append the lines to the catalogues (AVANCE_SEEDS).")] = False,
) -> None:
    """Show the catalogue lines that what was read calls for, each with its evidence; --write appends them."""
    from dagster_project.command.propose import propose_lines

    raise typer.Exit(propose_lines(_console(), ente, write))


@app.command()
def init(
    folder: Annotated[Path | None, typer.Argument(help="Where, outside the checkout; else AVANCE_SEEDS.")] = None,
) -> None:
    """Write catalogues and empty decision files into a folder of one's own (AVANCE_SEEDS); no file is overwritten."""
    from dagster_project.command.init import init as write_folder

    raise typer.Exit(write_folder(_console(), folder))


@app.command()
def approve(
    file: Annotated[str, typer.Argument(help="The file as findings name it (inbox://x.txt), or its path on disk.")],
    date: Annotated[
        str | None, typer.Option(help="When it was published, such as 2022-06-01; today if not said.")
    ] = None,
) -> None:
    """Let a waiting file count: its publication date goes into extractos.csv of the seeds (AVANCE_SEEDS)."""
    import datetime

    from dagster_project.command.register import approve as approve_file
    from dagster_project.settings import today

    try:
        published = datetime.date.fromisoformat(date) if date else today()
    except ValueError as error:
        raise typer.BadParameter(f"{date!r} is no date such as 2022-06-01" if date else str(error)) from None
    raise typer.Exit(approve_file(_console(), file, published))


@app.command()
def retire(
    file: Annotated[str, typer.Argument(help="The file as findings name it (inbox://x.txt), or its path on disk.")],
    reason: Annotated[str, typer.Option(help="Why; it stands in extractos.csv of the seeds (AVANCE_SEEDS).")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take it back.")] = False,
) -> None:
    """Take a file out of the marts; what was read of it stays in raw."""
    from dagster_project.command import register

    console = _console()
    raise typer.Exit(register.undo(console, file) if undo else register.retire(console, file, reason))


@app.command()
def desk(
    port: Annotated[int, typer.Option(help="The port to serve on, of this machine alone.")] = 3001,
    allow_host: Annotated[
        list[str] | None, typer.Option(help="A name it is also served under, with its port if any: a proxy's.")
    ] = None,
) -> None:
    """Serve the desk: what is in doubt with its print, one key to decide, the line written into the seeds."""
    from dagster_project.command.desk import desk as serve
    from dagster_project.command.ui import Address

    raise typer.Exit(serve(_console(), Address("127.0.0.1", port, tuple(allow_host or ()))))


@app.command()
def ui(
    host: Annotated[str, typer.Option(help="The address to serve on; loopback by default.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to serve on.")] = 3000,
    allow_host: Annotated[
        list[str] | None, typer.Option(help="A name it is also served under, with its port if any: a proxy's.")
    ] = None,
    token: Annotated[bool, typer.Option("--token", help="Ask for a token, which the printed address holds.")] = False,
    read_only: Annotated[bool, typer.Option("--read-only", help="Let nobody start or stop anything.")] = False,
    part: Annotated[Part | None, typer.Option(help="Only this process of the three, for a service manager.")] = None,
) -> None:
    """Serve the Dagster web UI, with its daemon, on this home."""
    from secrets import token_urlsafe

    from dagster_project.command.ui import Address
    from dagster_project.command.ui import ui as serve

    address = Address(host, port, tuple(allow_host or ()), token_urlsafe(24) if token else "", read_only)
    raise typer.Exit(serve(_console(), address, part.value if part else None))


if __name__ == "__main__":
    app()
