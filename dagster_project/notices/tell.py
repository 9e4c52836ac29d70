"""Telling an event once, whoever knows of it first: the command, a sensor of the daemon, or who looks.

Belongs here: claim, deliver, note. Does not belong here: what is told (``sayings``), how it is sent (``deliver``).
A load never fails of it: what goes wrong stands in the home's ``avisos.jsonl``, else in the process's log.
"""

from __future__ import annotations

import logging

from dagster_project.notices.deliver import deliver
from dagster_project.notices.ledger import claim, note_delivery
from dagster_project.notices.run_facts import RunFacts
from dagster_project.notices.sayings import LOAD, Notice, of_failure, of_load
from dagster_project.settings import Settings, notice_settings

log = logging.getLogger(__name__)


def tell(settings: Settings, notice: Notice | None) -> bool:
    """Tell a notice if it speaks of anything new; whether it did.

    Where the home cannot be written to it is sent all the same: told twice is better than never.
    """
    if notice is None:
        return False
    try:
        if not claim(settings.home, notice):
            return False
    except Exception as error:  # a home that cannot be written to, a line in it that no notice of ours left
        log.info("no se pudo anotar un aviso: %s", error)
    try:
        note_delivery(settings.home, notice, deliver(notice, notice_settings()))
    except Exception as error:  # no thread to send it by, among them: the load goes on
        log.info("no se pudo enviar o anotar un aviso: %s", error)
    return True


def tell_run(settings: Settings, facts: RunFacts, asked: str | None = None, job: str = LOAD) -> bool:
    """Tell how a run ended, where that is an event; ``asked`` and ``job``: see ``sayings.of_failure``."""
    return tell(settings, of_load(facts) if facts.success else of_failure(facts, asked, job))
