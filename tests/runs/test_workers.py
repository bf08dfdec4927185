"""A child that dies, hangs or floods memory costs its own item and nothing else."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
import pytest

from extractor.errors import RuleError
from extractor.rulebook.folder import rules_root
from extractor.runs import children, limits
from extractor.runs.children import Failure, isolated, stop_children
from extractor.runs.limits import Limits
from extractor.runs.run import extract_many

QUICK = Limits(seconds=60, megabytes=512)


@dataclass(frozen=True)
class Paper:
    """An item, and its answer, of some pages."""

    page_count: int
    process: int = 0


def process_of(paper: Paper) -> Paper:
    """Run in the child: say which it is."""
    return replace(paper, process=os.getpid())


_worked: list[str] = []  # in the child: what it did before


def work(item: str) -> object:
    """Run in the child."""
    _worked.append(item)
    if item == "first of its child":
        if len(_worked) > 1:
            raise ValueError("not the first")
        return "first"
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


def pids(items: list[str], limits: Limits = QUICK) -> list[int]:
    """The processes that answer."""
    return [isolated(work, [item], limits)[0][1] for item in items]


def test_a_child_is_kept_until_it_is_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "_OLD", 3)
    first, *others = pids(["a"] * 7, Limits(seconds=61))
    assert others[:2] == [first] * 2
    assert len(set(others[2:5])) == 1 and len({first, *others}) == 3


def test_pages_make_a_child_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "_OLD_PAGES", 10)
    few, many = Paper(4), Paper(10)
    answers = isolated(process_of, [few, few, few, many, few], Limits(seconds=62))
    first, second, third, fourth, fifth = (answer.process for answer in answers)
    assert first == second == third != fourth
    assert fifth not in (first, fourth)


def test_a_child_ends_with_its_thread() -> None:
    with ThreadPoolExecutor(1) as executor:
        pid = executor.submit(pids, ["a"]).result()[0]
    psutil.wait_procs([psutil.Process(pid)] if psutil.pid_exists(pid) else [], timeout=20)
    assert not psutil.pid_exists(pid)


def test_what_fails_in_a_used_child_is_tried_in_a_new_one() -> None:
    most = Limits(seconds=63)
    used = pids(["a"], most)[0]
    answer, after = isolated(work, ["first of its child", "b"], most)
    assert answer == "first" and after[1] != used


def test_a_child_that_died_while_idle_costs_nothing() -> None:
    used = pids(["a"])[0]
    os.kill(used, signal.SIGKILL)
    assert isolated(work, ["b"], QUICK)[0][0] == "B"


@pytest.mark.parametrize(
    ("item", "code", "words"),
    [
        ("crash", "worker_died", "SIGSEGV"),
        ("leave", "worker_died", "exit code 3"),
        ("break", "program_error", "ValueError: bad value (test_workers.py:"),
        ("bomb", "memory_limit", "512 MB"),
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


def test_memory_is_watched_where_the_system_sets_no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "_FORKS", False)
    monkeypatch.setattr(limits, "_SYSTEM_HOLDS", False)
    monkeypatch.setenv(limits.START_VARIABLE, "spawn")
    before, failure, after = isolated(work, ["a", "bomb", "b"], Limits(seconds=60, megabytes=200))
    assert (before[0], after[0]) == ("A", "B")
    assert isinstance(failure, Failure)
    assert (failure.code, "200 MB" in failure.message) == ("memory_limit", True)


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


def test_mistakes_of_the_rules_stop_a_run_with_their_places(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(rules_root(), rules)
    (rules / "common" / "headings.jsonl").write_text('{"id": 1}\n')
    page = Path(__file__).parents[2] / "corpus" / "specimens" / "specimen-2017-legitimacy.html"
    with pytest.raises(RuleError, match=r"headings\.jsonl"):
        extract_many([page], tmp_path / "out", rules=rules)
    assert not list((tmp_path / "out").rglob("*.parquet"))
