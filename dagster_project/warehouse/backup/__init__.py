"""A home copied whole and brought back: the warehouse, the originals, the published version, decisions, records.

In: settings and a folder. Out: ``take.take``, ``restore.restore``, the ``manifest``. Not here: what is said of it
(``command.backup``), and whether figures are right: a backup holds what the home held.
"""
