"""The desk: what is open, with its print and what each choice would change, and the line that a choice writes.

Belongs here: the queue, its pages and its ASGI app (``app.desk_app``). Does not belong here: what a decision does
(``tmm_f004.reconcile``), how a file is written (``reference.seed_writer``), and serving it (``command.desk``). Nothing
here is needed: each page shows the line and the file, and whoever likes writes it there.
"""
