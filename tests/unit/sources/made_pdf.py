"""PDF files written by hand for tests: pages of text, turned, hidden, filled in, of images. Not here: reading them."""

from __future__ import annotations

from collections.abc import Sequence

LETTER = (612.0, 792.0)


def text_at(x: float, y: float, text: str, size: float = 10, mode: int = 0, turn: int = 0) -> str:
    """A line of text whose baseline begins at (x, y) from the lower left, turned counterclockwise by right angles."""
    a, b = ((1, 0), (0, 1), (-1, 0), (0, -1))[turn]
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {size} Tf {mode} Tr {a} {b} {-b} {a} {x} {y} Tm ({escaped}) Tj ET"


def image_over(x: float, y: float, width: float, height: float) -> str:
    """The image of the page, laid over a part of it."""
    return f"q {width} 0 0 {height} {x} {y} cm /Im1 Do Q"


def pdf(
    pages: Sequence[str],
    size: tuple[float, float] = LETTER,
    rotate: int = 0,
    image: tuple[int, int] = (8, 8),
    extra: str = "",
    annotation: bytes = b"",
) -> bytes:
    """A PDF of pages with the given contents.

    Args:
        pages: the content of each.
        size: of a page, in points.
        rotate: degrees clockwise by which a page is shown turned.
        image: pixels that the image of every page says it has (it holds 8 × 8).
        extra: entries of the catalogue.
        annotation: the entries of an annotation on every page; its look is the object after the font.
    """
    count = len(pages)
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(count))
    font, picture, look, mark = (3 + 2 * count + n for n in range(4))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {extra} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
    ]
    for number, content in enumerate(pages):
        notes = f"/Annots [{mark} 0 R]" if annotation else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Rotate {rotate} {notes} /Resources "
            f"<< /Font << /F1 {font} 0 R >> /XObject << /Im1 {picture} 0 R >> >> "
            f"/Contents {4 + 2 * number} 0 R >>".encode()
        )
        objects.append(_stream("", content.encode("cp1252")))
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    shape = f"/Type /XObject /Subtype /Image /Width {image[0]} /Height {image[1]} /ColorSpace /DeviceGray"
    objects.append(_stream(f"{shape} /BitsPerComponent 8", b"\x80" * 64))
    form = f"/Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F1 {font} 0 R >> >>"
    objects.append(_stream(form, text_at(2, 5, "4711").encode()))
    objects.append(b"<< /Type /Annot /F 4 " + annotation + f" /AP << /N {look} 0 R >> >>".encode())
    return _file(objects)


def locked(data: bytes) -> bytes:
    """A PDF whose trailer says that a password opens it (the standard handler, revision 2)."""
    owner, user = bytes(range(32)), bytes(range(32, 64))
    handler = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{user.hex()}> /P -4 >>"
    return data.replace(b"/Root 1 0 R", f"{handler} /ID [<{owner.hex()}> <{owner.hex()}>] /Root 1 0 R".encode())


def _stream(entries: str, data: bytes) -> bytes:
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _file(objects: list[bytes]) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
