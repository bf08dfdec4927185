"""One child process for each report: a crash, a hang or a flood of memory costs that report and nothing else.

`isolated` is an ordinary function of ordinary arguments, so any `concurrent.futures.Executor` can run it: local threads
that wait for their child, or the workers of a Dask cluster. Children are forked from a server that has imported what
they need; where there is no such server (Windows) they start afresh, and where the system has no memory limits
`unlimited` says so.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import ModuleType
from typing import Any

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

START_VARIABLE = "PEEL_START_METHOD"  # `spawn`: children start afresh, as they must on Windows
_FORKS = "forkserver" in multiprocessing.get_all_start_methods() and os.environ.get(START_VARIABLE) != "spawn"
_starting = threading.Lock()
_children: set[Any] = set()
_START_SECONDS = 120.0
# A child does one thing at a time: no helper threads, and no gigabyte of addresses set aside for tables.
_FRUGAL = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one report may take."""

    seconds: float = 120.0
    megabytes: int = 2048


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


def unlimited() -> str | None:
    """Return a plain remark where the system cannot hold a child to its memory limit, else None."""
    if resource is not None and sys.platform.startswith("linux"):
        return None
    return "this system does not enforce memory limits; each report still has its own process and time limit"


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


def isolated(
    work: Callable[[Any], Any],
    items: Sequence[Any],
    limits: Limits,
    nursery: Nursery = Nursery(),
) -> list[Any]:
    """Return `work(item)` for each item, worked out in a child process; a `Failure` where there is none.

    The items of one call share a child until one fails: the next item then gets a new one. `work` must be a function
    of an importable module.
    """
    prepare(nursery)
    answers: list[Any] = []
    while len(answers) < len(items):
        answers += _one_child(work, list(items[len(answers) :]), limits)
    return answers


def stop_children() -> None:
    """Kill every child of this process, so that threads that wait for one come back."""
    for child in list(_children):
        with contextlib.suppress(ValueError, OSError):
            child.kill()


def _one_child(work: Callable[[Any], Any], items: list[Any], limits: Limits) -> list[Any]:
    """Return answers up to and including the first failure."""
    context: Any = multiprocessing.get_context("forkserver" if _FORKS else "spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_serve, args=(sender, work, items, limits), daemon=True)
    with _starting, _without_main(), _may_have_children():
        child.start()
    sender.close()
    _children.add(child)
    answers: list[Any] = []
    try:
        begun = _answer(receiver, child, limits, _START_SECONDS)  # what is imported first is not the report's time
        if isinstance(begun, Failure):
            return [begun]
        while len(answers) < len(items):
            answer = _answer(receiver, child, limits, limits.seconds)
            answers.append(answer)
            if isinstance(answer, Failure):
                break
    finally:
        _children.discard(child)
        if child.is_alive():
            child.kill()
        child.join()
        child.close()
        receiver.close()
    return answers


def _answer(receiver: Connection, child: Any, limits: Limits, wait_for: float) -> Any:
    if not receiver.poll(wait_for):
        return Failure(
            "time_limit", f"took longer than {limits.seconds:g} seconds; raise --time-limit if it is that large"
        )
    try:
        return pickle.loads(receiver.recv_bytes())
    except (EOFError, OSError):
        child.join()
        return Failure("worker_died", _last_words(child.exitcode))


def _last_words(exit_code: int | None) -> str:
    """Tell how the child ended; the words depend on nothing else, so that every run writes the same."""
    name = f"exit code {exit_code}"
    if exit_code is not None and exit_code < 0:
        name = signal.Signals(-exit_code).name if -exit_code in set(signal.Signals) else f"signal {-exit_code}"
    if name in ("SIGABRT", "SIGKILL", "SIGTRAP", "SIGILL"):
        return f"the process that read it ended with {name}, as when memory runs out; raise --memory-limit to try again"
    return f"the process that read it crashed ({name}), so the file is damaged; open and save it in a PDF reader"


def _serve(sender: Connection, work: Callable[[Any], Any], items: list[Any], limits: Limits) -> None:
    """Run in the child: answer item after item, and end with the first that failed."""
    _confine(limits, len(items))
    sender.send_bytes(pickle.dumps(None))
    for item in items:
        failed, answer = _attempt(work, item, limits)
        sender.send_bytes(answer)
        if failed:
            return


def _attempt(work: Callable[[Any], Any], item: Any, limits: Limits) -> tuple[bool, bytes]:
    try:
        return False, pickle.dumps(work(item))
    except MemoryError:
        words = f"needed more than {limits.megabytes} MB; raise --memory-limit if the machine has more"
        return True, pickle.dumps(Failure("memory_limit", words))
    except Exception as error:
        words = f"the program failed on it: {type(error).__name__}: {error}{_where(error)}; please report this"
        return True, pickle.dumps(Failure("program_error", words))


def _where(error: Exception) -> str:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    return f" ({Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno})" if place else ""


def _confine(limits: Limits, items: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interruption means
    with Path(os.devnull).open("w") as nowhere:  # last words of native code; the cause is told in the answer
        os.dup2(nowhere.fileno(), 2)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    if resource is None:
        return
    processor = int(limits.seconds * items) + 10  # the last resort, when the parent is gone and native code hangs
    for kind, most in (
        (resource.RLIMIT_AS, _addresses() + (limits.megabytes << 20)),
        (resource.RLIMIT_CPU, processor),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def _addresses() -> int:
    """Return the bytes of address space in use before the work begins; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except (OSError, ValueError):
        return 0


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
