"""The program that reads a foreign file: bytes on standard input, lines of ``wire`` on standard output.

Started by ``child_run`` alone, with its limits as arguments; it takes them on before it reads a byte, and imports what
the kind of the file needs and nothing else. Not here: what is read from a format (each has its module).
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # as a program it stands in no package

import contextlib
import json
import os
import resource
from collections.abc import Iterator

from dagster_project.sources.document import Box, Kind
from dagster_project.sources.kind import OLE, ZIP, kind_of
from dagster_project.sources.refused import RefusedFileError
from dagster_project.sources.wire import Count, End, Engine, Message, Refused, line_of

WRITTEN = 256 * 1024
"""Bytes that the child may write to any file; it has none of ours."""


def messages(data: bytes, options: dict[str, object]) -> Iterator[Message]:
    """All there is to say of a file."""
    kind = kind_of(data)
    if isinstance(parts := options.get("parts"), list):
        from dagster_project.sources.crop import Parts, pictures_of

        number, turn, dpi, is_small, *edges = parts
        boxes = tuple(Box(*map(float, edges[at : at + 4])) for at in range(0, len(edges), 4))
        yield from pictures_of(data, kind, Parts(int(number), int(turn) % 4, int(dpi), bool(is_small), boxes))
    elif kind is Kind.WORKBOOK:
        if data.startswith(OLE):
            from dagster_project.sources.old_workbook import engine
            from dagster_project.sources.old_workbook import read_old_workbook as read
        elif not data.startswith(ZIP):
            from dagster_project.sources.delimited import engine
            from dagster_project.sources.delimited import read_delimited as read
        else:
            from dagster_project.sources.workbook import engine
            from dagster_project.sources.workbook import read_workbook as read
        yield Engine(engine())
        yield from read(data)
    elif kind is Kind.PDF:
        from dagster_project.sources.pdf import read_pdf

        yield from read_pdf(data, _only(options))
    elif kind is Kind.SCAN:
        from dagster_project.sources.pictures import read_pictures

        yield from read_pictures(data, _only(options))
    else:
        yield Count(0)


def _only(options: dict[str, object]) -> frozenset[int] | None:
    """The pages to be looked at; None where pictures are only named."""
    only = options.get("only")
    return frozenset(only) if isinstance(only, list) else None


def bounded(memory: int) -> None:
    """Take on limits: bytes of address space, no file above ``WRITTEN``, no core."""
    for what, limit in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, WRITTEN), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):  # a lower limit that the system set before stays
            resource.setrlimit(what, (limit, limit))


def granted(seconds: int) -> None:
    """So many more seconds of processor, and no more: what a page may cost."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    with contextlib.suppress(ValueError, OSError):
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + seconds, hard))


def main() -> None:
    """Read standard input under the limits that the arguments say."""
    options = json.loads(sys.argv[1])
    bounded(int(options["memory"]))
    granted(int(options["seconds"]))
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no message
    try:
        for message in messages(sys.stdin.buffer.read(), options):
            out.write(line_of(message))
            out.flush()
            granted(int(options["seconds"]))
    except RefusedFileError as refused:
        out.write(line_of(Refused(refused.regla, refused.razon)))
    except MemoryError:
        out.write(line_of(Refused("documento_demasiado_caro", "needs more memory than is allowed to read it")))
    except Exception as error:  # whatever a library raises on what it was given
        said = " ".join(str(error).split())[:200]
        out.write(line_of(Refused("documento_danado", f"cannot be read ({type(error).__name__}: {said})")))
    else:
        out.write(line_of(End()))
    out.flush()
    os._exit(0)  # libraries that were given a broken file may crash as they are taken down


if __name__ == "__main__":
    main()
