"""From the pages of a document to the tab-parted lines that the reader takes: place becomes columns and rows.

In: a ``sources.document.Document``. Out: lines of text with the place of each cell (``lines.placed_lines``). It knows
how the form is drawn (heads, columns, rows, signatures), not what a cell means: that is for ``page`` and ``search``.
"""
