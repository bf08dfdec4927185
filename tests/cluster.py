"""A real Dask cluster on loopback: a scheduler and two workers, each a process of its own."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent


class Cluster(NamedTuple):
    """A running cluster; the second worker has no nanny, so that killing it kills it for good."""

    address: str
    mortal: subprocess.Popen[bytes]
    scheduler: subprocess.Popen[bytes]


@contextmanager
def cluster_in(folder: Path) -> Iterator[Cluster]:
    """Start a cluster that keeps its files in a folder, and end it."""
    from distributed import Client

    about = folder / "scheduler.json"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent), *filter(None, sys.path)])}

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        log = (folder / "log.txt").open("ab")
        command = [sys.executable, "-m", "dask", *arguments, "--scheduler-file", str(about)]
        return subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log, start_new_session=True)

    scheduler = ("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
    worker = ("worker", "--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard")
    processes = [start(*scheduler), start(*worker), start(*worker, "--no-nanny")]
    try:
        with Client(scheduler_file=str(about), timeout="60s", set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield Cluster(json.loads(about.read_text())["address"], processes[-1], processes[0])
    finally:
        for process in processes:
            kill(process)
            process.wait()


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process of the cluster with its children, without a word."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
