"""What strikes the cells of one row: each kind of damage by itself.

Belongs here: functions from a row's cells to damaged cells, with the name of what they hit.
Does not: how often (``rates``), nor damage to texts and headers (``rowtext``, ``header``).

Each function changes the list it is given and returns the figure it hit (None: nothing it could
hit, nothing changed).
"""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.synthetic import shapes
from benchmarks.synthetic.rates import Rates
from benchmarks.synthetic.table import Celda

Hit = str | None


def _where(cells: list[Celda], test: Callable[[Celda], bool]) -> list[int]:
    return [i for i, c in enumerate(cells) if test(c)]


def _quarter(cell: Celda) -> bool:
    return cell.campo == "" or (cell.campo[0] in "pa" and cell.campo[1:].isdigit())


def _void(cell: Celda) -> bool:
    return _quarter(cell) and cell.texto in ("", "0")


def _full(cell: Celda) -> bool:
    return _quarter(cell) and cell.texto not in ("", "0")


def vacia_perdida(rng: random.Random, cells: list[Celda]) -> Hit:
    """A blank or zero cell falls out, and what follows moves left."""
    at = _where(cells, _void)
    return cells.pop(rng.choice(at)).campo if at else None


def vacia_agregada(rng: random.Random, cells: list[Celda]) -> Hit:
    """A blank or zero cell appears where the row has such, and what follows moves right."""
    at = rng.randint(1, len(cells) - 2)
    like = [c.texto for c in cells if _void(c)] or [""]
    cells.insert(at, Celda("", rng.choice(like), copia=True))
    return cells[at + 1].campo


def celda_perdida(rng: random.Random, cells: list[Celda]) -> Hit:
    """A cell falls out with its figure: a quarter's nine times in ten, else meta or absoluto."""
    at = _where(cells, _full)
    if not at or rng.random() < 0.1:
        at = _where(cells, lambda c: c.campo in ("meta", "absoluto") and not c.copia)
    return cells.pop(rng.choice(at)).campo


def celda_borrada(rng: random.Random, cells: list[Celda]) -> Hit:
    """A quarter's figure is lost, its cell stays blank."""
    at = _where(cells, _full)
    if not at:
        return None
    cell = cells[rng.choice(at)]
    cell.texto = ""
    return cell.campo


def celda_repetida(rng: random.Random, cells: list[Celda]) -> Hit:
    """A full cell is printed twice."""
    at = _where(cells, lambda c: c.texto not in ("", "0") and c.campo != "relativo_pct")
    if not at:
        return None
    i = rng.choice(at)
    cells.insert(i + 1, Celda(cells[i].campo, cells[i].texto, copia=True))
    return cells[i].campo


def tramo_repetido(rng: random.Random, cells: list[Celda]) -> Hit:
    """A run of two to four quarter cells is printed twice."""
    at = _where(cells, _quarter)
    length = rng.randint(2, 4)
    starts = [i for i in at if i + length - 1 in at]
    if not starts:
        return None
    i = rng.choice(starts)
    cells[i + length : i + length] = [Celda(c.campo, c.texto, copia=True) for c in cells[i : i + length]]
    return cells[i].campo


def cero_por_digito(rng: random.Random, cells: list[Celda]) -> Hit:
    """A quarter's one-digit figure is read as 0 (and so are the table's copies of it)."""
    at = _where(cells, lambda c: _full(c) and len(c.texto) == 1)
    if not at:
        return None
    campo = cells[rng.choice(at)].campo
    for cell in cells:
        if cell.campo == campo:
            cell.texto = "0"
    return campo


def _misread(rng: random.Random, cells: list[Celda], test: Callable[[Celda], bool]) -> Hit:
    at = _where(cells, lambda c: test(c) and not c.copia)
    if not at:
        return None
    cell = cells[rng.choice(at)]
    text = shapes.misread_one(rng, cell.texto)
    if text is None:
        return None
    cell.texto = text
    return cell.campo


def digito_celda(rng: random.Random, cells: list[Celda]) -> Hit:
    """A digit of a quarter's figure is misread; one time in three, of another's too."""
    first = _misread(rng, cells, _full)
    if first and rng.random() < 1 / 3:
        _misread(rng, cells, lambda c: _full(c) and c.campo != first)
    return first


