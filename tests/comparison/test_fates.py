"""Fates: laws that hold for every table, letters that close, papers that take no part, doubts that are told."""

from __future__ import annotations

import pytest
from chains_score import CHAINS, histories
from test_compare import (
    COC,
    DEVICES,
    DEVICES_AGAIN,
    SUPERVISION,
    SUPERVISION_AGAIN,
    VETTING,
    fates,
    found,
    item,
    report,
)

from extractor.comparison.closures import Closures
from extractor.comparison.fates import FATE, Fates
from extractor.comparison.links import Linker
from extractor.comparison.rules import load_compare_rules
from extractor.comparison.weights import Weights
from extractor.models import Problem

RULES = load_compare_rules()


@pytest.mark.parametrize("name", ["development", "held_out", "unseen"])
def test_a_linked_finding_never_has_a_fate_that_contradicts_its_link(name):
    forces = histories(CHAINS / f"{name}.csv")
    weights = Weights.learn(RULES.lexicon, ((force.force_id, item.text) for force in forces for item in force.items))
    for force in forces:
        links = Linker(force, weights, RULES).links()
        closures = Closures(force, weights, RULES, lambda _: ())
        told = {fate.item: fate for fate in Fates(force, RULES, links, closures, {}, {}).all()}
        for link in links:
            fate = told[link.earlier]
            nearest = [
                each for each in links if force.items[each.later].id == fate.link and each.earlier == link.earlier
            ]
            assert fate.fate in ("repeated", "reworded", "escalated", "eased")
            assert fate.fate == FATE.get(nearest[0].relation, "reworded")
        linked = {force.items[link.earlier].block for link in links}
        assert {force.items[place].block for place, fate in told.items() if fate.link} == linked
        assert {fate.item for fate in told.values()} >= {link.earlier for link in links}


def test_the_next_report_is_the_next_that_looks_at_the_question(tmp_path):
    report(tmp_path, "2016", "effectiveness", item("a1", SUPERVISION))
    report(tmp_path, "2017", "effectiveness", grades={"investigating-crime": ("good", "carried_over")})
    looks = report(tmp_path, "2018/19", "integrated", item("c1", DEVICES))
    assert found(tmp_path).fate_rows()[0]["next_report_id"] == looks
    assert fates(found(tmp_path)) == {"a1": "not_seen_again"}


def test_a_letter_closes_with_its_sentence(tmp_path):
    report(
        tmp_path, "2021/22", "integrated", item("a1", SUPERVISION, kind=COC), item("a2", DEVICES), published="2022-05"
    )
    said = "We are satisfied that supervision has improved and the cause of concern is closed."
    judged = item("l1", SUPERVISION_AGAIN, kind=COC, outcome="closed", outcome_sentence=said)
    letter = report(tmp_path, "2023-25", "integrated", judged, kind="letter", sent="2023-02-01")
    rows = found(tmp_path).fate_rows()
    assert [(str(row["finding_id"])[-2:], row["fate"], row["next_report_id"]) for row in rows] == [
        ("a1", "closed", letter)
    ]
    assert said in str(rows[0]["evidence"]) and "page 10" in str(rows[0]["evidence"])


def test_a_failed_report_and_other_papers_take_no_part(tmp_path):
    report(tmp_path, "2016", "effectiveness", item("a1", SUPERVISION))
    report(tmp_path, "2017", "effectiveness", item("b1", SUPERVISION), status="failed")
    report(tmp_path, "2021/22", "integrated", item("c1", SUPERVISION), kind="joint_area")
    compared = found(tmp_path)
    assert [row["report_id"] for row in compared.history.reports] == ["2016-effectiveness-cleveland"]
    assert compared.links == () and compared.fates == ()


def test_doubts_about_how_a_report_was_read_stand_beside_not_seen_again(tmp_path):
    report(tmp_path, "2016", "effectiveness", item("a1", SUPERVISION))
    later = "2017-effectiveness-cleveland"
    doubt = Problem(later, "x.pdf", "findings", "lost-list", "doubt", 7, "a list could not be read")
    report(tmp_path, "2017", "effectiveness", item("b1", VETTING), problems=(doubt,))
    row = found(tmp_path).fate_rows()[0]
    assert row["fate"] == "not_seen_again" and "page 7: a list could not be read" in str(row["evidence"])


def test_a_finding_with_candidates_is_not_called_not_seen_again_without_them(tmp_path):
    report(tmp_path, "2016", "effectiveness", item("a1", DEVICES), item("a2", DEVICES_AGAIN))
    report(tmp_path, "2017", "effectiveness", item("b1", "The force should reduce the queue at its forensic unit"))
    compared = found(tmp_path)
    named = {row["earlier_id"]: row["later_id"] for row in compared.candidate_rows()}
    for row in compared.fate_rows():
        if row["fate"] == "not_seen_again" and row["finding_id"] in named:
            assert named[row["finding_id"]] in row["evidence"]
    assert named
