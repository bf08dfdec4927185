"""Links between findings over the years, their fates, and what is said of grades."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from chains_score import CHAINS, measure

from extractor.cli import main
from extractor.comparison.chains import standing, threads
from extractor.comparison.compared import Compared
from extractor.comparison.rules import CompareRules, load_compare_rules
from extractor.comparison.terminal import as_text
from extractor.comparison.themes import count_themes, themes_of
from extractor.comparison.year_on_year import Tables, compare, decide
from extractor.decisions.store import read_verdicts
from extractor.errors import RuleError, UnknownForce
from extractor.models import Extraction, Finding, Grading, Problem, Report, Section
from extractor.rulebook.folder import rules_root
from extractor.rulebook.load import load_rules
from extractor.tables.read import read_rows
from extractor.tables.write import write_tables
from extractor.vocabulary import KIND_CODES

AFI, COC, REC = "area_for_improvement", "cause_of_concern", "recommendation"
RULES = load_compare_rules()


def item(
    key: str, text: str, question: str = "investigating-crime", kind: str = AFI, **more: object
) -> tuple[str, str, str, str, dict[str, object]]:
    return key, text, question, kind, more


def report(
    outputs: Path,
    cycle: str,
    pillar: str,
    *items: tuple[str, str, str, str, dict[str, object]],
    force: str = "cleveland",
    grades: dict[str, str | tuple[str, str]] | None = None,
    sections: tuple[tuple[int, str], ...] = (),
    published: str | None = None,
    problems: tuple[Problem, ...] = (),
    **about: str,
) -> str:
    """Write one report's tables; `grades` maps a question to its grade, or to (grade, basis)."""
    report_id = f"{cycle.replace('/', '-')}-{pillar}-{force}"
    head = Report(
        report_id,
        "PEEL",
        force,
        f"{force.title()} Police",
        "HMIC",
        cycle,
        pillar,
        published,
        40,
        "x.pdf",
        "0" * 64,
        "p",
        "0",
        "0",
        "ok",
    )
    found = []
    for order, (key, text, question, kind, more) in enumerate(items):
        empty = ("detail", "parent_id", "stem", "deadline", "deadline_on", "addressee", "origin_cycle")
        values: dict[str, object] = dict.fromkeys(empty)
        values |= {
            "limbs": (),
            "boxes": (),
            "status": "new",
            "rule_id": "r",
            "page_first": 10 + order,
            "page_last": 10 + order,
        }
        values |= more
        if values["parent_id"]:
            values["parent_id"] = f"{report_id}/coc/{values['parent_id']}"
        found.append(
            Finding(f"{report_id}/{KIND_CODES[kind]}/{key}", report_id, kind, question, question, order, text, **values)
        )  # type: ignore[arg-type]
    given = grades if grades is not None else {question: "good" for _, _, question, _, _ in items}
    gradings = []
    for number, (question, grade) in enumerate(given.items()):
        word, basis = grade if isinstance(grade, tuple) else (grade, "inspected")
        gradings.append(
            Grading(
                f"{report_id}/grade/{number}",
                report_id,
                "question",
                question,
                question,
                word,
                basis,
                None,
                word,
                5,
                (),
                "r",
            )
        )
    parts = tuple(
        Section(f"{report_id}/s{number}", report_id, None, number, 1, "Part", "body", None, page, page, text)
        for number, (page, text) in enumerate(sections)
    )
    write_tables(Extraction(replace(head, **about), parts, tuple(gradings), tuple(found), problems), outputs)
    return report_id


def found(outputs: Path, force: str = "cleveland") -> Compared:
    return Tables(outputs, verdicts=outputs / "verdicts.csv").compare(force)


def relations(compared: Compared) -> dict[tuple[str, str], str]:
    """Links by the last part of the two ids."""
    return {(row["earlier_id"][-2:], row["later_id"][-2:]): row["relation"] for row in compared.link_rows()}


def fates(compared: Compared) -> dict[str, str]:
    return {str(row["finding_id"])[-2:]: str(row["fate"]) for row in compared.fate_rows()}


