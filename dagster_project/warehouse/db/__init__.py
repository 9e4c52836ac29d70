"""The pipeline's DuckDB file as a file: its lock, its schema and migrations, rows into its tables.

In: a path, rows. Out: ``connection.open_warehouse`` and ``transaction``, ``lock.writer_lock``, ``bulk_insert.insert``.
Not here: what the tables hold (``files``, ``years``) and the published copies (``publish``).
"""
