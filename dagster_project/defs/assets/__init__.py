"""The assets, in the order of the load: ``raw``, ``dbt``, ``published``.

In: a home's settings. Out: definitions, whose materializations say what was done.
"""
