"""What the ``avance`` command does, a module a verb; ``cli`` only declares arguments and calls these.

Nothing here parses forms, queries the pipeline's file or knows how an asset is made.
"""
