"""Processes that do tasks: order, exceptions, and what happens to the task of one that is killed."""

import os
import signal
import time
from pathlib import Path

import pytest

from dagster_project.warehouse.spread.seam import Lost
from dagster_project.warehouse.spread.workers import TRIES, Workers


def double(number: int) -> int:
    if number < 0:
        raise ValueError(f"{number} is below 0")
    return 2 * number


def double_late(number: int) -> int:
    """So late that a thousand of them are never done when the processes are closed."""
    time.sleep(0.05)
    return double(number)


class TornError(Exception):
    """One that pickle writes and cannot read: it is made of two, and keeps one."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(f"{what} at {where}")


def tear(number: int) -> int:
    raise TornError("torn", str(number))


def die_at_first(marks: Path) -> str:
    """Kill this process until as many marks stand as the name of the folder says."""
    done = len(list(marks.iterdir()))
    (marks / str(done)).touch()
    if done < int(marks.name):
        os.kill(os.getpid(), signal.SIGKILL)
    return f"after {done}"


@pytest.fixture
def workers():
    two = Workers(2)
    yield two
    two.close()


def test_answers_come_in_the_order_of_the_tasks(workers: Workers) -> None:
    """Whoever does them, and again with the same processes."""
    assert [*workers(double, range(20))] == [*map(double, range(20))]
    assert [*workers(double, [3])] == [6]


def test_what_a_task_raises_is_raised_where_its_answer_would_come(workers: Workers) -> None:
    """The answers before it are had."""
    answers = workers(double, [1, -1, 2])
    assert next(answers) == 2
    with pytest.raises(ValueError, match="-1 is below 0"):
        next(answers)
    assert [*workers(double, [4])] == [8]


def test_an_error_that_does_not_travel_is_told_in_its_words(workers: Workers) -> None:
    """Its process lives on: the task is not taken for one that kills."""
    with pytest.raises(RuntimeError, match="TornError: torn at 1"):
        [*workers(tear, [1])]
    assert [*workers(double, [4])] == [8]


def test_the_task_of_a_killed_process_is_done_again_and_the_others_go_on(workers: Workers, tmp_path: Path) -> None:
    """One that ends every process is given up, with the signal that ended the last."""
    folders = [tmp_path / str(n) for n in (0, TRIES - 1, TRIES)]
    for folder in folders:
        folder.mkdir()
    first, second, lost = workers(die_at_first, folders)
    assert (first, second) == ("after 0", f"after {TRIES - 1}")
    assert isinstance(lost, Lost)
    assert "SIGKILL" in lost.razon
    assert [*workers(double, [5, 6])] == [10, 12]


def test_processes_that_are_closed_while_tasks_wait_end_and_start_no_others(workers: Workers) -> None:
    """A load that ends early leaves nothing behind."""
    answers = workers(double_late, range(1000))
    assert next(answers) == 0
    workers.close()
    assert any(isinstance(answer, Lost) for answer in answers)
    assert not any(worker.process.is_alive() for worker in workers.started)
