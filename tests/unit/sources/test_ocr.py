"""Where the words of a line stand by where their letters were read. The models' own reading: ``test_scan``."""

from types import SimpleNamespace

import numpy as np
import pytest

from dagster_project.sources.document import Box, Word
from dagster_project.sources.ocr import Engine, _placed, is_installed

LEVEL = np.array([[100, 10], [200, 10], [200, 20], [100, 20]], dtype=float)
FALLING = np.array([[100, 10], [200, 20], [200, 30], [100, 20]], dtype=float)


def info(text: str, columns: list[int], confs: list[float], length: float = 20.0) -> SimpleNamespace:
    """What the library says of a line: it parts words at gaps of five columns, which is too few."""
    letters = [letter for letter in text if not letter.isspace()]
    return SimpleNamespace(words=[letters], word_cols=[columns], confs=confs, line_txt_len=length)


def test_words_share_their_line_by_columns() -> None:
    """The first begins and the last ends where the line does."""
    first, second = _placed(LEVEL, "12 7", info("12 7", [2, 4, 17], [0.9, 0.8, 0.3, 1.0]))
    assert (first.text, first.box.x0, round(first.box.x1)) == ("12", 100, 135)
    assert (second.text, round(second.box.x0), second.box.x1) == ("7", 175, 200)


def test_a_word_is_as_sure_as_its_least_sure_letter() -> None:
    """Blanks have a certainty of their own, which is no letter's."""
    words = _placed(LEVEL, "12 7", info("12 7", [2, 4, 17], [0.9, 0.8, 0.3, 1.0]))
    assert [word.confidence for word in words] == [0.8, 1.0]


@pytest.mark.parametrize(("column", "words"), [(10, ["17%"]), (13, ["17", "%"])])
def test_a_wide_gap_parts_what_was_read_without_a_blank(column: int, words: list[str]) -> None:
    """Two cells that were found as one line; a broad letter alone parts nothing."""
    assert [word.text for word in _placed(LEVEL, "17%", info("17%", [2, 4, column], [1, 1, 1]))] == words


def test_a_few_sure_words_outweigh_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is badly printed stays as it lies, though a stray word is surer the other way round."""
    box = Box(0, 0, 1, 1)
    read = iter([tuple(Word("12", box, 0.79) for _ in range(40)), (Word("7", box, 0.85),)])
    engine = Engine.__new__(Engine)
    monkeypatch.setattr(Engine, "_lines", lambda *_: LEVEL[None])
    monkeypatch.setattr(Engine, "_is_upside_down", lambda *_: False)
    monkeypatch.setattr(Engine, "_recognized", lambda *_: next(read))
    found = engine.read(np.zeros((30, 300, 3), dtype=np.uint8))
    assert (len(found.words), found.turn) == (40, 0)


@pytest.mark.skipif(not is_installed(), reason="the extra avance[ocr]")
def test_the_library_reads_with_the_models_as_they_are_set_up_here() -> None:
    """``session`` is the library's own door for it; one that it did not look at would be a fifth slower, no more."""
    engine = Engine()._engine
    made = [engine._load_det_model(), engine._load_cls_model(), engine._load_rec_model()]
    options = [model.session.session.get_session_options() for model in made]
    assert [o.get_session_config_entry("session.set_denormal_as_zero") for o in options] == ["1", "1", "1"]
    assert {o.intra_op_num_threads for o in options} == {1}


def test_boxes_follow_a_line_that_falls() -> None:
    """A page lies askew: the second word stands lower than the first."""
    first, second = _placed(FALLING, "1 2", info("1 2", [1, 18], [1, 1, 1]))
    assert second.box.y0 > first.box.y0 + 5
