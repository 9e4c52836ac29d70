"""One unit and year across its quarters: which row is which action, and which reading counts.

In: the read forms in force (``unit_year.Report``), with what people decided (``corrections``). Out:
``unit_year.reconcile`` gives an ``ActionLink`` and a ``ChosenReading`` for each row; what stays open keeps its range.
"""
