"""Reports are read in child processes: a crash, a hang or a flood of memory costs that report and nothing else.

`isolated` is an ordinary function of ordinary arguments, so any `concurrent.futures.Executor` can run it: local threads
that wait for their child, or the workers of a Dask cluster. A thread keeps its child for the next call until the child
is old; what fails in a child that had worked before is tried once more in a new one, so that no answer depends on what
the child did earlier. Children are forked from a server that has imported what they need; where there is no such
server (Windows) they start afresh.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import weakref
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import ModuleType
from typing import Any

from extractor.runs.limits import SPAWNS, Limits, Watch, confine

Work = Callable[[Any], Any]

_FORKS = "forkserver" in multiprocessing.get_all_start_methods() and not SPAWNS
_starting = threading.Lock()
_children: weakref.WeakSet[_Child] = weakref.WeakSet()
_companions: list[Any] = []  # processes
_of_thread = threading.local()
_START_SECONDS = 120.0
_IDLE_SECONDS = 20.0  # that a child waits for more before it ends
_OLD = 32  # items after which a child is old
_OLD_PAGES = 1000  # pages after which it is
# A child does one thing at a time: no helper threads, and no gigabyte of addresses set aside for tables. It does not
# look for plugins of pydantic among all that is installed.
_FRUGAL = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "PYDANTIC_DISABLE_PLUGINS": "__all__",
}


@dataclass(frozen=True, slots=True)
class Nursery:
    """What the server that children are forked from imports, and its environment variables."""

    preload: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a child gave no answer."""

    code: str  # worker_died | time_limit | memory_limit | program_error
    message: str


def local_executor(workers: int) -> Executor:
    """Return an executor whose threads each wait for one child at a time."""
    return ThreadPoolExecutor(workers, thread_name_prefix="report")


def prepare(nursery: Nursery) -> None:
    """Start the server that children are forked from, if it does not run yet, and let it do its imports.

    Returns at once: the server imports while the caller goes on.
    """
    if not _FORKS:
        return
    from multiprocessing import forkserver

    multiprocessing.get_context("forkserver").set_forkserver_preload(list(nursery.preload))
    with _starting, _without_main(), _variables({**_FRUGAL, **dict(nursery.environment)}):
        forkserver.ensure_running()


def isolated(work: Work, items: Sequence[Any], limits: Limits, nursery: Nursery = Nursery()) -> list[Any]:
    """Return `work(item)` for each item, worked out in a child process; a `Failure` where there is none.

    `work` must be a function of an importable module. An answer may have a `page_count`: by pages, too, a child grows
    old.
    """
    return [_answer(work, item, limits, nursery) for item in items]


