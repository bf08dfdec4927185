"""A workspace that is moved, copied or shared: nothing is read again, everything is still found."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from extractor.cli import main
from extractor.decisions.apply import verified_findings
from extractor.decisions.register import Entry, record, register, value_of
from extractor.decisions.store import Verdict, add_verdicts
from extractor.review.review_page import review_data
from extractor.runs.run import extract_many
from extractor.tables.read import read_rows
from extractor.tables.sources import file_of, stored_name
from extractor.workspace import FILE, workspace

SPECIMENS = Path(__file__).parents[2] / "corpus" / "specimens"
PLACES = ("moved", "Büro für Prüfung & Co (100 %)", "/".join(["long" * 20] * 9))


def desk(folder: Path) -> Path:
    """Return a workspace with one report in it that was read."""
    (folder / "corpus" / "pdf").mkdir(parents=True)
    (folder / FILE).touch()
    shutil.copy(SPECIMENS / "specimen-2018-19.pdf", folder / "corpus" / "pdf" / "the report.pdf")
    assert extract_many([folder / "corpus"], folder / "outputs").complete
    return folder


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that tests copy."""
    return desk(tmp_path_factory.mktemp("first") / "A")


def tables(folder: Path) -> dict[str, bytes]:
    outputs = folder / "outputs"
    return {file.relative_to(outputs).as_posix(): file.read_bytes() for file in outputs.rglob("*.parquet")}


def test_the_same_report_gives_the_same_bytes_in_every_workspace(read_once: Path, tmp_path: Path) -> None:
    assert tables(desk(tmp_path / "other place")) == tables(read_once)
    (row,) = read_rows("reports", read_once / "outputs")
    assert row["source"] == "corpus/pdf/the report.pdf"


@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_read_again_where_the_workspace_was_moved(
    read_once: Path, tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(read_once, moved := tmp_path / place)
    monkeypatch.chdir(tmp_path)
    tally = extract_many([moved / "corpus" / "pdf"], moved / "outputs")
    assert (tally.unchanged, len(tally.results)) == (1, 1)
    assert tables(moved) == tables(read_once)


@pytest.mark.parametrize("place", PLACES)
def test_decisions_answers_and_pictures_move_with_it(
    read_once: Path, tmp_path: Path, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(read_once, old := tmp_path / "old")
    item = read_rows("findings", old / "outputs")[0]["finding_id"]
    add_verdicts([Verdict("finding", item, verdict="rejected")], workspace(old).verdicts)
    record([Entry(item, "owner", "Supt X", "A", "2024-05-01")], workspace(old).register)
    moved = tmp_path / "new" / place
    moved.parent.mkdir(parents=True)
    old.rename(moved)
    at = workspace(outputs=moved / "outputs")
    assert item not in [row["finding_id"] for row in verified_findings(at.outputs, verdicts=at.verdicts)]
    assert value_of(register(at.register), item, "owner") == "Supt X"
    picture = tmp_path / "place.png"
    assert main(["show", item, "--png", str(picture), "--why", "--workspace", str(moved)]) == 0
    assert picture.read_bytes().startswith(b"\x89PNG") and "begins because" in capsys.readouterr().out
    assert review_data(item.split("/")[0], at.outputs, at.verdicts)["no_pages"] is None
    assert main(["export", "--workspace", str(moved), "-q"]) == 0
    sheet = openpyxl.load_workbook(at.outputs / "export" / "tracker.xlsx")["Tracker"]
    links = {cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert links == {"..\\..\\corpus\\pdf\\the%20report.pdf"}


def test_a_report_elsewhere_that_has_moved_is_named_and_found_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / FILE).touch()
    outside = Path(shutil.copy(SPECIMENS / "specimen-2018-19.pdf", tmp_path / "outside.pdf"))
    outputs = tmp_path / "desk" / "outputs"
    extract_many([outside], outputs)
    (row,) = read_rows("reports", outputs)
    assert row["source"] == str(outside)
    item = read_rows("findings", outputs)[0]["finding_id"]
    show = ["show", item, "--png", str(tmp_path / "p.png"), "--outputs", str(outputs)]
    assert main(show) == 0
    later = outside.rename(tmp_path / "later.pdf")
    assert main(show) == 1
    told = capsys.readouterr().err
    assert f"{outside} is not there any more" in told and "peel extract" in told
    assert "not there any more" in review_data(row["report_id"], outputs, tmp_path / "v.csv")["no_pages"]
    extract_many([later], outputs)
    assert main(show) == 0
    later.write_bytes(later.read_bytes() + b"\n% changed")
    assert main(show) == 1
    assert "not the file that was extracted" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("/w/desk/corpus/pdf/a.pdf", "corpus/pdf/a.pdf"),
        ("/w/desk/corpus/../b.pdf", "b.pdf"),
        ("/w/desk-2/a.pdf", "/w/desk-2/a.pdf"),
        ("/w/a.pdf", "/w/a.pdf"),
        ("s3://bucket/a.pdf", "s3://bucket/a.pdf"),
    ],
)
def test_what_lies_in_the_workspace_is_named_from_there(place: str, name: str) -> None:
    assert stored_name(place, Path("/w/desk")) == name


def test_names_are_the_same_from_wherever_one_looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "desk" / "in").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk" / "in")
    places = ("a.pdf", "../in/a.pdf", str(tmp_path / "link" / "in" / "a.pdf"))
    assert {stored_name(place, tmp_path / "desk") for place in places} == {"in/a.pdf"}
    assert stored_name("a.pdf", tmp_path / "link") == "in/a.pdf"


def test_a_link_in_the_workspace_to_a_shared_folder_is_in_the_workspace(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "in").symlink_to(tmp_path / "shared")
    assert stored_name(str(tmp_path / "desk" / "in" / "a.pdf"), tmp_path / "desk") == "in/a.pdf"


def test_names_written_on_windows_are_found(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.pdf").touch()
    (tmp_path / FILE).touch()
    assert file_of("corpus\\a.pdf", tmp_path / "outputs") == tmp_path / "corpus" / "a.pdf"