SUPERVISION = "The force should ensure that supervisors check the quality and progress of investigations regularly."
SUPERVISION_AGAIN = "The force needs to make sure that all investigations are effectively supervised"
DEVICES = (
    "The force should improve its ability to retrieve digital evidence from mobile phones quickly enough to ensure "
    "that investigations are not delayed."
)
DEVICES_AGAIN = "The force should make sure that digital devices are examined without delay"
VETTING = "The force should ensure that all members of its workforce have up-to-date vetting."


# the rules ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("term", RULES.lexicon.terms, ids=lambda term: term.id)
def test_a_term_is_found_in_its_examples_and_not_in_its_counter_examples(term):
    assert term.examples and term.counter
    assert all(term.id in RULES.lexicon.marks(example) for example in term.examples)
    assert not any(term.id in RULES.lexicon.marks(counter) for counter in term.counter)


@pytest.mark.parametrize("matter", load_rules().matters, ids=lambda matter: matter.id)
def test_a_matter_is_found_in_its_examples_and_not_in_its_counter_examples(matter):
    assert all(matter.id in RULES.matters.of(example) for example in matter.examples)
    assert not any(matter.id in RULES.matters.of(counter) for counter in matter.counter)


def test_every_family_of_words_serves_a_matter_and_repeats_no_form():
    used = {family for matter in load_rules().matters for way in matter.ways for family in way}
    assert {family.id for family in load_rules().word_families} == used
    assert [family.id for family in load_rules().word_families if len(set(family.forms)) < len(family.forms)] == []


@pytest.mark.parametrize("phrase", [*RULES.progress, *RULES.caveats], ids=lambda phrase: phrase.id)
def test_a_phrase_is_found_in_its_examples_and_not_in_its_counter_examples(phrase):
    assert phrase.examples and phrase.counter
    assert all(phrase.found(example) for example in phrase.examples)
    assert not any(phrase.found(counter) for counter in phrase.counter)


@pytest.mark.parametrize("phrase", RULES.opener_phrases, ids=lambda phrase: phrase.id)
def test_an_opener_is_stripped_from_its_examples_only(phrase):
    assert all(phrase.pattern.search(example) for example in phrase.examples)
    assert not any(phrase.pattern.search(counter) for counter in phrase.counter)


@pytest.mark.parametrize("theme", RULES.themes, ids=lambda theme: theme.id)
def test_a_theme_takes_its_examples_and_leaves_its_counter_examples(theme):
    assert theme.examples and theme.counter
    assert all(theme.terms & set(RULES.lexicon.marks(example)) for example in theme.examples)
    assert not any(theme.terms & set(RULES.lexicon.marks(counter)) for counter in theme.counter)


def test_no_form_of_words_belongs_to_two_terms_or_shrinks_to_one_plain_word():
    owners: dict[tuple[str, ...], set[str]] = {}
    for term in RULES.lexicon.terms:
        for form in term.forms:
            words = tuple(RULES.lexicon.stems(form))
            assert words, f"{term.id}: {form!r} is made of small words only"
            owners.setdefault(words, set()).add(term.id)
    assert {words: sorted(ids) for words, ids in owners.items() if len(ids) > 1} == {}


def test_every_question_of_the_crosswalk_has_a_family():
    lines = (rules_root() / "common" / "questions.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert {line.split(",")[0] for line in lines} <= set(RULES.families)


def test_a_wrong_rule_is_named_with_its_place(tmp_path):
    shutil.copytree(rules_root(), tmp_path, dirs_exist_ok=True)
    (tmp_path / "common" / "progress.jsonl").write_text(
        '{"id": "broken", "sense": "open", "pattern": "(", "examples": ["("], "counter": ["x"]}\n'
    )
    with pytest.raises(RuleError, match=r"progress\.jsonl:1"):
        load_compare_rules(tmp_path)


# links on chains ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "precision", "recall", "misled"),
    [
        ("development", 0.85, 0.73, 14),  # its near misses differ by a word or two
        ("held_out", 0.95, 0.75, 0),
        ("learning_1", 0.95, 0.75, 1),
        ("learning_2", 0.9, 0.8, 2),
    ],
)
def test_links_on_the_chains_they_were_learned_on(name, precision, recall, misled):
    score = measure(CHAINS / f"{name}.csv")
    assert score.precision >= precision and score.recall >= recall and score.relation >= 0.9
    assert len(score.misled) <= misled


