"""``unit`` mirrors the package, ``dbt`` builds the models, ``integration`` runs the command, ``browser`` the web UI.

What they share is in ``support``. Programmes that try the whole are in ``checks/``, not here.
"""
