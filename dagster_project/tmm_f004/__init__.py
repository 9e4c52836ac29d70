"""The form TMM-F004: from the lines of an extract to its actions, each with the reading that counts.

In: text lines and ``Catalogs``. Out: frozen dataclasses of ``model``; or JSON objects, one a row (``rows_json``).
The way: ``settle.pages.settle_extract`` (lines to forms), ``read.form.read_form`` (a form's cells to figures),
``reconcile.unit_year.reconcile`` (a unit's quarters to actions and chosen readings). Rooms import along
text <- page <- settle and text <- search <- read <- reconcile, and a quarter that only cells tell asks ``search``
(tests/unit/test_arrows.py).
Pure Python: no Dagster, no DuckDB, no Great Expectations, no files.
"""