def test_links_on_chains_that_were_not_used_for_learning():
    score = measure(CHAINS / "unseen.csv")
    assert score.precision >= 0.95 and score.recall >= 0.75 and score.relation >= 0.9
    assert len(score.misled) <= len(score.near) / 40
    assert score.shown >= 0.97


def test_stock_wording_of_different_forces_is_never_linked(tmp_path):
    for force in ("cleveland", "durham"):
        report(tmp_path, "2015", "legitimacy", item("a1", VETTING, "ethical-workforce"), force=force)
    report(tmp_path, "2016", "legitimacy", item("b1", VETTING, "ethical-workforce"), force="surrey")
    assert [row for compared in compare(tmp_path, verdicts=tmp_path / "v.csv") for row in compared.link_rows()] == []


def test_findings_of_one_cycle_are_never_linked(tmp_path):
    report(tmp_path, "2015", "effectiveness", item("a1", SUPERVISION))
    report(tmp_path, "2015", "legitimacy", item("b1", SUPERVISION))
    assert found(tmp_path).links == ()


# relations ------------------------------------------------------------------------------------------------------------


def test_same_words_are_the_same_whatever_the_full_stop(tmp_path):
    report(tmp_path, "2021/22", "integrated", item("a1", SUPERVISION))
    report(tmp_path, "2023-25", "integrated", item("b1", SUPERVISION.rstrip(".")))
    assert relations(found(tmp_path)) == {("a1", "b1"): "same"}
    assert fates(found(tmp_path)) == {"a1": "repeated"}


def test_an_item_that_enters_a_concern_is_escalated_and_one_that_leaves_it_eased(tmp_path):
    report(tmp_path, "2016", "effectiveness", item("a1", SUPERVISION))
    concern = item("b1", "The force doesn’t supervise its investigations well enough.", kind=COC)
    advice = item(
        "b2",
        "make sure that supervisors review investigations; and",
        kind=REC,
        parent_id="b1",
        stem="The force should immediately:",
    )
    report(tmp_path, "2018/19", "integrated", concern, advice)
    report(tmp_path, "2021/22", "integrated", item("c1", SUPERVISION_AGAIN))
    said = relations(found(tmp_path))
    assert said["a1", "b1"] == "escalated" and said["b1", "c1"] == "eased"
    assert fates(found(tmp_path)) == {"a1": "escalated", "b1": "eased", "b2": "eased"}


def test_a_problem_that_a_report_on_the_question_lacks_recurs(tmp_path):
    report(tmp_path, "2015", "effectiveness", item("a1", SUPERVISION))
    silent = report(tmp_path, "2016", "effectiveness", item("b1", DEVICES))
    report(tmp_path, "2017", "effectiveness", item("c1", SUPERVISION))
    compared = found(tmp_path)
    assert relations(compared) == {("a1", "c1"): "recurred"}
    assert silent in compared.link_rows()[0]["evidence"]
    row = compared.fate_rows()[0]
    assert (row["fate"], row["next_report_id"]) == ("reworded", "2017-effectiveness-cleveland")
    assert f"recurred in 2017-effectiveness-cleveland, page 10; {silent} looked" in str(row["evidence"])


def test_a_question_not_inspected_in_between_is_no_gap(tmp_path):
    report(tmp_path, "2016", "effectiveness", item("a1", SUPERVISION))
    report(tmp_path, "2017", "effectiveness", grades={"investigating-crime": ("good", "carried_over")})
    report(tmp_path, "2018/19", "integrated", item("c1", SUPERVISION_AGAIN))
    compared = found(tmp_path)
    assert relations(compared) == {("a1", "c1"): "reworded"}
    assert fates(compared) == {"a1": "reworded"}


def test_a_question_that_only_a_carried_over_grade_speaks_of_is_not_inspected(tmp_path):
    report(tmp_path, "2016", "effectiveness", item("a1", SUPERVISION))
    report(tmp_path, "2017", "effectiveness", grades={"investigating-crime": ("good", "carried_over")})
    row = found(tmp_path).fate_rows()[0]
    assert (row["fate"], row["next_report_id"]) == ("not_inspected", "2017-effectiveness-cleveland")
    assert "carries the grade of this question over" in str(row["evidence"])


