"""The rules by what they look at; ``borders`` says which are checked when.

Belongs here: what must hold and why, each rule written once: a query selects and compares what
only SQL can (joins, windows, exact decimals), the expectation says what its column must be.
Does not belong here: how rules are run (``check``).
"""
