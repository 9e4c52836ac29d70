"""Municipalities that the catalogue lacks are named, never guessed."""

from __future__ import annotations

import pytest

from dagster_project.proposals.entes import propose_entes
from tests.support.seen_pages import seeds_of, seen


@pytest.mark.parametrize(
    ("title", "line"),
    [
        pytest.param("R. AYUNTAMIENTO DE MONTERREY, NUEVO LEÓN", "CLAVE,Monterrey,Nuevo León", id="ayuntamiento"),
        pytest.param("MUNICIPIO DE SAN PEDRO GARZA GARCÍA", "CLAVE,San Pedro Garza García,", id="municipio"),
    ],
)
def test_the_name_in_the_title_is_a_line_that_wants_its_key(title, line):
    """No form prints the INEGI key, so the line is never written as it stands."""
    pages = [seen(ente=None, title=title, open_facts=("ente",))]
    (proposed,) = propose_entes(pages, seeds_of())
    assert proposed.line() == line
    assert "INEGI" in (proposed.doubt or "")


def test_a_municipality_that_the_catalogue_has_is_not_proposed():
    """Its pages are in doubt for another reason."""
    known = [{"ente_codigo": "19039", "ente_nombre": "Monterrey", "entidad_federativa": "Nuevo León"}]
    pages = [seen(ente=None, title="AYUNTAMIENTO DE MONTERREY", open_facts=("ente",))]
    assert list(propose_entes(pages, seeds_of(entes=known))) == []
