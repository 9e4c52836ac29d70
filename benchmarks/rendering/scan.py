"""A printed document as scanners and offices leave it: images of its pages, skewed, blurred, specked, stamped.

``python -m benchmarks.rendering.scan FILE.pdf TO.pdf --level office``. Not here: reading it.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pypdfium2
import typer
from PIL import Image, ImageDraw, ImageFilter, ImageFont


@dataclass(frozen=True, slots=True)
class Level:
    """How badly a page is scanned: dots an inch, degrees of skew, pixels of blur, grey noise, specks a million pixels,
    JPEG quality, chance of a stamp, of a fold's shadow."""

    dpi: int
    skew: float
    blur: float
    noise: float
    specks: int
    quality: int
    stamp: float
    fold: float


LEVELS = {
    "good": Level(300, 0.4, 0.5, 4, 10, 85, 0.2, 0.0),
    "office": Level(200, 1.2, 0.6, 8, 60, 60, 0.5, 0.1),
    "office_150": Level(150, 1.2, 0.5, 8, 60, 60, 0.5, 0.1),
    "poor": Level(200, 2.2, 1.0, 18, 400, 40, 0.7, 0.5),
}


def scanned(image: Any, level: Level, rng: random.Random) -> Any:
    """A page's image (grey) after a scan of that level."""
    page = image.convert("L")
    if rng.random() < level.stamp:
        _stamp(page, level, rng)
    angle = rng.uniform(-level.skew, level.skew)
    page = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=235).filter(ImageFilter.GaussianBlur(level.blur))
    dots: Any = np.asarray(page, dtype=np.float32)
    noise = np.random.default_rng(rng.randrange(1 << 30))
    dots = dots + noise.normal(0, level.noise, dots.shape)
    if rng.random() < level.fold:
        at, width = rng.uniform(0.2, 0.8) * dots.shape[1], 0.012 * dots.shape[1]
        dots = dots - 120 * np.exp(-(((np.arange(dots.shape[1]) - at) / width) ** 2))[None, :]
    count = int(level.specks * dots.size / 1e6)
    rows, columns = noise.integers(0, dots.shape[0] - 2, count), noise.integers(0, dots.shape[1] - 2, count)
    for dy in (0, 1):
        dots[rows + dy, columns] = noise.uniform(20, 120, count)
    return Image.fromarray(np.clip(dots, 0, 255).astype(np.uint8))


def _stamp(page: Any, level: Level, rng: random.Random) -> None:
    scale = level.dpi / 72
    x, y = (rng.uniform(0.3, 0.8) * page.width, rng.uniform(0.3, 0.8) * page.height)
    draw = ImageDraw.Draw(page)
    for radius in (52, 38):
        r = radius * scale
        draw.ellipse((x - r, y - r, x + r, y + r), outline=130, width=max(2, int(0.8 * scale)))
    font = ImageFont.truetype("DejaVuSans.ttf", int(6.5 * scale))
    for k, text in enumerate(("RECIBIDO", "TESORERIA", "15 ABR 2022")):
        draw.text((x - 28 * scale, y + (18 * k - 24) * scale), text, fill=130, font=font)


def main(
    source: Annotated[Path, typer.Argument(help="PDF as it was printed.")],
    to: Annotated[Path, typer.Argument(help="PDF of images to write.")],
    name: Annotated[str, typer.Option("--level", help=", ".join(LEVELS))] = "office",
    seed: Annotated[int, typer.Option(help="What the damage is drawn from.")] = 1,
) -> None:
    """Scan a document."""
    level, rng = LEVELS[name], random.Random(seed)
    pages = []
    for page in pypdfium2.PdfDocument(source):
        buffer = io.BytesIO()
        scanned(page.render(scale=level.dpi / 72).to_pil(), level, rng).save(buffer, "JPEG", quality=level.quality)
        pages.append(Image.open(buffer))
    pages[0].save(to, "PDF", save_all=True, append_images=pages[1:], resolution=level.dpi, quality=level.quality)


if __name__ == "__main__":
    typer.run(main)
