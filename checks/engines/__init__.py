"""The same models on DuckDB and on Spark: one raw, every mart compared row by row."""