def digito_meta(rng: random.Random, cells: list[Celda]) -> Hit:
    """A digit of the yearly goal is misread."""
    return _misread(rng, cells, lambda c: c.campo == "meta")


def digito_absoluto(rng: random.Random, cells: list[Celda]) -> Hit:
    """A digit of the total is misread."""
    return _misread(rng, cells, lambda c: c.campo == "absoluto")


def digito_relativo(rng: random.Random, cells: list[Celda]) -> Hit:
    """A digit of the percentage is misread."""
    return _misread(rng, cells, lambda c: c.campo == "relativo_pct")


def digito_perdido(rng: random.Random, cells: list[Celda]) -> Hit:
    """A figure of two digits or more loses one."""
    at = _where(cells, lambda c: not c.copia and sum(d.isdigit() for d in c.texto) > 1)
    if not at:
        return None
    cell = cells[rng.choice(at)]
    gone = rng.choice([i for i, d in enumerate(cell.texto) if d.isdigit()])
    cell.texto = (cell.texto[:gone] + cell.texto[gone + 1 :]).lstrip(",. ")
    return cell.campo


def digito_parejo(rng: random.Random, cells: list[Celda]) -> Hit:
    """The row's commonest quarter figure is misread the same way wherever it stands."""
    texts = [c.texto for c in cells if _full(c)]
    if not texts:
        return None
    old = max(sorted(set(texts)), key=texts.count)
    new = shapes.misread_one(rng, old)
    if texts.count(old) < 2 or new is None:
        return None
    for cell in cells:
        if _full(cell) and cell.texto == old:
            cell.texto = new
    return "p1"


def total_en_cero(rng: random.Random, cells: list[Celda]) -> Hit:
    """The total and the percentage are both read as 0."""
    hit = None
    for cell in cells:
        if cell.campo == "absoluto" and cell.texto != "0":
            cell.texto, hit = "0", "absoluto"
        elif cell.campo == "relativo_pct" and hit:
            cell.texto = "0%"
    return hit


def separador(rng: random.Random, cells: list[Celda]) -> Hit:
    """The mark that parts thousands moves by a digit, or is read as a point or a space."""
    at = _where(cells, lambda c: "," in c.texto)
    if not at:
        return None
    cell = cells[rng.choice(at)]
    head, _, tail = cell.texto.rpartition(",")
    moved = (f"{head}{tail[0]},{tail[1:]}", f"{head}.{tail}", f"{head} {tail}")
    cell.texto = rng.choice(moved)
    return cell.campo


def porciento_perdido(rng: random.Random, cells: list[Celda]) -> Hit:
    """The percentage loses its sign."""
    at = _where(cells, lambda c: c.texto.endswith("%"))
    for i in at:
        cells[i].texto = cells[i].texto.rstrip("%")
    return "relativo_pct" if at else None


def letra(rng: random.Random, cells: list[Celda]) -> Hit:
    """A digit is read as the letter it resembles."""
    at = _where(cells, lambda c: any(d in shapes.LETTERS for d in c.texto))
    if not at:
        return None
    cell = cells[rng.choice(at)]
    places = [i for i, d in enumerate(cell.texto) if d in shapes.LETTERS]
    i = rng.choice(places)
    cell.texto = cell.texto[:i] + shapes.LETTERS[cell.texto[i]] + cell.texto[i + 1 :]
    return cell.campo


# Digits are misread before cells move: OCR reads glyphs first and lays out the table after.
KINDS: dict[str, Callable[[random.Random, list[Celda]], Hit]] = {
    f.__name__: f
    for f in (
        digito_celda, digito_meta, digito_absoluto, digito_relativo, digito_perdido, digito_parejo,
        cero_por_digito, total_en_cero, letra, separador, porciento_perdido, celda_borrada,
        celda_repetida, tramo_repetido, vacia_agregada, vacia_perdida, celda_perdida,
    )
}  # fmt: skip


def strike(rng: random.Random, rates: Rates, cells: list[Celda]) -> list[str]:
    """Strike a row with every kind its rates call for; returns what was hit, as ``kind:campo``."""
    hits = []
    for kind, hit in KINDS.items():
        if rng.random() < getattr(rates, kind):
            campo = hit(rng, cells)
            if campo is not None:
                hits.append(f"{kind}:{campo or 'sobrante'}")
    return hits
