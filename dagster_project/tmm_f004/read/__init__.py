"""A form's figures, and how sure the row alone makes us of each.

In: a settled ``Form`` and ``Catalogs``. Out: ``form.read_form`` gives a ``FormRead``: the tables' layouts and for each
row its readings with estado, margin, ranges and alternatives. What other quarters say comes later (``reconcile``).
"""
