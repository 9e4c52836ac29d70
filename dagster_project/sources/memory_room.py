"""How much memory is free for this process: of its machine, and under the limits of the groups that it is of.

A systemd unit (``MemoryMax``) or a container has a limit that ``/proc/meminfo`` does not tell. In here: reading it, of
cgroups of either version (cgroups(7)). Not in here: what is done with the room (``side_by_side``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

OWN, GROUPS = Path("/proc/self/cgroup"), Path("/sys/fs/cgroup")
VERSION_1 = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
VERSION_2 = ("memory.max", "memory.current", "inactive_file")
UNLIMITED = 2**63 - 1


def free_bytes() -> int:
    """Memory that is free; 0 where the machine does not tell."""
    with suppress(OSError, ValueError, StopIteration):
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
        free = 1024 * next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable:"))
        return min(free, group_room())
    return 0


def group_room(own: Path = OWN, groups: Path = GROUPS) -> int:
    """What the tightest of the own group and those above it leaves; ``UNLIMITED`` where none has a limit."""
    rooms = [UNLIMITED]
    for folder, limit, used, idle in _folders(own, groups):
        # Not to be read, or ``max``: no limit. Of what is used the system takes back what files left in it.
        with suppress(OSError, ValueError):
            taken = int((folder / used).read_text()) - _idle(folder, idle)
            rooms.append(max(0, int((folder / limit).read_text()) - taken))
    return min(rooms)


def _folders(own: Path, groups: Path) -> Iterator[tuple[Path, str, str, str]]:
    """Each group's folder, with the names of its limit, its use and what of that is idle.

    In a container the path may be one of the machine's, whose folders are not there: the container's own is the root.
    """
    with suppress(OSError):
        for line in own.read_text().splitlines():
            _, _, rest = line.partition(":")
            kinds, _, path = rest.partition(":")
            below = Path(path.lstrip("/"))
            for parent in (below, *below.parents):
                if "memory" in kinds.split(","):
                    yield groups / "memory" / parent, *VERSION_1
                elif not kinds:
                    yield groups / parent, *VERSION_2


def _idle(folder: Path, name: str) -> int:
    with suppress(OSError, ValueError):
        for line in (folder / "memory.stat").read_text().splitlines():
            if line.startswith(f"{name} "):
                return int(line.split()[1])
    return 0
