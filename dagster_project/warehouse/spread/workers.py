"""Processes that do tasks: one that dies is replaced, and its task done again.

Belongs here: starting, asking and ending them. Does not belong here: what they do.

``concurrent.futures.ProcessPoolExecutor`` gives up all of its tasks when one process dies, and does not say whose that
was; here a thread waits for each process, so the task that was lost is known. No process is forked from this one, which
holds the warehouse open: they come from a server that was started with nothing (multiprocessing, "forkserver").
"""

from __future__ import annotations

import copy
import multiprocessing
import signal
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from threading import Lock
from typing import Any

from dagster_project.warehouse.spread.seam import Lost, R, T

TRIES = 3
"""Processes that one task may take with it before it is given up."""


SECONDS = 5.0
"""What a process that closed its pipe is given to end by itself."""


class Workers:
    """A ``Map`` over ``count`` processes, started with the first tasks, ended by ``close`` or with this process."""

    def __init__(self, count: int, preload: Sequence[str] = ()) -> None:
        """``preload`` names modules that every process will need: the server imports them once for all."""
        self.count, self.preload = count, preload
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self.started: list[_Worker] = []
        self._is_closed = False
        self._starting = Lock()

    def __call__(self, function: Callable[[T], R], tasks: Iterable[T], /) -> Iterator[R | Lost]:
        """Answers in the order of the tasks.

        Raises:
            Exception: what a task raised, where its answer would come.
        """
        if self.preload:
            multiprocessing.get_context("forkserver").set_forkserver_preload([*self.preload])
        while len(self.started) < self.count:
            self.started.append(_Worker())
            self._idle.put(self.started[-1])
        threads = ThreadPoolExecutor(self.count, thread_name_prefix="tarea")
        try:
            yield from threads.map(partial(self._ask, function), tasks)
        finally:
            threads.shutdown(cancel_futures=True)

    def close(self) -> None:
        """End the processes, whatever they are at; tasks that are not done yet are lost."""
        with self._starting:
            self._is_closed = True
        for worker in self.started:
            worker.kill()

    def _ask(self, function: Callable[[Any], Any], task: object) -> Any:
        worker, how = self._idle.get(), "none"
        try:
            for _ in range(TRIES):
                if self._is_closed:
                    return Lost("the load ended before it was done")
                try:
                    answer, error = worker.ask(function, task)
                except (EOFError, OSError):
                    how = worker.how_it_ended()
                    with self._starting:
                        if not self._is_closed:
                            worker.start()
                    continue
                if error:
                    raise error
                return answer
            return Lost(f"{TRIES} processes ended while they did it, the last with {how}")
        finally:
            self._idle.put(worker)


class _Worker:
    """A process and the pipe to it; another process after ``start``."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        self.process, self.pipe = _start()

    def ask(self, function: Callable[[Any], Any], task: object) -> tuple[Any, Exception | None]:
        self.pipe.send((function, task))
        answer: tuple[Any, Exception | None] = self.pipe.recv()
        return answer

    def how_it_ended(self) -> str:
        """For the thread that asked, which alone closes the pipe: another may be reading from it."""
        self.process.join(SECONDS)
        self.kill()
        self.pipe.close()
        code = self.process.exitcode or 0
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"

    def kill(self) -> None:
        self.process.kill()
        self.process.join()


def _start() -> tuple[BaseProcess, Connection]:
    context = multiprocessing.get_context("forkserver")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _serve(pipe: Connection) -> None:
    """Answer until the other side is gone. An interrupt from the keyboard is the other side's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        while True:
            function, task = pipe.recv()
            said: tuple[Any, Exception | None]
            try:
                said = function(task), None
            except Exception as error:
                said = None, _that_travels(error)
            pipe.send(said)


def _that_travels(error: Exception) -> Exception:
    """The error with the place it was raised at; its words alone where it cannot be made again from its arguments."""
    try:
        copy.copy(error)  # as pickle makes it again on the other side
    except Exception:
        error = RuntimeError(f"{type(error).__name__}: {error}")
    error.add_note(f"in a process of the load:\n{traceback.format_exc()}")
    return error
