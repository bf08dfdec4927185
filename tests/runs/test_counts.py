"""What a report may cost a run, in counts that no machine changes: a change that doubles one is noticed."""

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import stand_in

from extractor.runs import children, run
from extractor.runs.limits import Limits
from extractor.runs.run import extract_many
from extractor.tables import storage

MANY = 12  # reports
FIRST = {
    "hashed": 1,
    "read": 2,
    "written": 7,
    "removed": 1,
    "flushed": 7,
}  # its bytes, no lines yet; six tables, the lines
UNCHANGED = {"hashed": 1, "read": 5}  # the five tables that the receipt names; the receipts are read together
OTHER_RULES = {"hashed": 1, "read": 6, "written": 6, "removed": 1, "flushed": 6}  # the kept lines, no report
ONCE = 2  # reads that a run costs, whatever its reports


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder of reports."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(MANY):
        (folder / f"r{number}.pdf").write_text(f"id 2016-effectiveness-f{number}\nitem {number}")
    return folder


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts of what is done to the disk, with the work done in this process."""
    counts: Counter[str] = Counter()

    def counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            counts[name] += 1
            return function(*args)

        return call

    monkeypatch.setattr(run, "extract_task", stand_in.extract)
    monkeypatch.setattr(run, "isolated", stand_in.in_process)
    monkeypatch.setattr(run, "prepare", lambda _nursery: None)
    monkeypatch.setattr(run, "rules_version", lambda _root: stand_in.RULES.version)
    for name, function in {
        "hashed": "sha256",
        "read": "read_bytes",
        "written": "write_bytes",
        "removed": "remove",
    }.items():
        monkeypatch.setattr(storage, function, counted(name, getattr(storage, function)))
    monkeypatch.setattr(os, "fsync", counted("flushed", os.fsync))
    return counts


def per_report(seen: Counter[str], reports: Path, *, version: str = "stand-in") -> dict[str, int]:
    """Run once more; return what each report cost, rounded down."""
    seen.clear()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(run, "rules_version", lambda _root: version)
        tally = extract_many([reports], reports.parent / "out", workers=1)
    assert tally.count("ok") == MANY
    assert all(count % MANY <= ONCE for count in seen.values())
    return {name: count // MANY for name, count in seen.items()}


def test_a_report_touches_no_more_files_than_it_must(seen: Counter[str], reports: Path) -> None:
    assert per_report(seen, reports) == FIRST
    assert per_report(seen, reports) == UNCHANGED
    opened = (reports.parent / stand_in.OPENED).read_text()
    assert per_report(seen, reports, version="other") == OTHER_RULES
    assert (reports.parent / stand_in.OPENED).read_text() == opened


def test_small_reports_share_a_child(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    born = []
    begin = children._Child.__init__

    def counted(child: Any, *args: Any) -> None:
        born.append(child)
        begin(child, *args)

    monkeypatch.setattr(run, "extract_task", stand_in.extract)
    monkeypatch.setattr(run, "rules_version", lambda _root: stand_in.RULES.version)
    monkeypatch.setattr(children._Child, "__init__", counted)
    extract_many([reports], reports.parent / "out", workers=1, limits=Limits(seconds=60))
    assert len(born) == 1


def test_no_server_of_children_is_started_where_nothing_is_to_be_read(
    seen: Counter[str], reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []
    monkeypatch.setattr(run, "prepare", started.append)
    (reports / "again.html").write_text("id 2016-effectiveness-f1\nitem 1\n")  # one report less than there are files
    per_run = [(extract_many([reports], reports.parent / "out", workers=1), len(started))[1] for _ in range(2)]
    assert per_run == [1, 1] and seen["hashed"] == 2 * (MANY + 1)


@pytest.mark.usefixtures("seen")
def test_the_server_of_children_is_started_before_the_plan_for_one_new_report_among_many(
    reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract_many([reports], reports.parent / "out", workers=1)
    told: list[object] = []
    monkeypatch.setattr(run, "prepare", told.append)
    new = reports / "new.html"
    new.write_text("id 2016-effectiveness-new\nitem 1\n")
    extract_many([new], reports.parent / "out", workers=1, on_plan=lambda *counts: told.append(counts))
    assert len(told) == 2 and told[1] == (1, 0)