def test_an_item_splits_and_two_items_merge(tmp_path):
    both = f"{DEVICES_AGAIN}; and that all investigations are effectively supervised."
    report(tmp_path, "2018/19", "integrated", item("a1", both))
    report(tmp_path, "2021/22", "integrated", item("b1", DEVICES_AGAIN), item("b2", SUPERVISION_AGAIN))
    report(tmp_path, "2023-25", "integrated", item("c1", both))
    assert relations(found(tmp_path)) == {
        ("a1", "b1"): "split",
        ("a1", "b2"): "split",
        ("b1", "c1"): "merged",
        ("b2", "c1"): "merged",
    }


def test_same_subject_and_another_demand_is_no_link(tmp_path):
    report(
        tmp_path,
        "2016",
        "legitimacy",
        item(
            "a1",
            "The force should ensure that stop and search records include sufficient reasonable grounds.",
            "treating-public",
        ),
    )
    other = "The force should make sure that an external panel scrutinises its use of stop and search."
    report(tmp_path, "2017", "legitimacy", item("b1", other, "treating-public"))
    assert found(tmp_path).links == ()


def test_a_sentence_that_names_its_predecessor_is_evidence(tmp_path):
    report(
        tmp_path,
        "2021/22",
        "integrated",
        item("a1", "The force should improve how well it looks after the welfare of its detectives"),
        published="2022-07",
    )
    detail = "In our 2022 inspection we said that the force should look after its detectives. It is no better."
    report(
        tmp_path, "2023-25", "integrated", item("b1", "The force needs to look after its investigators", detail=detail)
    )
    rows = found(tmp_path).link_rows()
    assert len(rows) == 1 and "In our 2022 inspection we said" in rows[0]["evidence"]


def test_practice_is_linked_with_practice_only(tmp_path):
    text = "The force uses drones to find people who are missing"
    report(tmp_path, "2021/22", "integrated", item("a1", text, "protecting-vulnerable", "innovative_practice"))
    report(tmp_path, "2023-25", "integrated", item("b1", text, "protecting-vulnerable"))
    assert found(tmp_path).links == ()


# fates ----------------------------------------------------------------------------------------------------------------


def test_a_report_of_another_pillar_does_not_cover_a_question(tmp_path):
    report(tmp_path, "2015", "effectiveness", item("a1", SUPERVISION))
    report(tmp_path, "2016", "legitimacy", item("b1", VETTING, "ethical-workforce"))
    next_one = report(tmp_path, "2018/19", "integrated", item("c1", SUPERVISION_AGAIN))
    row = found(tmp_path).fate_rows()[0]
    assert (row["next_report_id"], row["fate"]) == (next_one, "reworded")


def test_every_earlier_finding_has_one_fate_and_the_last_ones_none(tmp_path):
    report(tmp_path, "2015", "effectiveness", item("a1", SUPERVISION), item("a2", DEVICES))
    report(tmp_path, "2015", "legitimacy", item("a3", VETTING, "ethical-workforce"))
    report(tmp_path, "2016", "effectiveness", item("b1", SUPERVISION), item("b2", DEVICES_AGAIN))
    rows = found(tmp_path).fate_rows()
    assert [str(row["finding_id"])[-2:] for row in rows] == ["a1", "a2", "a3"]
    assert rows[2]["fate"] == "not_inspected" and rows[2]["next_report_id"] is None


def test_resolved_is_said_only_with_the_sentence_and_the_page(tmp_path):
    report(
        tmp_path,
        "2017",
        "efficiency",
        item("a1", "The force should understand the skills of its workforce.", "using-resources"),
    )
    said = "In 2017, we said that the force should understand its skills. There are no longer such concerns."
    report(
        tmp_path,
        "2018/19",
        "integrated",
        grades={"using-resources": "good"},
        sections=((31, f"The force is good. {said} It plans well."),),
    )
    row = found(tmp_path).fate_rows()[0]
    assert row["fate"] == "closed" and row["link"] is None
    assert "There are no longer such concerns." in str(row["evidence"]) and "page 31" in str(row["evidence"])


