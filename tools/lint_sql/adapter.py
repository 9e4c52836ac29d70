"""What sqlfluff sees as dbt's ``adapter``: a macro that is dispatched by engine is a function of its first argument."""

from collections.abc import Callable


def dispatch(macro: str) -> Callable[..., str]:
    """SQL that can be linted in the place of what an engine would be given."""
    return lambda *arguments: f"{macro}({next(iter(arguments), '')})"
