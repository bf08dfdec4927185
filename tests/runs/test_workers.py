"""A child that dies, hangs or floods memory costs its own item and nothing else."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from extractor.runs.children import Failure, Limits, isolated, stop_children, unlimited

QUICK = Limits(seconds=60, megabytes=1024)


def work(item: str) -> object:
    """Run in the child."""
    if item == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if item == "leave":
        os._exit(3)
    if item == "hang":
        time.sleep(1000)
    if item == "spin":
        while True:
            pass
    if item == "bomb":
        hoard = []
        while True:
            hoard.append(bytearray(50_000_000))
    if item == "break":
        raise ValueError("bad value")
    if item == "main":
        return sys.modules["__main__"].__name__
    return item.upper(), os.getpid()


def test_items_of_one_call_share_a_child_that_is_not_this_process() -> None:
    answers = isolated(work, ["a", "b"], QUICK)
    assert [text for text, _ in answers] == ["A", "B"]
    assert len({pid for _, pid in answers}) == 1
    assert os.getpid() not in {pid for _, pid in answers}


def test_children_are_recycled() -> None:
    assert isolated(work, ["a"], QUICK)[0][1] != isolated(work, ["a"], QUICK)[0][1]


@pytest.mark.parametrize(
    ("item", "code", "words"),
    [
        ("crash", "worker_died", "SIGSEGV"),
        ("leave", "worker_died", "exit code 3"),
        ("break", "program_error", "ValueError: bad value (test_workers.py:"),
        pytest.param(
            "bomb", "memory_limit", "1024 MB", marks=pytest.mark.skipif(unlimited() is not None, reason="no limits")
        ),
    ],
)
def test_failure_is_named_and_neighbours_are_done(item: str, code: str, words: str) -> None:
    before, failure, after = isolated(work, ["a", item, "b"], QUICK)
    assert (before[0], after[0]) == ("A", "B")
    assert isinstance(failure, Failure)
    assert failure.code == code
    assert words in failure.message


@pytest.mark.parametrize("item", ["hang", "spin"])
def test_time_limit_ends_a_hang(item: str) -> None:
    failure, after = isolated(work, [item, "b"], Limits(seconds=0.3))
    assert failure.code == "time_limit"
    assert "0.3 seconds" in failure.message
    assert after[0] == "B"


def test_any_executor_will_do() -> None:
    with ThreadPoolExecutor(2) as executor:
        futures = [executor.submit(isolated, work, [item], QUICK) for item in ("a", "crash", "b", "c")]
        answers = [future.result()[0] for future in futures]
    assert [answer.code if isinstance(answer, Failure) else answer[0] for answer in answers] == [
        "A",
        "worker_died",
        "B",
        "C",
    ]


def test_children_can_be_stopped_from_outside() -> None:
    answers: list[object] = []
    thread = threading.Thread(target=lambda: answers.extend(isolated(work, ["hang"], Limits(seconds=500))))
    thread.start()
    while thread.is_alive():
        stop_children()
        thread.join(0.05)
    assert [answer.code for answer in answers if isinstance(answer, Failure)] == ["worker_died"]


def test_the_entry_point_is_not_run_again_in_a_child() -> None:
    assert not hasattr(isolated(work, ["main"], QUICK)[0], "__file__")
    assert sys.modules["__main__"].__name__ == "__main__"


def test_children_that_start_afresh_give_the_same_tables(tmp_path: Path) -> None:
    """As on Windows: nothing is forked, and the console has few letters."""
    specimens = Path(__file__).parents[2] / "corpus" / "specimens"
    files = [str(specimens / name) for name in ("specimen-2017-legitimacy.html", "specimen-2018-19.pdf")]
    tables = {}
    for method in ("forkserver", "spawn"):
        environment = {**os.environ, "PEEL_START_METHOD": method, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
        command = [sys.executable, "-m", "extractor", "extract", *files, "--outputs", str(tmp_path / method)]
        ran = subprocess.run(command, env=environment, capture_output=True, timeout=240)
        assert ran.returncode == 0, ran.stderr.decode("cp1252")
        found = (tmp_path / method).rglob("*.parquet")
        tables[method] = {str(file.relative_to(tmp_path / method)): file.read_bytes() for file in found}
    assert tables["spawn"] == tables["forkserver"] and len(tables["spawn"]) > 10
