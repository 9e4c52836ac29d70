"""Free memory: of the machine, and under limits that it does not tell."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dagster_project.settings import RAIZ
from dagster_project.sources import memory_room

OWN = re.search(r":memory:(/.+)", Path("/proc/self/cgroup").read_text()) if Path("/proc/self/cgroup").exists() else None
GROUP = f"/sys/fs/cgroup/memory{OWN[1]}" if OWN else ""
MB, GB = 1024**2, 1024**3
MOST = str(2**63 - 4096)


def test_free_memory_is_told() -> None:
    """By the machine this runs on."""
    assert memory_room.free_bytes() > 64 * 1024**2


@pytest.mark.parametrize(
    ("groups", "files", "free"),
    [
        ("0::/u.slice/a.service", {"u.slice/a.service/memory": ("max", GB), "u.slice/memory": (3 * GB, GB)}, 2 * GB),
        (
            "0::/u.slice/a.service",
            {"u.slice/a.service/memory": (GB, GB // 4), "u.slice/memory": (9 * GB, GB)},
            3 * GB // 4,
        ),
        ("0::/u.slice/a.service", {"u.slice/a.service/memory": (GB, 2 * GB)}, 0),
        ("0::/", {"memory": (2 * GB, GB)}, GB),
        ("0::/of/the/host", {"memory": (2 * GB, GB)}, GB),
        ("5:cpu:/x\n4:memory:/docker/a\n0::/", {"memory/docker/a/v1": (4 * GB, GB), "memory/v1": (MOST, GB)}, 3 * GB),
        ("4:memory:/docker/a", {"memory/v1": (4 * GB, GB)}, 3 * GB),
        ("", {}, None),
        ("nonsense", {"memory": ("?", "x")}, None),
    ],
    ids=[
        "of a parent",
        "its own",
        "over it",
        "of a container",
        "a path of the host",
        "version 1",
        "its root",
        "none",
        "?",
    ],
)
def test_the_limit_of_the_own_group_and_of_those_above_it_counts(
    tmp_path: Path, groups: str, files: dict[str, tuple[object, object]], free: int | None
) -> None:
    """Of either version; in a container the path may be one of the machine's."""
    (tmp_path / "cgroup").write_text(groups)
    for name, values in files.items():
        folder, kind = (tmp_path / "groups" / name).parent, Path(name).name
        folder.mkdir(parents=True, exist_ok=True)
        ends = ("limit_in_bytes", "usage_in_bytes") if kind == "v1" else ("max", "current")
        for end, value in zip(ends, values, strict=True):
            (folder / f"memory.{end}").write_text(f"{value}\n")
    room = memory_room.group_room(tmp_path / "cgroup", tmp_path / "groups")
    assert room == (memory_room.UNLIMITED if free is None else free)


def test_what_files_left_in_memory_is_free(tmp_path: Path) -> None:
    """A group that read much is at its limit, and the system gives that back at once."""
    (tmp_path / "cgroup").write_text("0::/a")
    (tmp_path / "a").mkdir()
    for end, value in (("max", 2 * GB), ("current", 2 * GB), ("stat", f"anon 5\ninactive_file {GB}\nactive_file 7\n")):
        (tmp_path / "a" / f"memory.{end}").write_text(f"{value}\n")
    assert memory_room.group_room(tmp_path / "cgroup", tmp_path) == GB


@pytest.mark.skipif(not GROUP or not os.access(GROUP, os.W_OK), reason="no group of version 1 to make one in")
def test_a_real_limit_is_seen() -> None:
    """A process in a group of half a gigabyte, asked by what runs in it."""
    own = Path(GROUP, "avance-prueba")
    own.mkdir()
    try:
        (own / "memory.limit_in_bytes").write_text(str(GB // 2))
        code = f"open({str(own / 'cgroup.procs')!r}, 'w').write('0'); from dagster_project.sources import memory_room; "
        code += "print(memory_room.free_bytes())"
        said = subprocess.run([sys.executable, "-c", code], cwd=RAIZ, capture_output=True, text=True, check=True)
        assert 0 < int(said.stdout) <= GB // 2
    finally:
        own.rmdir()
