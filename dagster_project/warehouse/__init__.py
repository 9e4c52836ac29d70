"""DuckDB: the schema of the raw layer, its idempotent load, and publishing."""
