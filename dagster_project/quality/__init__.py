"""What every load must show before anything is built on it or published (docs/architecture.md).

In: suites of rules (``suites.borders``) and a warehouse. Out: what became of each rule
(``check.check``), the rows that broke it kept in a folder. Does not belong here: keys, relations
and derivations, which dbt tests hold, and Dagster, which ``defs`` wraps around.
"""