def companion(work: Callable[..., None], *args: Any) -> Connection:
    """Start `work(pipe, *args)` in a process that lives beside this one; return our end of the pipe.

    It is killed by `stop_children`, and should end when the pipe does. `work` must be a function of an importable
    module.
    """
    prepare(Nursery())
    context: Any = multiprocessing.get_context("forkserver" if _FORKS else "spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=work, args=(theirs, *args), daemon=True)
    with _starting, _without_main(), _may_have_children():
        child.start()
    theirs.close()
    _companions.append(child)
    return ours  # type: ignore[no-any-return]


def stop_children() -> None:
    """Kill every child of this process, so that threads that wait for one come back."""
    for child in list(_children):
        child.stop()
    while _companions:
        companion_process = _companions.pop()
        companion_process.kill()
        companion_process.join()


def _answer(work: Work, item: Any, limits: Limits, nursery: Nursery) -> Any:
    child = _child_of_thread(work, limits, nursery)
    is_new = not child.answered
    answer = child.ask(item)
    if isinstance(answer, Failure) and not (is_new or child.stopped or answer.code == "time_limit"):
        answer = _child_of_thread(work, limits, nursery).ask(item)
    return answer


def _child_of_thread(work: Work, limits: Limits, nursery: Nursery) -> _Child:
    """Return the child that this thread keeps, a new one where it has none that will do."""
    child: _Child | None = getattr(_of_thread, "child", None)
    if child is None or child.is_over or child.trade != (work, limits, nursery):
        child = _of_thread.child = _Child(work, limits, nursery)
    return child


class _Child:
    """A process that answers one item after another until it is old or one fails. It ends with this object."""

    def __init__(self, work: Work, limits: Limits, nursery: Nursery) -> None:
        prepare(nursery)
        self.trade, self._limits = (work, limits, nursery), limits
        self.answered = self._pages = 0
        self.stopped = self._begun = False
        context: Any = multiprocessing.get_context("forkserver" if _FORKS else "spawn")
        self._pipe, far_end = context.Pipe()
        self._process = context.Process(target=_serve, args=(far_end, work, limits), daemon=True)
        with _starting, _without_main(), _may_have_children():
            self._process.start()
        far_end.close()
        self._end = weakref.finalize(self, _end, self._process, self._pipe)
        _children.add(self)

    @property
    def is_over(self) -> bool:
        """Tell whether it will answer no more."""
        return not self._end.alive

    def ask(self, item: Any) -> Any:
        """Return the answer, or the `Failure` with which the child ends."""
        answer = self._ask(item)
        self.answered += 1
        self._pages += getattr(answer, "page_count", 1)
        if isinstance(answer, Failure) or self.answered >= _OLD or self._pages >= _OLD_PAGES:
            self._end()
        return answer

    def stop(self) -> None:
        """Kill the process; who waits for its answer comes back with a failure."""
        self.stopped = True
        with contextlib.suppress(ValueError, OSError):
            self._process.kill()

    def _ask(self, item: Any) -> Any:
        if not self._begun:  # what is imported first is not the report's time
            begun = self._hear(_START_SECONDS)
            if isinstance(begun, Failure):
                return begun
            self._begun = True
        with contextlib.suppress(OSError):  # a child that is gone is met below
            self._pipe.send_bytes(pickle.dumps(item))
        return self._hear(self._limits.seconds)

    def _hear(self, seconds: float) -> Any:
        watch = Watch(self._process.pid, self._limits, seconds)
        try:
            while not self._pipe.poll(watch.pause):
                if broken := watch.broken:
                    return Failure(broken, _BROKEN[broken].format(self._limits))
            return pickle.loads(self._pipe.recv_bytes())
        except (EOFError, OSError):
            self._process.join()
            return Failure("worker_died", _last_words(self._process.exitcode))


_BROKEN = {
    "time_limit": "took longer than {0.seconds:g} seconds; raise --time-limit if it is that large",
    "memory_limit": "needed more than {0.megabytes} MB; raise --memory-limit if the machine has more",
}


def _end(process: Any, pipe: Connection) -> None:
    pipe.close()
    process.kill()
    process.join()
    process.close()


def _last_words(exit_code: int | None) -> str:
    """Tell how the child ended; the words depend on nothing else, so that every run writes the same."""
    name = f"exit code {exit_code}"
    if exit_code is not None and exit_code < 0:
        name = signal.Signals(-exit_code).name if -exit_code in set(signal.Signals) else f"signal {-exit_code}"
    if name in ("SIGABRT", "SIGKILL", "SIGTRAP", "SIGILL"):
        return f"the process that read it ended with {name}, as when memory runs out; raise --memory-limit to try again"
    return f"the process that read it crashed ({name}), so the file is damaged; open and save it in a PDF reader"


def _serve(parent: Connection, work: Work, limits: Limits) -> None:
    """Run in the child: answer what is asked, and end with the first that failed, or when nothing is asked."""
    _settle(limits)
    with contextlib.suppress(EOFError, OSError):  # nobody is there any more
        parent.send_bytes(pickle.dumps(None))
        while parent.poll(_IDLE_SECONDS):
            failed, answer = _attempt(work, pickle.loads(parent.recv_bytes()), limits)
            parent.send_bytes(answer)
            if failed:
                return


def _attempt(work: Work, item: Any, limits: Limits) -> tuple[bool, bytes]:
    try:
        return False, pickle.dumps(work(item))
    except MemoryError:
        return True, pickle.dumps(Failure("memory_limit", _BROKEN["memory_limit"].format(limits)))
    except Exception as error:
        words = f"the program failed on it: {type(error).__name__}: {error}{_where(error)}; please report this"
        return True, pickle.dumps(Failure("program_error", words))


def _where(error: Exception) -> str:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    return f" ({Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno})" if place else ""


def _settle(limits: Limits) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interruption means
    with Path(os.devnull).open("w") as nowhere:  # last words of native code; the cause is told in the answer
        os.dup2(nowhere.fileno(), 2)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    confine(limits, _OLD)


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Hide the program's entry point from a starting child, which would run it again for nothing."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextlib.contextmanager
def _variables(values: dict[str, str]) -> Iterator[None]:
    """Set environment variables for a process that is started meanwhile."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextlib.contextmanager
def _may_have_children() -> Iterator[None]:
    """Let a Dask worker start a child: it is a daemon, which may not, lest orphans stay; ours end with their parent."""
    config: dict[str, Any] = getattr(multiprocessing.current_process(), "_config", {})
    daemon = config.pop("daemon", None)
    try:
        yield
    finally:
        if daemon is not None:
            config["daemon"] = daemon
