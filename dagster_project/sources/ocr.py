"""The engine that reads images: a page's picture to words with boxes. Not here: where pictures come from (``scan``).

The engine is rapidocr with the models of its own package, named by path so that nothing is ever fetched. It finds
lines on a reduced picture and reads each of them from the full one. Private ways of the library stand here alone.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from dagster_project.sources.document import Box, Word

LIBRARY = "rapidocr"
MODELS = {
    "Det": "PP-OCRv6_det_small.onnx",
    "Cls": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
    "Rec": "PP-OCRv6_rec_small.onnx",
}
"""What the package carries: one model each to find lines, to tell upside down, and to read (49 languages in one)."""

FOUND_ON = 2000
"""Pixels of the longer side of the picture on which lines are found: 0.14 of an inch of type at legal size."""

WIDE_GAP = 8
"""Columns of the model (8 pixels of a line 48 high) between two letters, from which on they stand in two places though
no blank was read: two figures of neighbouring cells. ``7`` and ``%`` stand up to 6 apart."""

SIDEWAYS = 1.5
"""A line taller than so many times its width runs up or down the page."""

VOTES = 24
"""Lines, the widest first, that are asked whether they stand upside down."""


READABLE = 0.8
"""How sure the engine is of an upright page's words on the whole, at least: 0.96 and more of poor scans, 0.53 of two
that the vote left on their heads (small type, 150 dpi). A page below it is read the other way round too."""


class Reading(NamedTuple):
    """The words of a picture in pixels of the picture turned upright, with the right angles it was turned clockwise."""

    words: tuple[Word, ...]
    turn: int


def is_installed() -> bool:
    """Whether the engine is there; it is an extra (``make ocr``)."""
    return importlib.util.find_spec(LIBRARY) is not None and importlib.util.find_spec("onnxruntime") is not None


def engine_name() -> str:
    """Library, runtime and models by hash: what a reading was made with. Loads nothing."""
    hashes = (hashlib.sha256(path.read_bytes()).hexdigest()[:8] for path in _models().values())
    return f"rapidocr {version(LIBRARY)} onnxruntime {version('onnxruntime')} modelos {'-'.join(hashes)}"


def _models() -> dict[str, Path]:
    found = importlib.util.find_spec(LIBRARY)
    assert found is not None
    assert found.origin is not None
    return {part: Path(found.origin).parent / "models" / name for part, name in MODELS.items()}


class Engine:
    """The engine, its models loaded once."""

    def __init__(self) -> None:
        from omegaconf import flag_override
        from rapidocr import RapidOCR  # here: half a second and 300 MB that only a scan needs

        self._engine = RapidOCR(
            params={
                # Short lines stay filled up to 320 pixels: 96 read `0%` as 096; 192, a seventh faster, as 0%6.
                "Rec.rec_img_shape": [3, 48, 320],
                # One line at a time: six at once read the same and cost an eighth more, filled up to the longest.
                "Rec.rec_batch_num": 1,
                "Global.max_side_len": FOUND_ON,
                "Global.log_level": "critical",
                "Global.return_word_box": True,
            }
        )
        with flag_override(self._engine.cfg, "allow_objects", True):
            for part, path in _models().items():
                self._engine.cfg[part].session = _session(path)

    def read(self, image: Any) -> Reading:
        """The words of a picture (height, width, 3; blue, green, red; 8 bits)."""
        import numpy as np

        quads = self._lines(image)
        turn = 0
        if len(quads) and np.median([_height(quad) / _width(quad) for quad in quads]) > SIDEWAYS:
            image, turn = np.ascontiguousarray(np.rot90(image, -1)), 1
            quads = self._lines(image)
        if len(quads) and self._is_upside_down(image, quads):
            image, turn = np.ascontiguousarray(np.rot90(image, 2)), turn + 2
            quads = self._lines(image)
        words = self._recognized(image, quads)
        if len(quads) and _sureness(words) < READABLE * len(words):
            image = np.ascontiguousarray(np.rot90(image, 2))
            others = self._recognized(image, self._lines(image))
            if _sureness(others) > _sureness(words):
                words, turn = others, (turn + 2) % 4
        return Reading(words, turn)

    def _recognized(self, image: Any, quads: Any) -> tuple[Word, ...]:
        """The words of the lines in some quadrilaterals."""
        if not len(quads):
            return ()
        read = self._engine.recognize_txt([_crop(image, quad) for quad in quads])
        words: list[Word] = []
        for quad, text, info in zip(quads, read.txts or (), read.word_results, strict=True):
            if text.strip():
                words += _placed(quad, text, info)
        return tuple(words)

    def _lines(self, image: Any) -> Any:
        """Quadrilaterals around lines, from the upper left corner clockwise, in pixels."""
        found = self._engine(image, use_det=True, use_cls=False, use_rec=False)
        boxes = getattr(found, "boxes", None)
        return [] if boxes is None else [quad for quad in boxes if _width(quad) >= 2 and _height(quad) >= 2]

    def _is_upside_down(self, image: Any, quads: Any) -> bool:
        """Whether most of the widest lines stand on their head."""
        widest = sorted(quads, key=_width, reverse=True)[:VOTES]
        told = self._engine._load_cls_model()([_crop(image, quad) for quad in widest])
        against = sum(score if label == "180" else -score for label, score in told.cls_res)
        return bool(against > 0)


def _session(model: Path) -> Any:
    """A model for one thread; what the library sets up itself lacks the last of these settings."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # Kept memory is no faster by more than a twentieth, and grows with every new length of line.
    options.enable_cpu_mem_arena = False
    # A number too small for a processor's quick way is a nought: a fifth less time, the same words of nine pages.
    options.add_session_config_entry("session.set_denormal_as_zero", "1")
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def _sureness(words: Sequence[Word]) -> float:
    """How many words are read surely: the sum of what the engine says of each."""
    return sum(word.confidence or 0.0 for word in words)


