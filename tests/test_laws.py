"""What holds for every document, whatever is printed in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed import INTRODUCTION, TITLES, extracted, printed

from extractor.folding import id_form
from extractor.ids import short_hash
from extractor.models import Box, Extraction, Finding, Grading, Printed, Problem, Section
from extractor.pipeline import extract_printed
from extractor.report.analysis import analyse
from extractor.rulebook.load import load_rules
from extractor.tables.read import read_extraction
from extractor.tables.schemas import PER_REPORT
from extractor.tables.write import encode, write_tables

PROSE = (
    "the force should improve its plans for stop-and-search re-offending wellbeing crime, victims; partners and good "
    "co-ordination – ‘what works’ in 2016 to make sure that people (all of them) are safe: officers don’t know"
)
WORDS = PROSE.split(" ")
few = st.lists(st.sampled_from(WORDS), min_size=3, max_size=30).map(" ".join)
sentence = few.map(lambda words: f"The force should {words}.")
line = st.one_of(
    few,
    sentence.map("- {}".format),
    few.map("-- {};".format),
    sentence.map("> - {}".format),
    sentence.map("> **{}**".format),
    few.map("> {}".format),
    few.map("~ 1 {}".format),
    st.sampled_from(
        ["", "", "", ">", "\\f", "### Areas for improvement", "> ### Area for improvement", "Good", "## Working well",
         "> ### Cause of concern", "> ### Recommendations", "> The force should immediately:", "Inadequate | Good",
         "# Investigating crime and reducing re-offending", "# Annex A – About the data", "**Main findings**",
         "# Protecting vulnerable people and supporting victims", "Requires improvement", "a word^2^ raised"]
    ),
)  # fmt: skip
bodies = st.lists(line, min_size=3, max_size=40).map("\n".join)


def document(body: str, medium: str = "pdf") -> Printed:
    """A report of 2017 with this body."""
    start = "# Investigating crime and reducing re-offending\n\nGood\n\n"
    return printed(TITLES["2017"] + INTRODUCTION + start + body, medium, header="PEEL 2017 – page #")


def bare(text: str) -> str:
    """Letters and figures only: marks, blanks and line-end hyphens set aside."""
    return "".join(letter for letter in text if letter.isalnum())


@settings(max_examples=20)
@given(bodies, st.sampled_from(["pdf", "web"]))
def test_sections_tile_the_text(body: str, medium: str) -> None:
    source = document(body, medium)
    analysis = analyse(source, load_rules())
    found = extract_printed(source, load_rules())
    told = [part for row in found.sections for part in (row.title, *row.text.split("\n")) if part]
    assert told == [block.text for block in analysis.text.blocks if block.kind != "furniture" and block.text]


@settings(max_examples=20)
@given(bodies)
def test_every_line_is_in_one_block(body: str) -> None:
    source = document(body)
    blocks = analyse(source, load_rules()).text.blocks
    assert Counter(line.number for block in blocks for line in block.lines) == Counter(
        line.number for line in source.lines
    )


@settings(max_examples=20)
@given(bodies)
def test_every_character_of_a_block_is_from_the_line_it_names(body: str) -> None:
    source = document(body)
    for block in analyse(source, load_rules()).text.blocks:
        lines = {line.number: line for line in block.lines}
        for start, end, number in block.pieces:
            level = "".join(run.text for run in lines[number].runs if not run.raised)
            assert bare(block.text[start:end]) in bare(level)
        joined = "".join(block.text[start:end] for start, end, _ in block.pieces)
        assert joined.replace(" ", "") == block.text.replace(" ", "")


@settings(max_examples=30)
@given(bodies)
def test_every_finding_stands_in_its_boxes(body: str) -> None:
    source = document(body)
    standing = {line.box: "".join(run.text for run in line.runs if not run.raised) for line in source.lines}
    for finding in extract_printed(source, load_rules()).findings:
        if not finding.text:
            continue
        assert finding.boxes and {box.page for box in finding.boxes} >= {finding.page_first, finding.page_last}
        here = bare("".join(standing[box] for box in finding.boxes))
        for words in (finding.text, finding.detail or ""):
            assert all(bare(part) in here for part in words.split(" ")), (words, here)
        assert len(bare(f"{finding.text} {finding.detail or ''}")) <= len(here)


@settings(max_examples=20)
@given(bodies)
def test_no_line_belongs_to_two_findings_but_for_what_they_share(body: str) -> None:
    """A line may hold the end of one finding and the beginning of the next, never more than its own words."""
    source = document(body)
    found = extract_printed(source, load_rules())
    printed_words = Counter(word for line in source.lines for word in line.text.split())
    told = Counter(word for finding in found.findings for word in f"{finding.text} {finding.detail or ''}".split())
    rejoined = {word for word in told if word not in printed_words}
    assert all(told[word] <= printed_words[word] for word in told if word not in rejoined)


@settings(max_examples=8)
@given(bodies)
def test_same_input_same_bytes(body: str) -> None:
    first, second = (extract_printed(document(body), load_rules()) for _ in range(2))
    for name in PER_REPORT:
        rows = [[found.report] if name == "reports" else getattr(found, name) for found in (first, second)]
        assert encode(name, rows[0]) == encode(name, rows[1])


@settings(max_examples=15)
@given(bodies)
def test_ids_are_unique_and_parents_exist(body: str) -> None:
    found = extract_printed(document(body), load_rules())
    for name, ids in {
        "findings": [row.finding_id for row in found.findings],
        "gradings": [row.grading_id for row in found.gradings],
        "sections": [row.section_id for row in found.sections],
    }.items():
        assert len(ids) == len(set(ids)), name
    concerns = {row.finding_id for row in found.findings if row.kind == "cause_of_concern"}
    assert {row.parent_id for row in found.findings} <= concerns | {None}
    assert {row.parent_id for row in found.sections} <= {row.section_id for row in found.sections} | {None}
    assert [row.order for row in found.findings] == list(range(len(found.findings)))


ITEMS = ["The force should act.", "The force should plan its work.", "The force should listen to people."]


@pytest.mark.parametrize("missing", range(3))
def test_a_missing_neighbour_changes_no_id(missing: int) -> None:
    def ids(texts: list[str]) -> dict[str, str]:
        bullets = "\n".join(f"- {text}" for text in texts)
        found = extracted(f"# Investigating crime\n\nGood\n\n### Areas for improvement\n\n{bullets}\n")
        return {row.text: row.finding_id for row in found.findings}

    whole = ids(ITEMS)
    assert len(whole) == 3
    assert ids([text for text in ITEMS if text != ITEMS[missing]]) == {
        text: name for text, name in whole.items() if text != ITEMS[missing]
    }


@given(st.text(max_size=60))
def test_hash_sees_only_the_folded_text(text: str) -> None:
    assert short_hash(text) == short_hash(id_form(text)) == short_hash(f"  {text}.  ")
    assert id_form(id_form(text)) == id_form(text) and len(short_hash(text)) == 8


def test_hash_does_not_see_quotes_dashes_and_case() -> None:
    assert short_hash("The force’s ‘plans’ – all") == short_hash('the force\'s "plans" - all'.replace('"', "'"))


# tables --------------------------------------------------------------------------------------------------------------

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
maybe = st.none() | words
side = st.floats(0, 1000, width=32)
boxes = st.lists(st.builds(Box, st.integers(1, 99), side, side, side, side), max_size=3).map(tuple)
number = st.none() | st.integers(1, 99)
marks = st.lists(words, max_size=3).map(tuple)
findings = st.builds(
    Finding, words, st.just("r"), words, maybe, maybe, st.integers(0, 99), words, maybe, maybe, maybe, marks, maybe,
    maybe, maybe, words, maybe, number, number, boxes, words, marks,
)  # fmt: skip
gradings = st.builds(
    Grading, words, st.just("r"), words, words, maybe, maybe, words, maybe, maybe, number, boxes, words, marks
)
sections = st.builds(
    Section,
    words,
    st.just("r"),
    maybe,
    st.integers(0, 99),
    st.integers(0, 9),
    maybe,
    words,
    maybe,
    number,
    number,
    words,
)
problems = st.builds(Problem, st.just("r"), words, words, words, words, number, words)


@settings(max_examples=15)
@given(
    st.lists(sections, max_size=2), st.lists(gradings, max_size=2), st.lists(findings, max_size=2),
    st.lists(problems, max_size=2),
)  # fmt: skip
def test_tables_give_back_what_was_written(
    tmp_path_factory: pytest.TempPathFactory,
    some: list[Section], graded: list[Grading], found: list[Finding], met: list[Problem],
) -> None:  # fmt: skip
    report = replace(extracted("").report, report_id="r")
    extraction = Extraction(report, tuple(some), tuple(graded), tuple(found), tuple(met))
    outputs: Path = tmp_path_factory.mktemp("outputs")
    write_tables(extraction, outputs)
    assert read_extraction(outputs, "r") == extraction
