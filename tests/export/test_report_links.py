"""Page links of the tracker lead to the report's file, from wherever the workbook lies."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from extractor.export.report_links import ReportLinks


def _target(address: str, to: Path) -> tuple[str, str]:
    """Return (target, what stands behind the #) as a workbook holds them."""
    with xlsxwriter.Workbook(str(to)) as book:
        book.add_worksheet().write_url(0, 0, f"{address}#page=7", None, "7")
    link = openpyxl.load_workbook(to).active["A1"].hyperlink
    return link.target, link.location


def test_a_file_in_the_workspace_is_reached_from_beside_it(tmp_path: Path) -> None:
    links = ReportLinks(tmp_path, tmp_path / "outputs/export")
    address = links.address("reports/a b.pdf")
    assert address is not None
    target, place = _target(address, tmp_path / "t.xlsx")
    assert (target.replace("\\", "/"), place) == ("../../reports/a%20b.pdf", "page=7")


@pytest.mark.parametrize(
    ("export", "where"), [("in/outputs/export", "far away"), ("elsewhere", "far away"), ("elsewhere", "in")]
)
def test_a_file_or_workbook_elsewhere_keeps_the_whole_path(export: str, where: str, tmp_path: Path) -> None:
    links = ReportLinks(tmp_path / "in", tmp_path / export)
    source = tmp_path / where / "report.pdf"
    address = links.address(str(source))
    assert address is not None
    target, place = _target(address, tmp_path / "t.xlsx")
    assert (target.casefold(), place) == (source.as_uri().casefold(), "page=7")
    assert "\\" not in target


def test_only_files_and_web_addresses_are_linked(tmp_path: Path) -> None:
    links = ReportLinks(tmp_path, tmp_path)
    assert links.address("https://example.org/report.pdf") == "https://example.org/report.pdf"
    assert links.address("http://example.org/report.pdf") == "http://example.org/report.pdf"
    assert links.address("s3://bucket/report.pdf") is None
    assert links.address(None) is None and links.address("") is None
