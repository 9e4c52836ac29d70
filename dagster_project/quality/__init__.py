"""What every load must show before anything is built on it or published (design §4).

Belongs here: the suites as code, running them, their reports. Does not belong here: keys,
relations and derivations, which dbt tests hold, and Dagster, which ``defs`` wraps around.
"""
