"""Every item of every era is found whole and with what belongs to it; what only resembles an item is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from printed import INTRODUCTION, TITLES, extracted, items, loud, printed

from extractor.models import Extraction, Finding, Printed
from extractor.pipeline import extract_printed
from extractor.rulebook.load import load_rules

PROSE = "The force works with its partners every day and keeps records of what it does with them.\n\n"
BEFORE = f"# Investigating crime\n\nGood\n\n{PROSE}"
AFI, COC, REC = "area_for_improvement", "cause_of_concern", "recommendation"
RUNNING = {"header": "PEEL – An inspection of Cleveland Police", "footer": "#"}


def found(markup: str, cycle: str = "2017", **running: str) -> Extraction:
    return extracted(f"{BEFORE}{markup}\n\n{PROSE}", cycle, **running)


def told(extraction: Extraction) -> list[tuple[str, str, str | None]]:
    """Kind, text and detail of each finding."""
    return [(finding.kind, finding.text, finding.detail) for finding in extraction.findings]


def one(extraction: Extraction) -> Finding:
    assert len(extraction.findings) == 1, told(extraction)
    return extraction.findings[0]


# areas for improvement: lists ----------------------------------------------------------------------------------------

HEADINGS = [
    "### Areas for improvement",
    "### Area for improvement",
    "### AREAS FOR IMPROVEMENT",
    "### Areas for improvement:",
    "**Areas for improvement**",
    "**Areas for improvement:**",
    "## Areas for improvement",
    "Areas for improvement",
    "### Areas for improvement: investigating crime",
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_heading_of_a_list(heading: str) -> None:
    got = found(f"{heading}\n\n- The force should review its plans.\n\n- The force should act.")
    assert items(got) == ["The force should review its plans.", "The force should act."]
    assert {finding.kind for finding in got.findings} == {AFI} and not loud(got)
    assert {finding.question for finding in got.findings} == {"Investigating crime"}


@pytest.mark.parametrize("mark", ["- ", "* ", "– ", "o ", "(a) ", "1. "])
def test_marks_of_a_list(mark: str) -> None:
    got = found(f"### Areas for improvement\n\n{mark}The force should review its plans.\n\n{mark}The force should act.")
    assert items(got) == ["The force should review its plans.", "The force should act."]


@pytest.mark.parametrize(
    "item",
    [
        "The force should ensure that it works.",
        "The force needs to ensure that it works.",
        "The constabulary should continue with its plans to work.",
        "Cleveland Police should work.",
        "There should be a plan for work.",
        "The force should work. There should be routine evaluation. It should share what it learns.",
        "The force should work with others by ensuring that it meets them; that it listens; and that it acts.",
        "To work well, the force should plan.",
    ],
)
def test_wordings_of_an_item(item: str) -> None:
    got = found(f"### Areas for improvement\n\n- {item}")
    assert one(got).text == item and not loud(got)


def test_heading_above_its_box() -> None:
    got = found("### Areas for improvement\n\n> - The force should review its plans.\n> - The force should act.")
    assert items(got) == ["The force should review its plans.", "The force should act."] and not loud(got)


def test_heading_at_the_foot_of_a_page() -> None:
    got = found("> ### Areas for improvement\n\\f\n> - The force should review its plans.", **RUNNING)
    assert one(got).text == "The force should review its plans." and one(got).page_first == 4 and not loud(got)


def test_items_without_marks() -> None:
    got = found(
        "### Areas for improvement\n\nThe force should act.\n\nThe force should learn. It should plan.\n\n## Next"
    )
    assert items(got) == ["The force should act.", "The force should learn. It should plan."]


def test_paragraph_below_a_bullet_in_a_box_belongs_to_it_and_is_flagged() -> None:
    got = found(
        "> ### Areas for improvement\n>\n> - The force should act.\n>\n> This helps.\n>\n> - The force should plan."
    )
    assert items(got) == ["The force should act. This helps.", "The force should plan."]
    assert got.findings[0].flags == ("joined_paragraphs",)


@pytest.mark.parametrize("marks", ["--", "-"], ids=["indented", "flat"])
def test_list_in_a_bullet(marks: str) -> None:
    got = found(
        "### Areas for improvement\n\n- The force should ensure that its unit:\n"
        f"{marks} has enough people; and\n{marks} can look for corruption.\n- The force should act."
    )
    assert items(got) == [
        "The force should ensure that its unit: has enough people; and can look for corruption.",
        "The force should act.",
    ]
    assert got.findings[0].limbs == ("has enough people; and", "can look for corruption.")


def without_signs(source: Printed) -> Printed:
    """The document with its bullets drawn as pictures: their words stand where they did."""
    words_at = {"• ": 95.0, "o ": 113.0}
    lines = []
    for line in source.lines:
        if line.box and line.text[:2] in words_at:
            box = replace(line.box, x0=words_at[line.text[:2]])
            line = replace(line, text=line.text[2:], box=box, runs=())
        lines.append(line)
    return replace(source, lines=tuple(lines))


@pytest.mark.parametrize("cycle", ["2015", "2017", "2018-19"])
def test_list_in_an_item_whose_bullets_are_pictures(cycle: str) -> None:
    """Nothing but the indent tells the points of such a list from prose; the items below it are not lost."""
    source = printed(
        f"{TITLES[cycle]}{INTRODUCTION}{BEFORE}### Areas for improvement\n\n- The force should act.\n\n"
        "- The force should agree how its unit will:\n\n-- keep enough people, and keep them\nfor long enough;\n\n"
        "-- look for corruption; and\n\n-- tell its partners.\n\n- The force needs to plan.\n\n"
        "One area for improvement remained from that inspection:\n\n- The force must learn.\n\n"
        f"{PROSE}Officers told us that they must:\n\n-- wait for long; and\n\n-- ask twice.\n"
    )
    assert items(extract_printed(without_signs(source), load_rules())) == [
        "The force should act.",
        "The force should agree how its unit will: keep enough people, and keep them for long enough; look for "
        "corruption; and tell its partners.",
        "The force needs to plan.",
        "The force must learn.",
    ]


@pytest.mark.parametrize("cycle", ["2017", "2021-22", "2023-25"])
def test_recommendations_whose_bullets_are_pictures(cycle: str) -> None:
    source = printed(
        f"{TITLES[cycle]}{INTRODUCTION}{BEFORE}> ### Cause of concern\n>\n> **The force doesn’t answer calls in time.**"
        "\n>\n> It takes too long.\n>\n> The force should:\n>\n> - answer more calls; and\n>\n> - say if it can’t.\n\n"
        f"{PROSE}"
    )
    got = extract_printed(without_signs(source), load_rules())
    assert [(each.kind, each.text, each.stem) for each in got.findings[1:]] == [
        (REC, "answer more calls; and", "The force should:"),
        (REC, "say if it can’t.", "The force should:"),
    ]
    assert "The force should" not in got.findings[0].text + (got.findings[0].detail or "")


def test_bullet_over_two_pages() -> None:
    got = found(
        "### Areas for improvement\n\n- The force should review its plans so that they fit and its\n\\f\n"
        "staff know them.\n- The force should act.",
        **RUNNING,
    )
    assert items(got) == [
        "The force should review its plans so that they fit and its staff know them.",
        "The force should act.",
    ]
    first = got.findings[0]
    assert (first.page_first, first.page_last, first.flags) == (3, 4, ()) and not loud(got)


def test_bullet_over_two_pages_with_a_footnote_between() -> None:
    got = found(
        "### Areas for improvement\n\n- The force should review its plans so that they fit and its\n"
        "~ 1 National standard of incident recording, Home Office, 2011\n\\f\nstaff know them.",
        **RUNNING,
    )
    assert one(got).text == "The force should review its plans so that they fit and its staff know them."


@pytest.mark.parametrize("words", ["the National Standard^1^ so", "the **National Standard** so"])
def test_bullet_with_another_run_in_its_first_line(words: str) -> None:
    got = found(
        f"### Areas for improvement\n\n- The force should review {words} that they fit and its\nstaff act.\n- Plan."
    )
    assert items(got) == [
        "The force should review the National Standard so that they fit and its staff act.",
        "Plan.",
    ]


def test_carried_forward_in_a_list() -> None:
    got = found(
        "### Areas for improvement\n\n- The force should act.\n\n"
        "The following AFI from HMICFRS’ 2015 Legitimacy inspection remains:\n\n- The force should plan.",
        "2017-legitimacy",
    )
    assert [(row.text, row.status, row.origin_cycle) for row in got.findings] == [
        ("The force should act.", "new", None),
        ("The force should plan.", "carried_forward", "2015"),
    ]


def test_year_with_a_footnote_mark_glued_to_it() -> None:
    got = found(
        "### Areas for improvement\n\nThe following area for improvement from our 20162 inspection remains:\n\n"
        "- The force should act."
    )
    assert (one(got).status, one(got).origin_cycle) == ("carried_forward", "2016")


def test_footnote_marks_are_left_out() -> None:
    got = found("### Areas for improvement\n\n- The force should act on its 2016^2^ results^3,4^.")
    assert one(got).text == "The force should act on its 2016 results."


# areas for improvement: a lead and its explanation -------------------------------------------------------------------

LEAD = "The force needs to improve how it records crime"


@pytest.mark.parametrize("stop", ["", "."])
@pytest.mark.parametrize("box", ["> ", ""], ids=["boxed", "plain"])
def test_bold_lead_and_detail(stop: str, box: str) -> None:
    lines = ["### Area for improvement", "", f"**{LEAD}{stop}**", "", "In 83 of 92 cases it did.", "", "This is late."]
    end = "" if box else "\n\n### Main findings\n\nIn this section we set out our main findings."
    got = found("\n".join(box + line for line in lines) + end, "2021-22")
    assert told(got) == [(AFI, LEAD + stop, "In 83 of 92 cases it did. This is late.")] and not loud(got)


@pytest.mark.parametrize("gap", ["\n>\n", "\n", " "], ids=["paragraph", "line", "run-in"])
def test_where_the_detail_begins(gap: str) -> None:
    detail = gap.replace("\n", "\n> ") if gap != " " else gap
    got = found(
        f"> ### Area for improvement\n>\n> **{LEAD}.**{detail.replace('> >', '>')}In 83 of 92 cases it did.", "2021-22"
    )
    assert told(got) == [(AFI, f"{LEAD}.", "In 83 of 92 cases it did.")]


def test_several_items_in_one_box() -> None:
    got = found(
        f"> ### Areas for improvement\n>\n> **{LEAD}**\n>\n> In 83 of 92 cases it did.\n>\n"
        "> **The force should answer calls within the times it publishes.**\n>\n> It misses them.",
        "2023-25",
    )
    assert told(got) == [
        (AFI, LEAD, "In 83 of 92 cases it did."),
        (AFI, "The force should answer calls within the times it publishes.", "It misses them."),
    ]


def test_one_box_for_each_item() -> None:
    box = "> ### Area for improvement\n>\n> **{}**\n>\n> {}\n"
    got = found(
        box.format("The force should act.", "Why.") + "\n" + box.format("The force should plan.", "So."), "2021-22"
    )
    assert told(got) == [(AFI, "The force should act.", "Why."), (AFI, "The force should plan.", "So.")]


def test_box_goes_on_over_the_page() -> None:
    got = found(
        f"> ### Area for improvement\n>\n> **{LEAD}**\n>\n> In 83 of 92 cases crime was recorded and we\n\\f\n"
        "> found it late. We found:\n>\n> - one thing; and\n> - another.",
        "2021-22",
        **RUNNING,
    )
    assert told(got) == [
        (AFI, LEAD, "In 83 of 92 cases crime was recorded and we found it late. We found: one thing; and another.")
    ]
    assert (one(got).page_first, one(got).page_last) == (3, 4)


def test_lead_goes_on_over_the_page() -> None:
    got = found(
        "> ### Area for improvement\n>\n> **The force should improve its understanding of the effect of its use of**\n"
        "\\f\n> **powers on its communities**\n>\n> It does not.",
        "2021-22",
        **RUNNING,
    )
    lead = "The force should improve its understanding of the effect of its use of powers on its communities"
    assert told(got) == [(AFI, lead, "It does not.")]


def test_lead_known_by_its_words_is_flagged() -> None:
    got = found(
        f"### Areas for improvement\n\n{LEAD}.\n\nIn 83 of 92 cases it did.\n\nThe force should plan.\n\nWhy.\n\n"
        "### Main findings\n\nIn this section we set out our main findings.",
        "2021-22",
    )
    assert told(got) == [(AFI, f"{LEAD}.", "In 83 of 92 cases it did."), (AFI, "The force should plan.", "Why.")]
    assert all("lead_by_words" in row.flags for row in got.findings)


def test_lead_known_by_its_words_takes_the_list_it_opens() -> None:
    got = found(
        "### Area for improvement\n\nThe force should make sure that:\n\n- risks are assessed; and\n"
        "- supervisors read them.\n\nWe found gaps in 14 of 50.\n\n### Main findings\n\nWe saw much.",
        "2021-22",
    )
    text = "The force should make sure that: risks are assessed; and supervisors read them."
    assert told(got) == [(AFI, text, "We found gaps in 14 of 50.")]


@pytest.mark.parametrize("icon", ["\uf0a8", "'", "(", "★"])
def test_an_icon_may_stand_before_a_heading_whatever_letter_its_font_lost(icon: str) -> None:
    got = found(
        f"> ### {icon} Innovative practice\n>\n> **The force uses drones to find people**\n>\n> It has four.", "2023-25"
    )
    assert told(got) == [("innovative_practice", "The force uses drones to find people", "It has four.")]


def test_practice() -> None:
    got = found(
        "> ### Innovative practice\n>\n> **The force uses drones to find people**\n>\n> It has four of them.\n\n"
        "> ### Promising practice\n>\n> **Volunteers support victims**\n>\n> They call them.",
        "2023-25",
    )
    assert told(got) == [
        ("innovative_practice", "The force uses drones to find people", "It has four of them."),
        ("promising_practice", "Volunteers support victims", "They call them."),
    ]


# causes of concern and recommendations -------------------------------------------------------------------------------

CONCERNS = [
    "Cleveland Police’s approach is a cause of concern to HMIC. HMIC found risk. This means that victims are let down.",
    "It is a cause of concern to HMIC that some call handlers are not trained. As a result, calls are lost.",
    "The force’s approach to bail is unacceptable. The number of cases is a cause of concern to HMIC.",
    "The force doesn’t prioritise prevention. There is a lack of direction. Staff don’t know what to do.",
    "The force lacks people. This is an enduring cause of concern from HMIC’s report on vulnerability in 2015.",
]
STEMS = [
    ("To address this cause of concern, we recommend that it should take immediate steps to:", "immediate steps"),
    ("To address this cause of concern the force must immediately take steps to:", "immediately"),
    ("The force should take immediate steps to:", "immediate steps"),
    ("HMIC recommends that within six months the force should:", "within six months"),
    ("By 30 September 2024, the force should:", "By 30 September 2024"),
    ("Within three months, Cleveland Police should:", "Within three months"),
    ("The constabulary should make sure that:", None),
    ("By the end of March 2020, the force should:", "By the end of March 2020"),
    ("Not later than 31 March 2020 the force should:", "Not later than 31 March 2020"),
]  # fmt: skip


@pytest.mark.parametrize("concern", CONCERNS)
@pytest.mark.parametrize("heading", ["> ### Recommendations\n>\n", ""], ids=["heading", "none"])
def test_concern_of_the_list_era(concern: str, heading: str) -> None:
    got = found(
        f"> ### Cause of concern\n>\n> {concern}\n>\n{heading}> The force should immediately:\n>\n"
        "> - train all of its staff; and\n> - monitor its calls.",
        "2016",
    )
    assert told(got) == [
        (COC, concern, None),
        (REC, "train all of its staff; and", None),
        (REC, "monitor its calls.", None),
    ]
    parent = got.findings[0].finding_id
    assert [(row.parent_id, row.stem, row.deadline) for row in got.findings[1:]] == [
        (parent, "The force should immediately:", "immediately")
    ] * 2
    assert not loud(got)


@pytest.mark.parametrize(("stem", "deadline"), STEMS, ids=[stem for stem, _ in STEMS])
@pytest.mark.parametrize("heading", ["> ### Recommendations\n>\n", ""], ids=["heading", "none"])
def test_lead_in_of_recommendations(stem: str, deadline: str | None, heading: str) -> None:
    got = found(
        f"> ### Cause of concern\n>\n> The force lacks people.\n>\n{heading}> {stem}\n>\n"
        "> - train all of its staff; and\n> - monitor its calls.",
        "2018-19",
    )
    assert [(row.kind, row.stem, row.deadline) for row in got.findings] == [
        (COC, None, None),
        (REC, stem, deadline),
        (REC, stem, deadline),
    ]


def test_several_deadlines() -> None:
    got = found(
        "> ### Cause of concern\n>\n> **The force doesn’t manage the risk effectively**\n>\n> We found a backlog.\n>\n"
        "> ### Recommendations\n>\n> The force should immediately:\n>\n> - review its visits;\n> - review crimes.\n>\n"
        "> By 30 September 2024, the force should:\n>\n> - train all of its staff.",
        "2023-25",
    )
    assert told(got)[0] == (COC, "The force doesn’t manage the risk effectively", "We found a backlog.")
    assert [(row.text, row.deadline, row.deadline_on) for row in got.findings[1:]] == [
        ("review its visits;", "immediately", None),
        ("review crimes.", "immediately", None),
        ("train all of its staff.", "By 30 September 2024", "2024-09-30"),
    ]


def test_deadline_counts_from_the_day_of_publication() -> None:
    got = found(
        "> ### Cause of concern\n>\n> **The force lacks people**\n>\n> ### Recommendations\n>\n"
        "> Within three months, the force should:\n>\n> - train all of its staff.",
        "2023-25",
    )
    assert got.report.published == "2024-10-04" and got.findings[1].deadline_on == "2025-01-04"


ENDS = [
    ("The force should review its plans within three months.", "within three months", False),
    ("The force should, by talking to those it serves and to all of its partners, review its plans within six weeks.",
     "within six weeks", False),
    ("The force should make sure, in all districts, that those who call are told within three days.", None, True),
    ("The force should review its plans.", None, False),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "deadline", "unsure"), ENDS)
def test_span_at_the_end_is_a_limit_unless_a_clause_of_its_own_holds_it(
    sentence: str, deadline: str | None, unsure: bool
) -> None:
    got = found(f"> ### Cause of concern\n>\n> The force is slow.\n>\n> ### Recommendations\n>\n> - {sentence}", "2016")
    assert got.findings[1].deadline == deadline
    assert ("limit_unsure" in got.findings[1].flags) is unsure


def test_recommendations_whose_bullets_cannot_be_read() -> None:
    start = "> ### Cause of concern\n>\n> The force is slow.\n>\n> ### Recommendations\n>\n> The force should:\n>\n> "
    got = found(f"{start}train all of its staff; and\n>\n> buy cars that are\n>\n> fast.", "2016")
    assert items(got, REC) == ["train all of its staff; and", "buy cars that are fast."]
    assert {row.stem for row in got.findings[1:]} == {"The force should:"}


def test_explanation_of_a_concern_goes_on_after_its_list() -> None:
    got = found(
        "### Cause of concern\n\n**The force is slow**\n\nIt has begun to:\n\n- train staff.\n\nIt has few.\n\n"
        "### Recommendations\n\nThe force should:\n\n- act.\n\n## Main findings\n\nIt works.",
        "2023-25",
    )
    assert [row.detail for row in got.findings] == ["It has begun to: train staff. It has few.", None]


def test_stem_that_speaks_of_time_and_gives_no_limit_is_flagged() -> None:
    start = "> ### Cause of concern\n>\n> The force is slow.\n>\n> ### Recommendations\n>\n> "
    got = found(f"{start}In the course of the year, the force should:\n>\n> - train its staff.", "2016")
    assert got.findings[1].deadline is None and "limit_unsure" in loud(got)


def test_item_whose_heading_stands_at_the_foot_of_the_page_before() -> None:
    got = found(
        "> ### Area for improvement\n\\f\n**The force should act.**\n\nIt has not.\n\n## Main findings\n\nIt works.",
        "2023-25",
    )
    assert told(got) == [(AFI, "The force should act.", "It has not.")]


def test_list_in_an_explanation_that_speaks_of_an_earlier_inspection() -> None:
    got = found(
        f"> ### Area for improvement\n>\n> **{LEAD}**\n>\n> In our 2021 inspection, we said that this was an area for "
        "improvement. It has decided to:\n>\n> - train its staff; and\n> - buy cars.\n",
        "2023-25",
    )
    assert (one(got).detail or "").endswith("It has decided to: train its staff; and buy cars.")


def test_recommendations_that_are_whole_sentences() -> None:
    told_so = [
        "In order to protect victims, the force should immediately consider ways of managing bail.",
        "To improve its work, the force should immediately take steps to review it.",
        "In addition, the practice of not recording bail should cease.",
    ]
    bullets = "\n".join(f"> - {words}" for words in told_so)
    got = found(
        f"> ### Cause of concern\n>\n> The force’s bail is poor.\n>\n> ### Recommendations\n>\n{bullets}", "2016"
    )
    assert items(got, REC) == told_so
    assert [(row.stem, row.deadline) for row in got.findings[1:]] == [(None, "immediately")] * 2 + [(None, None)]


def test_recommendation_in_one_paragraph() -> None:
    words = (
        "Recommendation to address this area of concern: the force should immediately take steps to improve its "
        "response by ensuring that: staff know; and staff act."
    )
    got = found(
        f"> ### Cause of concern\n>\n> The force’s response is a cause of concern to HMIC.\n>\n> {words}", "2015"
    )
    assert items(got, REC) == [words] and got.findings[1].stem is None and got.findings[1].deadline == "immediately"


def test_recommendations_over_two_pages() -> None:
    got = found(
        "> ### Cause of concern\n>\n> The force lacks people.\n>\n"
        "> To address this cause of concern, HMIC recommends that the force should take immediate steps to:\n\\f\n"
        "> - train all of its staff so that they can answer calls in the\n\\f\n> time that is set; and\n> - monitor.",
        "2016",
        **RUNNING,
    )
    assert items(got, REC) == [
        "train all of its staff so that they can answer calls in the time that is set; and",
        "monitor.",
    ]
    assert [(row.page_first, row.page_last) for row in got.findings] == [(3, 3), (4, 5), (5, 5)]


def test_each_concern_has_its_own_recommendations() -> None:
    box = "> ### Cause of concern\n>\n> {}\n>\n> ### Recommendations\n>\n> - {}\n"
    got = found(
        box.format("The force lacks people.", "The force should immediately train people.")
        + "\n"
        + box.format("The force lacks vehicles.", "The force should, within three months, buy vehicles.")
    )
    people, train, vehicles, buy = got.findings
    assert (train.parent_id, buy.parent_id) == (people.finding_id, vehicles.finding_id)
    assert (train.deadline, buy.deadline) == ("immediately", "within three months")


def test_concern_and_areas_in_one_section() -> None:
    got = found(
        "### Cause of concern\n\nThe force lacks people. Staff don’t know what to do.\n\n### Recommendations\n\n"
        "The force should take immediate steps to:\n\n- train all of its staff; and\n- monitor its calls.\n\n"
        "### Areas for improvement\n\n- The force should review its plans.\n\n"
        "We set out our detailed findings below. These are the basis for our judgment.\n\n- The force should be proud.",
        "2018-19",
    )
    assert [row.kind for row in got.findings] == [COC, REC, REC, AFI]


def test_concern_published_before_is_restated() -> None:
    got = found(
        "> ### Cause of concern\n>\n> **The force is failing to identify vulnerability**\n>\n"
        "> This accelerated cause of concern was published in March 2024.\n>\n> ### Recommendations\n>\n"
        "> By 30 September 2024, the force should:\n>\n> - train all of its staff.",
        "2023-25",
    )
    assert got.findings[0].status == "restated"


def test_enduring_concern_is_flagged() -> None:
    got = found(
        f"> ### Cause of concern\n>\n> {CONCERNS[-1]}\n>\n> ### Recommendations\n>\n> - The force should act now."
    )
    assert "recurring" in got.findings[0].flags


# what is no item -----------------------------------------------------------------------------------------------------

LIST = "### Areas for improvement\n\n- The force should review its plans.\n\n"
DECOYS = {
    "prose above its list": "The force should review its plans. It should do more.\n\n" + LIST,
    "bold words in prose": "**Areas for improvement** were found in our 2016 inspection and dealt with.\n\n" + LIST,
    "history": "In 2016, we identified two areas for improvement: we said that the force should act.\n\n" + LIST,
    "concern named in prose": "The force’s approach to demand is a cause of concern.\n\n" + LIST,
    "annex": LIST + "# Annex A – About the data\n\nAreas for improvement\n\n- The force should not be read.\n\n",
    "national block": "In our 2017 legitimacy report, we recommended that all forces should:\n\n- monitor searches;\n"
    "- take action; and\n- publish the analysis.\n\n" + LIST,
    "inspector’s list": "However, the force needs to:\n\n- improve its work;\n- get better; and\n- change.\n\n" + LIST,
    "explanation": "# What this report contains\n\n## Areas for improvement\n\nIf we find an aspect of practice that "
    f"falls short, we report it as an area for improvement.\n\n# Preventing crime\n\nGood\n\n{PROSE}{LIST}",
    "end of the block": LIST + "We set out our detailed findings below.\n\n- The force is well led.\n\n",
    "prose after the list": LIST + "The force should be proud of this. It has done much for its people this year.\n\n",
    "case study": "> ### Case study\n>\n> Officers found a victim at risk.\n>\n> - They took care of her.\n\n" + LIST,
    "quoted recommendation": "HMIC asked that the force should review its bail. It has done so.\n\n" + LIST,
}  # fmt: skip


@pytest.mark.parametrize("name", DECOYS)
@pytest.mark.parametrize("cycle", ["2017", "2018-19"])
def test_what_only_resembles_an_item(name: str, cycle: str) -> None:
    assert items(found(DECOYS[name], cycle)) == ["The force should review its plans."]


def test_contents_page_holds_no_items() -> None:
    contents = "# Contents\n\nInvestigating crime ........ 5\nAreas for improvement ....... 6\n\\f\n"
    got = extracted(contents + BEFORE + LIST)
    assert items(got) == ["The force should review its plans."] and not loud(got)


def test_boilerplate_of_the_lead_era() -> None:
    got = extracted(
        "# About us\n\nWe more clearly link our judgments to causes of concern and areas for improvement.\n\n"
        "Inadequate – We have causes for concern and have made recommendations to the force to address them.\n\n"
        + BEFORE
        + PROSE,
        "2021-22",
    )
    assert not got.findings


def test_bullet_that_reads_like_an_item_is_said() -> None:
    assert "bullet_not_read" in loud(found("- The force should review its plans."))


def test_heading_of_items_without_any_is_said() -> None:
    got = extracted(f"{BEFORE}### Areas for improvement\n\n## Next\n\n{PROSE}{PROSE}")
    assert not got.findings and "heading_without_items" in loud(got)


def test_concern_without_recommendation_is_said() -> None:
    assert "concern_without_recommendation" in loud(found("> ### Cause of concern\n>\n> The force lacks people."))


def test_recommendation_without_concern_is_said() -> None:
    got = found("### Recommendations\n\n- The force should immediately train its staff.")
    assert items(got, REC) and "recommendation_without_concern" in loud(got)


# shapes that were once read wrongly --------------------------------------------------------------------------------


def test_two_concerns_below_one_heading() -> None:
    got = found(
        "> ### Causes of concern\n>\n> **The force lacks people to answer its calls**\n>\n> It has few.\n>\n"
        "> **The force lacks vehicles to reach people in time**\n>\n> It has none.\n>\n> ### Recommendations\n>\n"
        "> The force should immediately:\n>\n> - train all of its staff; and\n> - buy vehicles for them.",
        "2023-25",
    )
    assert told(got)[:2] == [
        (COC, "The force lacks people to answer its calls", "It has few."),
        (COC, "The force lacks vehicles to reach people in time", "It has none."),
    ]
    assert "concern_without_recommendation" in loud(got)


def test_heading_set_like_its_lead() -> None:
    got = found(f"> **Area for improvement**\n> **{LEAD}**\n>\n> In 83 of 92 cases it did.", "2021-22")
    assert told(got) == [(AFI, LEAD, "In 83 of 92 cases it did.")]


def test_bullets_that_run_on_in_one_line() -> None:
    got = found(
        "> ### Cause of concern\n>\n> The force lacks people.\n>\n"
        "> To address this cause of concern the force should immediately: • train staff; • monitor calls; • review.",
        "2016",
    )
    assert items(got, REC) == ["train staff;", "monitor calls;", "review."]
    assert all("bullets_in_text" in row.flags for row in got.findings[1:])


def test_sub_heading_below_an_unboxed_item() -> None:
    got = found(
        f"### Area for improvement\n\n**{LEAD}.**\n\nWhy.\n\n**The force is good at some things**\n\n{PROSE}", "2021-22"
    )
    assert told(got) == [(AFI, f"{LEAD}.", "Why.")]


def test_national_block_right_below_a_list() -> None:
    got = found(
        f"{LIST}In our 2017 legitimacy report, we recommended that all forces should:\n\n- monitor; and\n- act.",
        "2018-19",
    )
    assert items(got) == ["The force should review its plans."]


def test_item_in_a_question_that_was_not_inspected_is_not_new() -> None:
    got = extracted(
        "# Investigating crime\n\nGood\n\nThis question was not subject to detailed inspection in 2018/19, and our "
        f"judgment from the 2016 effectiveness inspection has been carried over.\n\n{LIST}{PROSE}",
        "2018-19",
    )
    assert one(got).status == "carried_forward" or "item_in_carried_over_question" in loud(got)


def test_heading_of_recommendations_in_body_type() -> None:
    got = found(
        "Cause of concern\n\nThe force lacks people. This is a cause of concern to HMIC.\n\nRecommendations\n\n"
        "The force should immediately:\n\n- train all of its staff; and\n- plan its work.",
        "2016",
    )
    assert items(got, COC) == ["The force lacks people. This is a cause of concern to HMIC."]
    assert items(got, REC) == ["train all of its staff; and", "plan its work."]


@pytest.mark.parametrize("glyph", ["?", "\ufffd", "¨"])
def test_glyph_that_no_font_explains(glyph: str) -> None:
    got = found(
        f"### Areas for improvement\n\n{glyph} The force should plan its work.\n\n{glyph} The force should act."
    )
    assert len(items(got)) == 2 and loud(got).count("odd_beginning") == 2


def test_bold_that_ends_within_a_sentence_is_no_whole_lead() -> None:
    got = found(
        "> ### Area for improvement\n>\n> **The force should improve** how it works.\n>\n> It is late.", "2021-22"
    )
    assert told(got) == [(AFI, "The force should improve how it works.", "It is late.")] or loud(got)


def test_bold_words_in_the_explanation_are_no_lead() -> None:
    got = found(
        f"> ### Area for improvement\n>\n> **{LEAD}**\n>\n> It is.\n>\n> **Some 92 of the cases that** we saw were.",
        "2021-22",
    )
    assert told(got) == [(AFI, LEAD, "It is. Some 92 of the cases that we saw were.")]


def test_sentence_that_says_there_are_none() -> None:
    got = found("### Areas for improvement\n\nThere are no areas for improvement for this question.\n\n## Next")
    assert not items(got)


# sentences about items ------------------------------------------------------------------------------------------------

ABOUT = [
    ("This area for improvement is carried over from our PEEL 2021/22 inspection, as it has not been met.", "2021/22"),
    ("This area for improvement from our 2021/22 inspection has not yet been addressed.", "2021/22"),
    ("This area for improvement has been carried forward from 2018/19.", "2018/19"),
    ("This area for improvement remains from our 2021/22 inspection.", "2021/22"),
    ("We first reported this area for improvement in our PEEL 2021/22 inspection. It remains in place.", "2021/22"),
    ("Carried forward from PEEL 2021/22", "2021/22"),
    ("This area for improvement, from our PEEL 2021/22 inspection, still applies.", "2021/22"),
    ("This area for improvement was first raised in our 2021/22 inspection. It has not yet been met.", "2021/22"),
    ("First reported in our PEEL 2021/22 inspection", "2021/22"),
    ("This area for improvement from our 2021/22 inspection is still open.", "2021/22"),
]  # fmt: skip


ABOVE = ("The area for improvement below, from our 2021/22 inspection, has not yet been addressed:", "2021/22")


@pytest.mark.parametrize(("sentence", "origin"), [*ABOUT, ABOVE])
@pytest.mark.parametrize("box", ["> ", ""], ids=["boxed", "plain"])
def test_sentence_about_an_item_tells_its_status(sentence: str, origin: str, box: str) -> None:
    lines = ["### Area for improvement", "", sentence, "", f"**{LEAD}**", "", "In 83 of 92 cases it did."]
    end = "" if box else "\n\n### Main findings\n\nIn this section we set out our main findings."
    row = one(found("\n".join(box + line for line in lines) + end, "2023-25"))
    assert (row.text, row.detail) == (LEAD, "In 83 of 92 cases it did.")
    assert (row.status, row.origin_cycle) == ("carried_forward", origin)


@pytest.mark.parametrize(("sentence", "origin"), ABOUT)
def test_sentence_below_an_item_tells_its_status_and_is_no_part_of_it(sentence: str, origin: str) -> None:
    row = one(
        found(
            f"> ### Area for improvement\n>\n> **{LEAD}**\n>\n> In 83 of 92 cases it did.\n>\n> {sentence}\n", "2023-25"
        )
    )
    assert (row.text, row.detail) == (LEAD, "In 83 of 92 cases it did.")
    assert (row.status, row.origin_cycle) == ("carried_forward", origin)


def test_paragraph_that_goes_on_from_its_status_explains_the_item() -> None:
    words = "This area for improvement remains from our 2021/22 inspection. In 83 of 92 cases no plan was made."
    row = one(found(f"> ### Area for improvement\n>\n> **{LEAD}**\n>\n> {words}\n", "2023-25"))
    assert (row.detail, row.status, row.origin_cycle) == (words, "carried_forward", "2021/22")


def test_status_below_one_lead_leaves_the_next_item_new() -> None:
    got = found(
        f"> ### Areas for improvement\n>\n> **{LEAD}**\n>\n> It is slow.\n>\n> Carried forward from PEEL 2021/22\n>\n"
        "> **The force should act sooner.**\n>\n> It acts late.\n",
        "2023-25",
    )
    assert [(row.detail, row.status) for row in got.findings] == [
        ("It is slow.", "carried_forward"),
        ("It acts late.", "new"),
    ]


def test_sentence_about_the_items_of_a_list_is_no_item() -> None:
    got = found(
        "### Areas for improvement\n\nThese areas for improvement are carried forward from our 2016 inspection.\n\n"
        "- The force should review its plans.\n- The force should act."
    )
    assert [(row.text, row.status, row.origin_cycle) for row in got.findings] == [
        ("The force should review its plans.", "carried_forward", "2016"),
        ("The force should act.", "carried_forward", "2016"),
    ]


def test_line_on_first_publication_is_not_the_concern() -> None:
    got = found(
        "> ### Cause of concern\n>\n> We first published this cause of concern on 12 March 2022.\n>\n"
        "> **The force lacks people to answer its calls**\n>\n> It has few.\n>\n> ### Recommendations\n>\n"
        "> The force should immediately:\n>\n> - train all of its staff.",
        "2023-25",
    )
    concern, recommendation = got.findings
    assert (concern.text, concern.detail) == ("The force lacks people to answer its calls", "It has few.")
    assert (concern.status, concern.origin_cycle) == ("restated", None)
    assert recommendation.parent_id == concern.finding_id
