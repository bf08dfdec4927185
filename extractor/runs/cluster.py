"""A Dask cluster as an ordinary executor."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from extractor.errors import Unreachable

TIMEOUT = "10s"  # for a scheduler to answer


@contextmanager
def cluster_executor(address: str) -> Iterator[tuple[Executor, int]]:
    """Connect to a scheduler; yield an executor and how many tasks the cluster runs at the same time.

    Raises:
        Unreachable: the scheduler does not answer, has no workers, or Dask is not installed.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise Unreachable(f"{address}: a cluster needs one more package: pip install 'peel-extractor[dask]'") from error
    try:
        connect: Any = Client
        client = connect(address, timeout=TIMEOUT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise Unreachable(f"{address}: no Dask scheduler answers there ({error})") from error
    try:
        threads = sum(client.nthreads().values())
        if not threads:
            raise Unreachable(f"{address}: the scheduler has no workers; start some with `dask worker ADDRESS`")
        yield client.get_executor(pure=False), threads
    finally:
        client.close()
