"""The exact, compiled search for what a damaged row of figures may have said.

In: the rows of a table as integers (``row_variants.variants``), whether each adds up, the quarter. Out:
``table.read_table`` gives the table's layout and every row's readings with their costs, cheapest first;
``table.table_cost`` only what the table costs under a quarter. Costs are in ``costs``; no estado, no verdict here.
"""
