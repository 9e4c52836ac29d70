"""Everything Dagster: assets, checks, jobs, schedules, sensors, resources.

Thin over the pure functions of the other packages: nothing here parses, queries or decides.
"""
