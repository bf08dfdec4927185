"""Names as people type them: what is meant is found, what is unclear is named, nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.errors import NoSuchReport, UnknownForce
from extractor.tables.lookup import findings_named, force_named, forces_named, report_named, reports_named
from extractor.tables.schemas import SCHEMAS
from extractor.tables.write import write_rows

FORCES = {
    "cleveland": "Cleveland Police",
    "city-of-london": "City of London Police",
    "west-mercia": "West Mercia Police",
}
REPORTS = (
    ("2016-effectiveness-cleveland", "Cleveland Police", "2016"),
    ("2016-legitimacy-cleveland", "Cleveland Police", "2016"),
    ("2021-22-integrated-west-mercia", "West Mercia Police", "2021/22"),
)


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    for report_id, name, cycle in REPORTS:
        row = dict.fromkeys(SCHEMAS["reports"].names) | {"report_id": report_id, "force_name": name, "cycle": cycle}
        write_rows("reports", [row], tmp_path, report_id)
        rows = [
            dict.fromkeys(SCHEMAS["findings"].names) | {"finding_id": f"{report_id}/afi/{end}", "report_id": report_id}
            for end in ("aa11", "aa22", "bb33")
        ]
        write_rows("findings", rows, tmp_path, report_id)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("2016-legitimacy-cleveland", "2016-legitimacy-cleveland"),
        ("2016-leg", "2016-legitimacy-cleveland"),
        ("2021", "2021-22-integrated-west-mercia"),
        ("West Mercia", "2021-22-integrated-west-mercia"),
        ("west mercia police", "2021-22-integrated-west-mercia"),
        ("Cleveland legitimacy", "2016-legitimacy-cleveland"),
        ("cleveland 2016 eff", "2016-effectiveness-cleveland"),
    ],
)
def test_a_report_is_found(words: str, meant: str, outputs: Path) -> None:
    assert report_named(words, outputs) == meant


def test_an_unclear_name_lists_what_it_may_be(outputs: Path) -> None:
    with pytest.raises(NoSuchReport, match=r"2016-effectiveness-cleveland or 2016-legitimacy-cleveland; give more"):
        report_named("cleveland", outputs)


def test_a_misspelt_name_gets_a_suggestion(outputs: Path) -> None:
    with pytest.raises(NoSuchReport, match="did you mean 2016-legitimacy-cleveland"):
        report_named("2016-legitimacy-clevland", outputs)
    with pytest.raises(UnknownForce, match="did you mean cleveland"):
        force_named("clevland", FORCES)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["west", "mercia"], [REPORTS[2][0]]),
        (["cleveland", "2016", "eff"], [REPORTS[0][0]]),
        (["2016-eff", "West Mercia"], [REPORTS[0][0], REPORTS[2][0]]),
        (["mercia", "2016-eff", "mercia"], [REPORTS[2][0], REPORTS[0][0]]),
    ],
)
def test_words_without_quotes_are_one_name_else_each_is_one(words: list[str], meant: list[str], outputs: Path) -> None:
    assert reports_named(words, outputs) == meant


@pytest.mark.parametrize("words", [["mercia", "2016"], ["mercia", "fire"], ["kent", "fire"], ["2016-eff", "2021"]])
def test_words_that_name_nothing_together_are_not_split(words: list[str], outputs: Path) -> None:
    with pytest.raises(NoSuchReport, match=f"'{' '.join(words)}'"):
        reports_named(words, outputs)


def test_no_reports_at_all_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(NoSuchReport, match="peel extract"):
        report_named("cleveland", tmp_path)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Cleveland Police", "cleveland"),
        ("clev", "cleveland"),
        ("City of London", "city-of-london"),
        ("london", "city-of-london"),
        ("West Mercia Police", "west-mercia"),
    ],
)
def test_a_force_is_found(words: str, meant: str) -> None:
    assert force_named(words, FORCES) == meant


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["city", "of", "London"], ["city-of-london"]),
        (["mercia", "cleveland"], ["west-mercia", "cleveland"]),
    ],
)
def test_forces_are_one_name_or_each_word_is_one(words: list[str], meant: list[str]) -> None:
    assert forces_named(words, FORCES) == meant


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["Cleveland", "Police", "2021"], "no reports of 'Cleveland Police 2021'; did you mean cleveland"),
        (["west", "clevland"], "no reports of 'west clevland'; did you mean cleveland or west-mercia"),
    ],
)
def test_words_that_name_no_forces_are_told_together(words: list[str], told: str) -> None:
    with pytest.raises(UnknownForce, match=told):
        forces_named(words, FORCES)


def test_no_number_of_others_hides_a_single_one() -> None:
    with pytest.raises(UnknownForce, match=r"f7 or f8$"):
        force_named("x", {f"f{number}": "" for number in range(9)})


def test_the_longer_of_two_names_does_not_hide_the_shorter() -> None:
    assert force_named("sussex", {"sussex": "Sussex Police", "sussex-east": "East Sussex"}) == "sussex"
    with pytest.raises(UnknownForce, match="may be"):
        force_named("police", FORCES)


def test_a_finding_is_found_by_the_beginning_of_its_id(outputs: Path) -> None:
    report, findings, whole = findings_named("2016-leg/afi/b", outputs)
    assert report["report_id"] == "2016-legitimacy-cleveland" and not whole
    assert [row["finding_id"] for row in findings] == ["2016-legitimacy-cleveland/afi/bb33"]
    assert findings_named("2016-leg", outputs)[2] and len(findings_named("2016-leg", outputs)[1]) == 3
    with pytest.raises(NoSuchReport, match=r"aa11 or .*aa22"):
        findings_named("2016-leg/afi/aa", outputs)
    with pytest.raises(NoSuchReport, match="peel show"):
        findings_named("2016-leg/afi/cc", outputs)