def test_a_sentence_about_something_else_is_no_evidence_for_what_stands_before_it(tmp_path):
    skills, files = "understand the skills of its workforce", "improve the quality of its case files"
    items = (item("a1", f"The force should {skills}."), item("a2", f"The force should {files}."))
    report(tmp_path, "2017", "effectiveness", *items)
    said = f"It doesn’t yet {skills}. Last year we said that the force should {files}; it has done so."
    report(tmp_path, "2018/19", "integrated", grades={"investigating-crime": "good"}, sections=((31, said),))
    assert fates(found(tmp_path)) == {"a1": "not_seen_again", "a2": "closed"}


def test_words_that_say_not_resolved_are_no_evidence(tmp_path):
    report(
        tmp_path,
        "2017",
        "efficiency",
        item("a1", "The force should understand the skills of its workforce.", "using-resources"),
    )
    said = "Our cause of concern about the skills of the workforce has not been resolved."
    report(tmp_path, "2018/19", "integrated", grades={"using-resources": "good"}, sections=((31, said),))
    assert fates(found(tmp_path)) == {"a1": "not_seen_again"}


def test_a_question_that_is_not_known_is_said_to_be_so(tmp_path):
    report(tmp_path, "2021/22", "integrated", item("a1", SUPERVISION), grades={})
    report(tmp_path, "2023-25", "integrated", item("b1", VETTING, "ethical-workforce"), grades={})
    row = found(tmp_path).fate_rows()[0]
    assert row["fate"] == "not_seen_again" and "not known" in str(row["evidence"])


# grades ---------------------------------------------------------------------------------------------------------------


def test_a_change_of_grade_across_frameworks_carries_the_caveat(tmp_path):
    report(tmp_path, "2015", "effectiveness", grades={"investigating-crime": "good"})
    report(tmp_path, "2016", "effectiveness", grades={"investigating-crime": "requires improvement"})
    own = "For these reasons the grades in this report can’t be compared directly with those of earlier inspections."
    report(
        tmp_path,
        "2021/22",
        "integrated",
        grades={"investigating-crime": "adequate"},
        sections=((4, f"We changed much. {own} More follows."),),
    )
    changes = found(tmp_path).grades.changes
    assert [(change.before, change.after, change.comparable) for change in changes] == [
        ("good", "requires improvement", True),
        ("requires improvement", "adequate", False),
    ]
    assert changes[0].note == "" and changes[1].note == own


def test_a_grade_carried_over_is_no_new_judgment(tmp_path):
    report(tmp_path, "2016", "effectiveness", grades={"investigating-crime": "good"})
    report(tmp_path, "2017", "effectiveness", grades={"investigating-crime": ("good", "carried_over")})
    assert found(tmp_path).grades.changes == ()


# verdicts -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def two_years(tmp_path):
    report(tmp_path, "2016", "effectiveness", item("a1", SUPERVISION), item("a2", DEVICES))
    report(tmp_path, "2018/19", "integrated", item("b1", SUPERVISION_AGAIN), item("b2", DEVICES_AGAIN))
    return tmp_path


def ids(outputs: Path) -> dict[str, str]:
    return {row["finding_id"][-2:]: row["finding_id"] for row in read_rows("findings", outputs)}


def test_a_rejected_link_stays_listed_and_decides_no_fate(two_years):
    name, file = ids(two_years), two_years / "verdicts.csv"
    decide(Tables(two_years, verdicts=file), name["a1"], name["b1"], "rejected", file)
    compared = found(two_years)
    assert [(row["earlier_id"][-2:], row["verdict"]) for row in compared.link_rows()] == [
        ("a1", "rejected"),
        ("a2", None),
    ]
    assert fates(compared) == {"a1": "not_seen_again", "a2": "reworded"}
    assert len(compared.valid()) == 1
    assert "1 link (and 1 rejected link)" in as_text(compared, {}).splitlines()[0]


