"""What any piece of text says by itself.

In: a line, a cell, a name or a code as printed. Out: its cells (``cells``), the numbers it may mean (``numbers``), the
quarters and years it speaks of (``dates``), its folded words and how alike two texts are (``fold``).
Knows of no page; ``by_identity`` holds one object for what comes again and again.
"""
