"""Random reports are read as they are printed; the measure itself is tested on reports it must find right or wrong."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from extractor.cli import main
from extractor.models import Extraction, Finding, Grading, Problem, Report
from extractor.pipeline import extract
from extractor.quality import random_reports
from random_reports.compose import compose, without_breaks
from random_reports.document import Bullets, Columns, Contents, Figure, Framed, Rows, leaves
from random_reports.eras import ERAS
from random_reports.made import Made, make, set_as
from random_reports.measure import Rates, read, wilson
from random_reports.pages import Finder, letters, page_letters
from random_reports.scoring import Result, score
from random_reports.style import FRAMES, PAGES, style

SEEDS = range(40)
FLOORS = {  # measured; raise them when the program becomes better, never lower them
    "findings F1": 0.995, "gradings F1": 0.995, "facts": 0.995, "question": 0.995, "status": 0.995, "parent": 0.995,
    "stem": 0.995, "deadline": 0.995, "detail": 0.995, "pages": 0.995, "grade page": 0.995,
}  # fmt: skip
SILENT = 1  # items wrong in silence in these reports: to be none


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> list[Result]:
    folder = tmp_path_factory.mktemp("random")
    return [read(make(seed, ("reportlab", "web")[seed % 2]), folder) for seed in SEEDS]


def test_random_reports_are_read_as_well_as_they_were(results: list[Result]) -> None:
    rates = {name: many / of if of else 1.0 for name, many, of in Rates(results).rows()}
    assert {name: rates[name] for name in FLOORS if rates[name] < FLOORS[name]} == {}
    assert sum(len(result.silent) for result in results) <= SILENT


# other settings, the same rows ---------------------------------------------------------------------------------------

STEADY = (4, 9, 11, 13, 14)  # reports that are read without a mistake


def rows(made: Made, folder: Path) -> Counter[tuple[object, ...]]:
    """What is found in a report, without places."""
    file = folder / made.file_name
    file.write_bytes(made.data)
    found = extract(file)
    findings = ((row.kind, row.text, row.detail, row.stem, row.deadline, row.status) for row in found.findings)
    return Counter(findings) + Counter((row.level, row.question, row.grade, row.basis) for row in found.gradings)


@pytest.mark.parametrize("seed", STEADY)
def test_page_type_and_frames_change_no_row(seed: int, tmp_path: Path) -> None:
    composed, look = compose(seed), style(seed)
    others = (
        replace(look, page=PAGES["B5"], margin=50.0), replace(look, font="DejaVu Serif", size=9.5),
        *(replace(look, frame=frame, bullet="–") for frame in FRAMES[:3]),
    )  # fmt: skip
    first = rows(set_as(composed, look, "reportlab"), tmp_path)
    assert first
    for other in others:
        assert rows(set_as(composed, other, "reportlab"), tmp_path) == first, other


@pytest.mark.parametrize("seed", STEADY)
def test_page_breaks_and_the_web_change_no_row(seed: int, tmp_path: Path) -> None:
    composed, look = compose(seed), style(seed)
    first = rows(set_as(composed, look, "reportlab"), tmp_path)
    assert rows(set_as(without_breaks(composed), look, "reportlab"), tmp_path) == first
    assert rows(set_as(composed, look, "web"), tmp_path) == first


# the generator -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("producer", ["reportlab", "web"])
def test_the_same_number_gives_the_same_report(producer: str) -> None:
    first, second = make(3, producer), make(3, producer)
    assert first == second
    assert make(4, producer).data != first.data


def test_the_reports_differ_in_all_that_real_ones_differ_in() -> None:
    reports = [compose(seed) for seed in range(150)]
    findings = [row for report in reports for row in report.wanted.findings]
    gradings = [row for report in reports for row in report.wanted.gradings]
    assert {report.era for report in reports} == set(ERAS)
    assert {row["type"] for row in findings} == {
        "area_for_improvement", "cause_of_concern", "recommendation", "innovative_practice", "promising_practice"
    }  # fmt: skip
    assert {row["basis"] for row in gradings} == {"inspected", "carried_over", "not_graded"}
    assert {row["grade"] for row in gradings} == {
        None, "outstanding", "good", "adequate", "requires improvement", "inadequate"
    }  # fmt: skip
    for share in ("limbs", "deadline", "origin_cycle", "stem", "detail", "parent"):
        assert any(row[share] for row in findings) and not all(row[share] for row in findings), share
    kinds = {type(block) for report in reports for block in report.blocks}
    assert {Bullets, Columns, Contents, Figure, Framed, Rows} <= kinds
    assert len({style(seed).bullet for seed in range(150)}) > 8


@pytest.mark.parametrize("seed", range(6))
def test_every_answer_is_printed(seed: int) -> None:
    made = make(seed, "reportlab")
    printed = "".join(page_letters(made.data))
    assert made.gold["findings"] or made.gold["gradings"]
    for row in made.gold["findings"]:
        assert letters(row["text"])[:20] in printed and letters(row["text"])[-12:] in printed
        assert row["page_start"] and row["page_end"] and row["page_start"] <= row["page_end"]
    words = [text for text, _ in leaves(compose(seed).blocks)]
    assert sum(letters(text) in printed for text in words) > 0.9 * len(words)


def test_a_text_is_found_over_a_page_break_with_running_lines_between() -> None:
    pages = [letters("Contents The force should act. It must plan"), letters("3 PEEL 2017 for the future. The end.")]
    finder = Finder(pages)
    assert finder.find("The force should act.") == (1, 1)
    assert finder.find("It must plan for the future.") == (1, 2)
    assert finder.find("It must plan") is None


# the measure ---------------------------------------------------------------------------------------------------------


def found(made: Made, without: str | None = None, problems: tuple[Problem, ...] = ()) -> Extraction:
    """The answer of a report as if the program had found it, but for one finding."""
    gold = made.gold["report"]
    report = Report(
        "r", "t", gold["force"], None, gold["publisher"], gold["cycle"], gold["pillar"], gold["published"],
        gold["pages"], "s", "0", None, "", "", "ok",
    )  # fmt: skip
    gradings = tuple(
        Grading(row["id"], "r", row["level"], row["question"], None, row["grade"], row["basis"], None, None,
                row["page"], (), "")
        for row in made.gold["gradings"]
    )  # fmt: skip
    findings = tuple(
        Finding(row["id"], "r", row["type"], row["question"], None, 0, row["text"], row["detail"], row["parent"],
                row["stem"], tuple(row["limbs"]), row["deadline"], None, None, row["status"], row["origin_cycle"],
                row["page_start"], row["page_end"], (), "")
        for row in made.gold["findings"]
        if row["id"] != without
    )  # fmt: skip
    return Extraction(report, (), gradings, findings, problems)


@pytest.mark.parametrize("seed", range(8))
def test_the_answer_itself_has_no_mistake(seed: int) -> None:
    made = make(seed, "reportlab")
    assert score(made, found(made)).mistakes == []


def test_a_missed_finding_is_silent_until_something_is_said_on_its_page() -> None:
    made = make(0, "reportlab")
    last = made.gold["findings"][-1]
    assert [mistake.loud for mistake in score(made, found(made, last["id"])).mistakes] == [False]
    for page, loud in ((last["page_start"], True), (last["page_start"] + 1, True), (1, False)):
        problem = Problem("r", "s", "checks", "text_not_placed", "doubt", page, "look at the page")
        result = score(made, found(made, last["id"], (problem,)))
        kind = f"finding missed ({last['type']})"
        assert [(mistake.kind, mistake.loud) for mistake in result.mistakes] == [(kind, loud)]
        assert result.alarms == Counter({("problem text_not_placed", loud): 1})


def test_each_attribute_counts() -> None:
    made = make(0, "reportlab")
    whole = found(made)
    changes = {"status": "restated", "stem": "The force should:", "deadline": "By May", "detail": "More.",
               "page_last": 99, "question": "Another question?"}  # fmt: skip
    for name, value in changes.items():
        other = replace(whole, findings=(replace(whole.findings[0], **{name: value}), *whole.findings[1:]))
        assert [m.kind for m in score(made, other).mistakes] == [{"page_last": "pages"}.get(name, name)]


def test_wilson() -> None:
    low, high = wilson(0, 216)
    assert low == pytest.approx(0) and 0.0170 < high < 0.0180
    assert wilson(0, 0) == (0.0, 1.0)


# the verb ------------------------------------------------------------------------------------------------------------


def test_the_verb_prints_rates_and_alarms(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--random", "2", "--seed", "4", "--producer", "web"]) in (0, 1)
    told = capsys.readouterr().out
    assert told.startswith("2 random reports, seeds 4 to 5") and "findings F1" in told and "flag or problem" in told
    main(["check", "--random", "1", "--producer", "web", "--json"])
    assert json.loads(capsys.readouterr().out)["rates"]["facts"]["of"] == 6


def test_the_verb_says_what_it_needs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for words, told in (
        (["--random", "0"], "give a number of reports from 1 on"),
        (["--random", "1", "--producer", "quill"], "this machine has reportlab, web"),
    ):
        assert main(["check", *words]) == 2
        assert told in capsys.readouterr().err
    monkeypatch.setattr(random_reports, "TESTS", Path("nowhere"))
    assert main(["check", "--random", "1"]) == 2
    assert "in a checkout of the project" in capsys.readouterr().err
