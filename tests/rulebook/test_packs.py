"""The era is a pack: its rules hold for its own reports, and a new cycle needs a folder and nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from printed import INTRODUCTION, TITLES, printed

from extractor.comparison.year_on_year import compare
from extractor.errors import RuleError
from extractor.export.grade_matrix import by_force, matrix_html
from extractor.models import Extraction
from extractor.pipeline import extract_printed
from extractor.rulebook.folder import rules_root, rules_version
from extractor.rulebook.load import load_rules
from extractor.tables.dictionary import data_dictionary
from extractor.tables.write import write_tables

LIST = "# Our findings\n\n### Points to put right\n\n- The force should review how calls are graded.\n"
POINTS = {
    "id": "heading.points",
    "label": "AFI_HEADING",
    "pattern": "Points to put right",
    "examples": ["Points to put right"],
    "counter": ["The points to put right were many"],
}


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    shutil.copytree(rules_root(), tmp_path / "rules")
    return tmp_path / "rules"


def read(title: str, body: str, rules: Path) -> Extraction:
    return extract_printed(printed(title + INTRODUCTION + body), load_rules(rules))


def test_a_rule_of_a_pack_holds_for_the_reports_of_its_cycle_alone(rules: Path) -> None:
    before = rules_version(rules)
    (rules / "peel-2017" / "headings.jsonl").write_text(json.dumps(POINTS), encoding="utf-8")
    assert rules_version(rules) != before
    of_2017, of_2016 = (read(TITLES[cycle], LIST, rules).findings for cycle in ("2017", "2016"))
    assert [finding.text for finding in of_2017] == ["The force should review how calls are graded."]
    assert not of_2016


TITLE = "# PEEL 2027–29\n## An inspection of Cleveland Police\n\nHMICFRS\n\n4 October {year}\n\\f\n"
GRADED = (
    "# Preventing crime\n\nGood\n\nThe force is good at preventing crime.\n\n### Area for improvement\n\n"
    "> **The force should review how it grades calls for service.** It does not know which calls wait too long.\n"
)


def add_cycle(rules: Path, cycle: str, order: int, years: tuple[int, int]) -> None:
    """Add a cycle like the last one known, by data alone."""
    name = f"peel-{cycle}"
    shutil.copytree(rules / "peel-2023-25", rules / name)
    file = rules / name / "profile.toml"
    text = file.read_text(encoding="utf-8").replace("order = 7", f"order = {order}")
    for old, new in (("2023", str(years[0])), ("2025", str(years[1])), ("25", str(years[1])[2:]), ("24", "28")):
        text = text.replace(old, new)
    text = text.replace(f'to = "{years[1] - 1}', f'to = "{years[1] + 1}').replace("continuous-", "later-")
    file.write_text(text, encoding="utf-8")
    questions = (rules / "common" / "questions.csv").read_text(encoding="utf-8").split("\n")
    own = [questions[0], *(row.replace("2023-25", cycle) for row in questions if ",2023-25," in row)]
    (rules / name / "questions.csv").write_text("\n".join(own) + "\n", encoding="utf-8")


def test_a_new_cycle_is_data_alone(rules: Path, tmp_path: Path) -> None:
    for cycle, order, years in (("2027-29", 9, (2027, 2029)), ("2029-31", 10, (2029, 2031))):
        add_cycle(rules, cycle, order, years)
    packs = load_rules(rules)
    assert (packs.orders["2027-29"], packs.orders["2029-31"]) == (9, 10)
    assert packs.cycle_named("2027/29") == "2027-29"
    first = read(TITLE.format(year=2027), GRADED, rules)
    second = read(TITLE.format(year=2029).replace("2027–29", "2029–31"), GRADED, rules)
    assert [each.report.cycle for each in (first, second)] == ["2027-29", "2029-31"]
    assert {row.grade for row in first.gradings} == {"good"} and len(first.findings) == 1
    gradings = [vars_of(row) for row in first.gradings]
    page = matrix_html(by_force([vars_of(first.report)], gradings, "2027-29", rules))
    assert "Good" in page
    assert "| 2027-29 |" in data_dictionary(rules)
    for extraction in (first, second):
        write_tables(extraction, tmp_path / "outputs")
    compared = compare(tmp_path / "outputs", rules=rules)
    assert [(link.earlier, link.later) for each in compared for link in each.links] == [(0, 1)]


def vars_of(row: object) -> dict[str, object]:
    return {name: getattr(row, name) for name in row.__slots__}  # type: ignore[attr-defined]


def test_a_cycle_without_a_number_in_time_is_refused(rules: Path) -> None:
    file = rules / "peel-2014" / "profile.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("order = 1 ", "# order = 1 "), encoding="utf-8")
    with pytest.raises(RuleError, match=r"peel-2014/profile.toml.*`order` is missing"):
        load_rules(rules)
