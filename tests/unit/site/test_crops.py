"""The name of a crop: all that it is made of, how it is painted too."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from dagster_project.site import crops
from dagster_project.sources.crop import _four_greys, _packed

ROW = {
    "ente_codigo": "02002", "ejercicio": 2022, "unidad_codigo": "54101", "extracto_id": "abcd", "lugar_pagina": 1,
    "lugar_giro": 0, "linea": 7, "lugar_y0": 100.0, "lugar_y1": 112.0,
}  # fmt: skip


def name() -> str:
    (page,) = crops.printed_pages([ROW], {("02002", 2022, "54101")})
    return page.crops[0].name


def test_another_painting_is_another_crop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the one that was kept would be shown for ever; the same is taken over."""
    names = {name(), name()}
    for what, value in (("DPI", 200), ("MANNER", (crops.MANNER[0] + 1, crops.MANNER[1])), ("MANNER", (1, "0.0"))):
        monkeypatch.setattr(crops, what, value)
        names.add(name())
    assert len(names) == 4


def test_the_number_of_the_manner_goes_up_with_what_is_painted() -> None:
    """Of every light and colour, at twice the pixels and at as many: where a byte differs, another number and hash."""
    light = np.arange(256, dtype=np.uint8)
    pixels = np.stack([np.tile(light, (8, 1)), np.tile(light[::-1], (8, 1)), np.tile(light // 2, (8, 1))], axis=2)
    painted = b"".join(_packed(_four_greys(pixels, dpi, 150)[0]).tobytes() for dpi in (150, 300))
    assert (crops.MANNER[0], hashlib.sha256(painted).hexdigest()[:16]) == (1, "6db1d0cd76a148eb")
