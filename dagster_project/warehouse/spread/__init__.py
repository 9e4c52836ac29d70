"""The load's pure steps over many processes: one function ``map`` over tasks that get paths and leave files.

In: a function that can be imported, and tasks. Out: their answers in order, or that one was lost. Not here: what a
task does (``files.parse_ahead``, ``years.pools_ahead``) and any row of the warehouse.
"""
