"""Letters: their dates and kinds, what they restate, and what became of it by which sentence."""

from __future__ import annotations

import pytest
from printed import loud, printed

from extractor.models import Extraction, Finding
from extractor.pipeline import extract_printed
from extractor.rulebook.load import load_rules

HEAD = (
    "# Gwent Police: PEEL cause of concern {kind} letter\n\nPublished on: 9 May 2024\n\n## Letter information\n\n"
    "**From:**\n\nHis Majesty’s Inspector of Constabulary\n\n**To:**\n\nChief Constable, Gwent Police\n\n"
    "**Sent on:**\n\n2 May 2024\n\n## Background\n\n"
    "Between October and November 2023, we inspected Gwent Police as part of our PEEL programme.\n\n"
    "In January 2024, we closed the cause of concern about keys.\n\n"
)
RESTATED = (
    "## Our cause of concern\n\n### Cause of concern: tools\n\n**Cause of concern**\n\nThe force loses its tools\n\n"
    "### Recommendations\n\nThe force should immediately:\n\n- count the tools in its stores;\n\n"
    "- mark each tool with its number; and\n\n- repair the locks of its cupboards.\n\n"
)


def read(findings: str, kind: str = "revisit") -> Extraction:
    return extract_printed(printed(HEAD.format(kind=kind) + RESTATED + findings, "web"), load_rules())


def outcomes(extraction: Extraction) -> list[str | None]:
    return [finding.outcome for finding in extraction.findings]


ONE_BY_ONE = (
    "## Our findings\n\n### Marking of tools\n\nEach tool has a number.\n\n{marks}\n\n"
    "### Counting in the stores\n\nThe stores are counted.\n\n{counts}\n\n"
    "### Cupboards and locks\n\nTwo locks are broken.\n\n{locks}\n\n"
)


def one_by_one(marks: str, counts: str, locks: str) -> str:
    return ONE_BY_ONE.format(marks=marks, counts=counts, locks=locks)


def test_each_section_judges_the_recommendation_it_is_about() -> None:
    body = one_by_one(
        "This recommendation is now closed.", "We have therefore closed this recommendation.",
        "We can’t yet close this recommendation.",
    )  # fmt: skip
    found = read(
        f"{body}## Conclusion\n\nWe have closed two of the three recommendations. The cause of concern remains open.\n"
    )
    assert outcomes(found) == ["open", "closed", "closed", "open"]
    concern, counts, marks, locks = found.findings
    assert marks.outcome_sentence == "This recommendation is now closed."
    assert counts.outcome_sentence == "We have therefore closed this recommendation."
    assert locks.outcome_sentence == "We can’t yet close this recommendation."
    assert concern.outcome_sentence == "The cause of concern remains open."
    assert not loud(found)


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("As a result, we are satisfied and have closed this recommendation.", "closed"),
        ("We have been able to close this recommendation.", "closed"),
        ("I am closing this recommendation.", "closed"),
        ("This recommendation remains open.", "open"),
        ("Progress isn’t yet sufficient to close this recommendation.", "open"),
        ("We will consider closing this recommendation in May.", "open"),
        ("The force worked closely with its partners.", None),
        ("The force has made good progress.", None),
    ],
)
def test_words_that_close_and_words_that_do_not(sentence: str, outcome: str | None) -> None:
    found = read(one_by_one("Good.", "Good.", sentence))
    assert found.findings[3].outcome == outcome
    assert ("not_judged" in found.findings[3].flags) == (outcome is None)


def test_closing_the_concern_closes_what_it_asked_for() -> None:
    found = read("## Conclusion\n\nI will be closing the force’s cause of concern regarding tools.\n", "closure")
    assert outcomes(found) == ["closed"] * 4


def test_count_that_does_not_agree_is_said() -> None:
    body = one_by_one("This recommendation is now closed.", "Good.", "Good.")
    assert "closures_disagree" in loud(read(f"{body}## End\n\nWe have closed two of the three recommendations.\n"))


def test_restated_items_come_from_the_inspection_that_the_letter_names() -> None:
    found = read("")
    assert {(row.status, row.origin_cycle) for row in found.findings} == {("carried_forward", "2023-25")}
    assert found.report.replies_to == "2023-25-integrated-gwent"
    assert {row.addressees for row in found.findings} == {("gwent",)}


def rows(markup: str) -> tuple[Finding, ...]:
    return extract_printed(printed(markup, "web"), load_rules()).findings


def test_new_concerns_of_a_letter_are_new_and_their_evidence_is_detail() -> None:
    found = rows(
        "# Kent Police: accelerated cause of concern\n\nPublished on: 3 May 2024\n\n## Annex\n\n"
        "### Cause of concern\n\nThe force loses its tools\n\n### Recommendations\n\nThe force should immediately:\n\n"
        "- count its tools.\n\n### Evidence\n\nWe found 14 empty boxes.\n\nNobody knew.\n\n## Next steps\n\nWe return."
    )
    assert [(row.kind, row.status, row.outcome) for row in found] == [
        ("cause_of_concern", "new", None), ("recommendation", "new", None),
    ]  # fmt: skip
    assert found[0].detail == "We found 14 empty boxes. Nobody knew."


def test_grade_in_a_line_with_its_topic() -> None:
    title = "A report into the effectiveness of vetting and counter-corruption arrangements in Kent Police"
    body = "## 1. Introduction\n\n### Vetting and counter-corruption: requires improvement\n\nWe inspected."
    page = printed(f"# {title}\n\nHMICFRS\n\n9 March 2023\n\n{body}", "web")
    (grading,) = extract_printed(page, load_rules()).gradings
    assert (grading.question, grading.grade) == ("Vetting and counter-corruption", "requires improvement")


def test_recommendations_judged_by_number() -> None:
    found = read("## Findings\n\nRecommendation 1 is now closed. Recommendation 3 remains open.\n")
    assert outcomes(found) == [None, "closed", None, "open"]
    assert "outcome_not_placed" in loud(read("## Findings\n\nRecommendation 7 is now closed.\n"))


def test_sentence_that_counts_recommendations_leads_them_in() -> None:
    counted = "Our cause of concern regarding tools had one recommendation:\n\n"
    counted += "The force should immediately:\n\n- count tools.\n\n"
    found = rows(
        "# Kent Police: accelerated cause of concern\n\nPublished on: 3 May 2024\n\n## Annex\n\n"
        f"### Cause of concern\n\nThe force loses its tools\n\n{counted}"
    )
    assert [(row.text, row.stem) for row in found] == [
        ("The force loses its tools", None), ("count tools.", "The force should immediately:"),
    ]  # fmt: skip