def test_a_relabelled_link_and_one_that_only_an_analyst_saw(two_years):
    name, file = ids(two_years), two_years / "verdicts.csv"
    decide(Tables(two_years, verdicts=file), name["a1"], name["b1"], "widened", file, by="A. Analyst")
    decide(Tables(two_years, verdicts=file), name["a1"], name["b2"], "confirmed", file)
    rows = {(row["earlier_id"][-2:], row["later_id"][-2:]): row for row in found(two_years).link_rows()}
    assert rows["a1", "b1"]["relation"] == "widened" and rows["a1", "b1"]["verdict"] == "widened"
    assert rows["a1", "b2"]["verdict"] == "confirmed"
    assert read_verdicts(file)[0].by == "A. Analyst"


def test_a_verdict_on_what_does_not_exist_is_refused(two_years):
    name, file = ids(two_years), two_years / "verdicts.csv"
    tables = Tables(two_years, verdicts=file)
    with pytest.raises(UnknownForce, match="nothing-here"):
        decide(tables, name["a1"], "nothing-here", "confirmed", file)
    with pytest.raises(UnknownForce, match=f"did you mean .*{name['a1']}"):
        decide(tables, name["a1"][:-1], name["b1"], "confirmed", file)
    with pytest.raises(UnknownForce, match="later cycle"):
        decide(tables, name["b1"], name["a1"], "confirmed", file)
    with pytest.raises(ValueError, match="maybe"):
        decide(tables, name["a1"], name["b1"], "maybe", file)
    assert not file.exists()


# themes, threads, standing --------------------------------------------------------------------------------------------


def test_a_finding_may_have_several_themes_and_none_is_shown(tmp_path):
    text = (
        "The force should make sure that victims of domestic abuse are kept informed about the progress of their case."
    )
    report(
        tmp_path,
        "2016",
        "effectiveness",
        item("a1", text, "protecting-vulnerable"),
        item("a2", "The force should act.", ""),
    )
    history = found(tmp_path).history
    assert {"vulnerability", "victims"} <= set(themes_of(history.items[0], RULES))
    assert themes_of(history.items[1], RULES) == ()
    counts = {count.theme: count.findings for count in count_themes([history], RULES)}
    assert counts["unthemed"] == 1 and counts["vulnerability"] == 1


def test_the_standing_counts_each_finding_of_the_last_cycle_once(two_years):
    report(two_years, "2021/22", "integrated", item("c1", SUPERVISION_AGAIN), item("c2", VETTING, "ethical-workforce"))
    stand = standing(found(two_years))
    assert stand.cycle == "2021/22"
    assert stand.counts == {("repeated", AFI): 1, ("new", AFI): 1}
    assert stand.gone == {("not_seen_again", AFI): 1}
    assert [(first.id[-2:], now.id[-2:]) for first, now in stand.oldest] == [("a1", "c1")]
    assert [len(thread.items) for thread in threads(found(two_years))] == [3, 2, 1]


# tables and the command line ------------------------------------------------------------------------------------------


def test_the_same_tables_give_the_same_bytes(two_years):
    kept = []
    for _ in range(2):
        compare(two_years, verdicts=two_years / "v.csv")
        kept.append([(two_years / name / "cleveland.parquet").read_bytes() for name in ("links", "fates")])
    assert kept[0] == kept[1]


def test_the_command_prints_a_table_and_writes_the_tables(two_years, capsys):
    assert main(["compare", "cleveland", "--outputs", str(two_years), "--verdicts", str(two_years / "v.csv")]) == 0
    out, err = capsys.readouterr()
    assert "Cleveland Police: 2 reports, 4 findings, 2 links" in out and "reworded" in out
    assert len(read_rows("links", two_years)) == 2 and len(read_rows("fates", two_years)) == 2
    assert "links and fates" in err


def test_the_command_prints_json(two_years, capsys):
    assert (
        main(["compare", "--all", "--json", "-q", "--outputs", str(two_years), "--verdicts", str(two_years / "v.csv")])
        == 0
    )
    out, err = capsys.readouterr()
    document = json.loads(out)
    assert [force["force_id"] for force in document["forces"]] == ["cleveland"]
    assert len(document["forces"][0]["links"]) == 2 and err == ""


