"""A national report that could not be read makes no force: not in the comparison, not among the grades."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from response_rows import finding, grading, report, suffolk, written

from extractor.cli import main
from extractor.comparison.year_on_year import Tables
from extractor.errors import NoSuchReport, UnknownForce
from extractor.export.exported_rows import ExportedRows
from extractor.export.force_map import force_map
from extractor.export.grade_matrix import by_cycle, by_force, matrix_view
from extractor.models import Extraction
from extractor.tables.read import read_rows

TORN = "2023-national-a-torn-report"


def failed(force_id: str | None) -> Extraction:
    """Return a national report that failed after some rows were read; a force was guessed, or none."""
    name = "Ghost Police" if force_id else None
    row = report(TORN, kind="national", force_id=force_id, force_name=name, cycle="2023-25", status="failed")
    afi = finding(0, "area_for_improvement", None, "Every force should look again.", TORN)
    return Extraction(row, gradings=(grading(1, "question", "Crime", "good", TORN),), findings=(afi,))


@pytest.fixture(params=["ghost", "", None])
def outputs(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return written(tmp_path / "outputs", suffolk(), failed(request.param))


def test_it_is_in_no_comparison(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert list(Tables(outputs).forces) == ["suffolk"]
    assert main(["compare", "--all", "--json", "--outputs", str(outputs)]) == 0
    told = capsys.readouterr().out
    assert [force["force_id"] for force in json.loads(told)["forces"]] == ["suffolk"] and "Ghost" not in told
    assert {file.stem for file in (outputs / "fates").iterdir()} == {"suffolk"}
    assert main(["compare", "ghost", "--outputs", str(outputs)]) == 2
    with pytest.raises(UnknownForce):
        Tables(outputs).compare("ghost")


def test_it_is_in_no_matrix_of_grades(outputs: Path) -> None:
    reports, gradings = read_rows("reports", outputs), read_rows("gradings", outputs)
    matrix = by_force(reports, gradings, "2023-25")
    assert [line.name for line in matrix.lines] == ["Suffolk Constabulary"]
    page = matrix_view(reports, gradings)
    assert page and "Ghost" not in page and TORN not in page
    assert matrix_view(reports, gradings, "ghost") == page and by_cycle(reports, gradings, "ghost").lines == ()
    assert "Ghost" not in str(force_map(matrix, 0))


def test_it_is_not_exported(outputs: Path) -> None:
    assert [each.report["report_id"] for each in ExportedRows(outputs) if each.report] == ["2023-25-integrated-suffolk"]
    with pytest.raises(NoSuchReport, match=TORN):
        ExportedRows(outputs, [TORN])


def test_it_is_listed_and_counted_as_failed(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--outputs", str(outputs)]) == 0
    said = capsys.readouterr()
    assert TORN in said.out and "2 reports (1 failed) in" in said.err
    assert main(["list", "suffolk", "--outputs", str(outputs)]) == 0
    assert "failed" not in capsys.readouterr().err
