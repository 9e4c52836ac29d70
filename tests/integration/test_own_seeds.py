"""A whole load on catalogues and decisions that stand outside the checkout."""

from dataclasses import replace

import pytest


@pytest.mark.long
def test_the_marts_follow_the_folder_that_the_setting_names(empty, loaded):
    """A band of the semáforo moved there moves in what is published, and the reader's own catalogues are there too."""
    first, _ = loaded
    own = empty.home.parent / "own"
    casa = replace(empty, extracts=first.extracts, seeds=own)
    assert casa.avance("init").returncode == 0
    bands = (own / "semaforo.csv").read_text().replace(",50,", ",60,")
    (own / "semaforo.csv").write_text(bands)
    done = casa.avance("run")
    assert done.returncode == 0, done.stdout
    query = "select hasta_pct from marts.dim_semaforo where semaforo = 'rojo'"
    assert (casa.query(query), first.query(query)) == ([(60,)], [(50,)])
    figures = "select count(*), count(programado), count(avance) from marts.fct_avance"
    assert casa.query(figures) == first.query(figures)