def test_the_command_records_a_verdict(two_years, capsys):
    name, file = ids(two_years), two_years / "v.csv"
    command = [
        "compare",
        "--outputs",
        str(two_years),
        "--verdicts",
        str(file),
        "--verdict",
        name["a1"],
        name["b1"],
        "rejected",
    ]
    by = ["--by", "A. Analyst"]
    assert main([*command, *by]) == 0
    assert "verdict: rejected" in capsys.readouterr().out
    assert [verdict.by for verdict in read_verdicts(file)] == ["A. Analyst"]
    assert main([*command[:-1], "perhaps", *by]) == 2
    assert "perhaps" in capsys.readouterr().err


@pytest.mark.parametrize("by", [[], ["--by", "  "]])
@pytest.mark.parametrize("way", ["--verdict", "--same", "--not-same"])
def test_a_verdict_that_nobody_signs_is_not_written(two_years, capsys, way, by):
    name, file = ids(two_years), two_years / "v.csv"
    words = [name["a1"], name["b1"], "confirmed"] if way == "--verdict" else ["Q1-AFI-1", "2016", "Q1-AFI-1"]
    asked = ["compare", "cleveland", "--outputs", str(two_years), "--verdicts", str(file), way, *words, *by]
    assert main(asked) == 2 and not file.exists()
    assert "--by 'NAME'" in capsys.readouterr().err


def test_an_unknown_force_and_empty_tables_are_wrong_usage(two_years, tmp_path, capsys):
    assert main(["compare", "atlantis", "--outputs", str(two_years)]) == 2
    assert "cleveland" in capsys.readouterr().err
    assert main(["compare", "--all", "--outputs", str(tmp_path / "empty")]) == 2
    assert "peel extract" in capsys.readouterr().err


def test_help_needs_none_of_the_libraries():
    code = "import sys; from extractor.cli import main\ntry: main(['compare', '-h'])\nexcept SystemExit: pass\n"
    code += "print(sorted({'spacy', 'pandas', 'pyarrow', 'rapidfuzz', 'numpy', 'jinja2', 'docx'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


def test_the_rules_are_typed_as_one_object():
    assert (
        isinstance(RULES, CompareRules) and RULES.framework("2016").id == "annual" and RULES.framework("1999") is None
    )


def test_the_command_takes_short_references(two_years, capsys):
    file = two_years / "v.csv"
    command = ["compare", "cleveland", "-q", "--outputs", str(two_years), "--verdicts", str(file), "--by", "A. Analyst"]
    assert main([*command, "--not-same", "q1-afi-1", "2016", "Q1-AFI-1"]) == 0
    assert "verdict: rejected" in capsys.readouterr().out
    assert main([*command, "--same", "Q1-AFI-2", "2016", "Q1-AFI-1"]) == 0
    words = [(verdict.id[-2:], verdict.later_id[-2:], verdict.verdict) for verdict in read_verdicts(file)]
    assert words == [("a1", "b1", "rejected"), ("a1", "b2", "confirmed")]
    assert main([*command, "--same", "Q9-AFI-2", "2016", "Q1-AFI-1"]) == 2
    assert "Q9-AFI-2 names no finding" in capsys.readouterr().err
    assert main([*command, "--same", "Q1-AFI-2", "1999", "Q1-AFI-1"]) == 2
    assert "no report of cleveland from 1999" in capsys.readouterr().err


def test_a_block_is_as_likely_as_its_likeliest_items_and_says_which(tmp_path: Path) -> None:
    asked = "ensure that every crime is allocated to an investigator with the right skills"
    report(tmp_path, "2016", "effectiveness", item("1", f"The force should {asked}."))
    report(
        tmp_path,
        "2018/19",
        "integrated",
        item("2", "Victims are let down when detectives are busy.", kind=COC),
        item("3", f"{asked}.", kind=REC, parent_id="2"),
    )
    rows = {row["later_id"].split("/", 1)[1]: row for row in compare(tmp_path, ["cleveland"])[0].link_rows()}
    concern, recommendation = rows["coc/2"], rows["rec/3"]
    assert concern["relation"] == "escalated" and concern["score"] == recommendation["score"] > 50
    assert concern["evidence"].startswith("one problem by 2018-19-integrated-cleveland/rec/3; ")
    assert "one problem by" not in recommendation["evidence"]