def _width(quad: Any) -> float:
    return float(max(_length(quad[1] - quad[0]), _length(quad[2] - quad[3]), 0.1))


def _height(quad: Any) -> float:
    return float(max(_length(quad[3] - quad[0]), _length(quad[2] - quad[1]), 0.1))


def _length(vector: Any) -> float:
    return float((vector[0] ** 2 + vector[1] ** 2) ** 0.5)


def _crop(image: Any, quad: Any) -> Any:
    """A line cut out and levelled; never turned, as the library turns what is narrow (``1`` would lie down)."""
    import cv2
    import numpy as np

    width, height = max(1, round(_width(quad))), max(1, round(_height(quad)))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    plane = cv2.getPerspectiveTransform(np.asarray(quad, dtype=np.float32), corners)
    return cv2.warpPerspective(image, plane, (width, height), borderMode=cv2.BORDER_REPLICATE, flags=cv2.INTER_CUBIC)


def _placed(quad: Any, text: str, info: Any) -> list[Word]:
    """The words of a line, each on the part of the line where its letters were read, with its least sure letter.

    ``info`` has the column of each letter that is no blank, ``line_txt_len`` columns in all, and the certainty of each
    letter, blanks among them.
    """
    columns = iter([column for word in info.word_cols for column in word])
    runs: list[list[tuple[str, int, float]]] = []
    last: int | None = None
    for letter, surely in zip(text, info.confs, strict=True):
        if letter.isspace():
            last = None
            continue
        column = next(columns)
        if last is None or column - last > WIDE_GAP:
            runs.append([])
        runs[-1].append((letter, column, float(surely)))
        last = column
    length = max(float(info.line_txt_len), 1.0)
    half = 0.5 * length / max(len(text), 1)
    words = []
    for run in runs:
        left = 0.0 if run is runs[0] else max(0.0, (run[0][1] + 0.5 - half) / length)
        right = 1.0 if run is runs[-1] else min(1.0, (run[-1][1] + 0.5 + half) / length)
        surely = min(sure for _, _, sure in run)
        words.append(Word("".join(letter for letter, _, _ in run), _part(quad, left, right), round(surely, 3)))
    return words


def _part(quad: Any, left: float, right: float) -> Box:
    """The upright box around a part of a line, by shares of its length."""
    top, bottom = quad[1] - quad[0], quad[2] - quad[3]
    points = [quad[0] + left * top, quad[0] + right * top, quad[3] + left * bottom, quad[3] + right * bottom]
    across, down = [float(point[0]) for point in points], [float(point[1]) for point in points]
    return Box(min(across), min(down), max(across), max(down))
