"""A file that is not read, with the rule and the reason. Not here: who refuses what, and where a refusal is kept."""

from __future__ import annotations


class RefusedFileError(ValueError):
    """A file that is not read: ``regla`` names the rule, ``razon`` says why, ``texto`` shows a bit of it."""

    def __init__(self, regla: str, razon: str, texto: str = "", linea: int = 0) -> None:
        super().__init__(razon)
        self.regla, self.razon, self.texto, self.linea = regla, razon, texto, linea
