"""dbt's manifest in a home: half of one, as a killed build leaves it, stops no later load."""

from __future__ import annotations

import json


def test_half_a_manifest_is_written_anew(casa) -> None:
    """Every build of dbt writes the manifest in place; the next load must not stumble over what a kill left of it."""
    manifest = casa.home / "dbt" / "manifest.json"
    manifest.write_bytes(manifest.read_bytes()[:-1000])
    done = casa.avance("run", "--force")
    assert done.returncode == 0, done.stdout
    assert json.loads(manifest.read_text(encoding="utf-8"))["nodes"]
