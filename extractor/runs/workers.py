"""Who works on a run: the cores of this machine, or a cluster."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from extractor.runs.children import local_executor, stop_children


@contextmanager
def executor_for(scheduler: str | None, workers: int | None, tasks: int) -> Iterator[tuple[Executor, int]]:
    """Yield an executor and how many tasks it runs at the same time."""
    if scheduler is not None and tasks:
        from extractor.runs.cluster import cluster_executor

        with cluster_executor(scheduler) as (executor, width):
            yield executor, workers or width
        return
    width = workers or available_cores()
    executor = local_executor(width)
    try:
        yield executor, width
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        stop_children()
        raise
    executor.shutdown()


def available_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
