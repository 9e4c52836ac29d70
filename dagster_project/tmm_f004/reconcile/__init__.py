"""One unit and year across its quarters: which row is which action, and which reading counts.

In: the read pages of a unit's year (``reports.Report``), with what people decided (``corrections``). Out:
``unit_year.reconcile`` says which pages count and gives an ``ActionLink`` and a ``ChosenReading`` for each of their
rows; what stays open keeps its range.
"""
