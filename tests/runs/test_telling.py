"""What a person is told of a run: every file once, by its own name, and what was passed over."""

import json
from pathlib import Path

import pytest
import stand_in

from extractor import cli
from extractor.runs import run


@pytest.fixture(autouse=True)
def plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files of plain words, in this process."""
    monkeypatch.setattr(run, "extract_task", stand_in.extract)
    monkeypatch.setattr(run, "isolated", stand_in.in_process)
    monkeypatch.setattr(run, "rules_version", lambda _root: stand_in.RULES.version)
    monkeypatch.setattr(run, "prepare", lambda _nursery: None)


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """A folder with copies of a good file and of a bad one, another file of the same inspection, and no reports."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a.pdf", "a2.pdf"):
        (folder / name).write_text("id 2016-effectiveness-essex\nitem one")
    (folder / "b.html").write_text("id 2016-effectiveness-essex\nitem one\n\n")
    for name in ("bad.pdf", "bad2.pdf"):
        (folder / name).write_text("break")
    for name in ("letter.docx", "reply.DOCX", "notes.txt", ".hidden", "LICENSE"):
        (folder / name).write_text("no report")
    return folder


def lines(folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> list[str]:
    """Extract the folder; return what was said, names without their folder."""
    cli.main(["extract", str(folder), "--outputs", str(folder.parent / "out"), *more])
    return capsys.readouterr().err.replace("in/", "").splitlines()


def test_every_file_is_counted_and_named_once(told: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = [line for line in lines(told, capsys) if line.startswith("[")]
    assert [line.split("]")[0] for line in said] == [f"[{number}/5" for number in range(1, 6)]
    assert sorted(line.split()[2].rstrip(":") for line in said) == ["a.pdf", "a2.pdf", "b.html", "bad.pdf", "bad2.pdf"]


def test_copies_are_not_read_again(told: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines(told, capsys)
    opened = (told.parent / stand_in.OPENED).read_text().split()
    assert sorted(opened) == ["a.pdf", "b.html", "bad.pdf"]


def test_a_copy_of_a_bad_file_fails_under_its_own_name(told: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):  # as it is read, and when nothing has changed
        said = "\n".join(lines(told, capsys))
        assert "FAILED    bad.pdf: no such luck" in said
        assert "FAILED    bad2.pdf: no such luck (the same file as bad.pdf)" in said


def test_files_passed_over_are_counted_by_suffix(told: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = "4 files passed over, neither PDF nor saved web page: 1 without suffix, 2 .docx, 1 .txt"
    assert lines(told, capsys).count(words) == 1
    cli.main(["extract", f"{told}/*", "--outputs", str(told.parent / "out"), "--json", "-q"])
    assert json.loads(capsys.readouterr().out)["passed_over"] == {"": 1, ".docx": 2, ".txt": 1}


def test_a_report_given_again_under_another_name_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("first.pdf", "again.pdf"):
        (folder / name).write_text("id 2014-effectiveness-essex\nitem one")
    lines(folder / "first.pdf", capsys)
    cli.main(["extract", str(folder / "again.pdf"), "--outputs", str(folder / "out")])
    said = capsys.readouterr().err
    assert "first.pdf, which is read already: 2014-effectiveness-essex" in said
    assert "next: `peel review 2014-effectiveness-essex`" in said


def test_what_is_not_there_is_said_to_be_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = str(tmp_path / "nosuch.pdf")
    assert cli.main(["extract", missing, "--outputs", str(tmp_path / "out")]) == 2
    assert f"no such file or folder: {missing}" in capsys.readouterr().err
    (tmp_path / "empty").mkdir()
    assert cli.main(["extract", str(tmp_path / "empty"), "--outputs", str(tmp_path / "out")]) == 2
    assert "nothing to read here" in capsys.readouterr().err
