"""The form TMM-F004: reading it, settling what it is about, reconciling its quarters.

Pure Python: no Dagster, no DuckDB, no Great Expectations, no files. Text lines and
catalogues come in as arguments, frozen dataclasses go out.
"""
