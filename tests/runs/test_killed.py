"""Kill -9 at any moment of writing: after the next run every table is what it would have been."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import stand_in

from extractor.runs import run
from extractor.runs.run import extract_many
from extractor.tables import storage

MOMENTS = 20  # of each kind of run, spread over all at which it touches the disk

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that forks is killed")


@pytest.fixture(autouse=True)
def plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "extract_task", stand_in.extract)
    monkeypatch.setattr(run, "isolated", stand_in.in_process)
    monkeypatch.setattr(run, "prepare", lambda _nursery: None)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Reports that other rules read otherwise, three files of one inspection and two copies of a bad one."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(3):
        (folder / f"r{number}.pdf").write_text(f"id 2016-effectiveness-f{number}\nitem {number}\nby other more")
    for name in ("again.html", "copy.html"):
        (folder / name).write_text("id 2016-effectiveness-f1\nitem 1\nby other more")
    (folder / "longer.pdf").write_text("id 2016-effectiveness-f1\nitem 1\nwarn look\nby other yet more")
    for name in ("bad.pdf", "bad2.pdf"):
        (folder / name).write_text("break")
    return folder


def extract(reports: Path, outputs: Path, version: str, at: Callable[[], None]) -> None:
    """Run under rules of a version; `at` is called before each thing that is done to the disk."""

    def before(act: Callable[..., None]) -> Callable[..., None]:
        def first(*args: object) -> None:
            at()
            act(*args)

        return first

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(run, "rules_version", lambda _root: version)
        patched.setattr(storage, "remove", before(storage.remove))
        patched.setattr(storage, "_replace", before(storage._replace))
        patched.setattr(os, "fsync", before(os.fsync))  # half of a file is there
        extract_many([reports], outputs, workers=1)


def killed(moment: int, reports: Path, outputs: Path, version: str) -> bool:
    """Run in a process of its own that is killed at a moment; tell whether it was."""
    child = os.fork()
    if not child:
        left = iter(range(moment, -1, -1))
        extract(reports, outputs, version, lambda: None if next(left) else os.kill(os.getpid(), signal.SIGKILL))
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with its bytes."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def spread(count: int) -> Iterator[int]:
    """Some moments of so many, the first and the last among them."""
    return iter(sorted({number * (count - 1) // (MOMENTS - 1) for number in range(MOMENTS)}))


@pytest.mark.slow
@pytest.mark.parametrize("before", [None, "stand-in"], ids=["the first run", "a run under other rules"])
def test_killed_at_any_moment_the_next_run_gives_the_same_bytes(
    reports: Path, tmp_path: Path, before: str | None
) -> None:
    base, whole = tmp_path / "base", tmp_path / "whole"
    base.mkdir()
    if before:
        extract(reports, base, before, lambda: None)
    shutil.copytree(base, whole)
    touched: list[int] = []
    extract(reports, whole, "other", lambda: touched.append(1))
    for moment in spread(len(touched)):
        out = tmp_path / f"out{moment}"
        shutil.copytree(base, out)
        assert killed(moment, reports, out, "other"), moment
        extract(reports, out, "other", lambda: None)
        assert files(out) == files(whole), moment
