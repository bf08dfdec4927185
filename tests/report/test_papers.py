"""Papers other than PEEL reports: their kinds, what they are filed under, and the lists of joint area inspections."""

from __future__ import annotations

import pytest
from printed import items, loud, printed

from extractor.models import Extraction
from extractor.pipeline import extract_printed
from extractor.rulebook.load import load_rules

PROSE = (
    "The partners meet every week and keep records of what they do, and of what they leave undone, in one place.\n\n"
)


def read(markup: str, medium: str = "pdf", **meta: str) -> Extraction:
    return extract_printed(printed(markup, medium, **meta), load_rules())


COVERS = [
    ("# Counting the cost\n## An inspection of how well the police deal with theft of plant\n\nHMICFRS\n\n28 May 2024",
     "2024-05-28-national-counting-the-cost", "national", None),
    ("# PEEL: Police effectiveness 2017\n## A national overview\n\nMarch 2018\n© HMICFRS 2018",
     "2018-03-national-peel-police-effectiveness-2017", "national", None),
    ("# State of Policing: The Annual Assessment of Policing 2019\n\nHMICFRS\n\n2 July 2020",
     "2020-07-02-national-state-of-policing-the-annual-assessment", "national", None),
    ("**Criminal Justice Joint Inspection**\n\n# Late papers\n## How well the police and the Crown Prosecution Service "
     "share files\n\n3 June 2024", "2024-06-03-joint-late-papers", "joint", None),
    ("# Gwent Police: closure of cause of concern letter\n\nHMICFRS\n\nSent on: 2 May 2024\n\nPublished on: 3 May 2024",
     "2024-05-03-letter-gwent-closure", "letter", "gwent"),
    ("# PEEL: Wiltshire Police causes of concern\n\nHMICFRS\n\nPublished on: 11 March 2024",
     "2024-03-11-letter-wiltshire-accelerated-cause-of-concern", "letter", "wiltshire"),
    ("# Dorset Police: move to enhanced phase of monitoring\n\nPublished on: 6 December 2024",
     "2024-12-06-letter-dorset-move-to-engage", "letter", "dorset"),
    ("# National child protection inspection\n## An inspection of Kent Police\n\nHMICFRS\n\n4 May 2021",
     "2021-05-04-specialist-kent-child-protection", "specialist", "kent"),
    ("# Report on an unannounced inspection visit to police custody suites in Cumbria\n\nHMICFRS\n\nMay 2021",
     "2021-05-specialist-cumbria-custody", "specialist", "cumbria"),
    ("# A report into the effectiveness of integrity arrangements in Surrey Police\n\nHMICFRS\n\n9 May 2025",
     "2025-05-09-specialist-surrey-integrity", "specialist", "surrey"),
    ("# Effectiveness, efficiency and people 2018/19\n## An inspection of Kent Fire and Rescue Service\n\n9 May 2019",
     "2019-05-09-fire-kent", "fire", None),
    ("# London Fire Brigade 2021/22\n\nHMICFRS\n\n27 July 2022", "2022-07-27-fire-london", "fire", None),
    ("14 May 2024\n\n**Joint targeted area inspection of Bath and North East Somerset**\n\nBetween 4 and 8 March 2024, "
     "Ofsted and HMICFRS undertook an inspection.", "2024-05-14-joint-area-bath-and-north-east-somerset", "joint_area",
     "avon-and-somerset"),
]  # fmt: skip


@pytest.mark.parametrize(("cover", "report_id", "kind", "force"), COVERS, ids=[cover[1] for cover in COVERS])
def test_kind_and_name(cover: str, report_id: str, kind: str, force: str | None) -> None:
    report = read(f"{cover}\n\\f\n{PROSE}").report
    assert (report.report_id, report.kind, report.force_id) == (report_id, kind, force)


def test_numbered_recommendations_make_a_national_report() -> None:
    found = read(
        f"# Nobody’s business\n\n5 May 2024\n© HMICFRS 2024\n\\f\n{PROSE}### Recommendation 1\n\nForces should act."
    )
    assert found.report.kind == "national"
    assert read(f"# Nobody’s business\n\n5 May 2024\n© HMICFRS 2024\n\\f\n{PROSE}").report.status == "failed"


def test_letter_has_two_dates() -> None:
    report = read(
        "# Kent Police: cause of concern revisit letter\n\nSent on: 2 May 2024\n\nPublished on: 9 May 2024"
    ).report
    assert (report.sent, report.published, report.letter_type) == (
        "2024-05-02",
        "2024-05-09",
        "cause_of_concern_revisit",
    )


AREA = "5 May 2019\n\n{addressed}\n\n**Joint targeted area inspection of {area}**\n\nOfsted and HMICFRS inspected.\n\n"


def area(name: str, addressed: str = "Mr A, Chief Constable of Kent Police", body: str = "") -> Extraction:
    return read(AREA.format(area=name, addressed=addressed) + body)


def test_force_of_an_area_is_from_the_table() -> None:
    found = area("the multi-agency response to neglect in Medway")
    assert (found.report.force_id, found.report.area) == ("kent", "Medway") and "force_disagrees" not in loud(found)


def test_force_of_an_area_that_is_addressed_to_another_is_said() -> None:
    assert "force_disagrees" in loud(area("Leeds"))


def test_area_in_no_table_goes_by_the_address_and_is_said() -> None:
    found = area("Borsetshire")
    assert found.report.force_id == "kent" and "area_unknown" in loud(found)
    assert area("Borsetshire", addressed="To all").report.status == "failed"


LISTS = """### What needs to improve?

- The sharing of files between agencies.

- The timeliness of visits.

### Strengths

**Leadership**

- Staff know their families. They are proud of this.

**Front door**

- Health visitors are prompt

### Main findings

- This bullet stands in prose.

> **Practice study: area for improvement**
>
> One child waited for a year.
>
> Nobody asked why.

## Next steps

The partnership should answer by 3 June 2024.
"""


def test_lists_of_a_joint_area_inspection() -> None:
    found = area("Medway", body=LISTS)
    assert [(finding.kind, finding.question, finding.text) for finding in found.findings] == [
        ("area_for_improvement", "What needs to improve?", "The sharing of files between agencies."),
        ("area_for_improvement", "What needs to improve?", "The timeliness of visits."),
        ("strength", "Leadership", "Staff know their families. They are proud of this."),
        ("strength", "Front door", "Health visitors are prompt"),
        ("practice_study", "Practice study: area for improvement", "One child waited for a year. Nobody asked why."),
    ]
    assert not loud(found)


def test_lead_in_of_a_list_is_the_stem_of_its_bullets() -> None:
    found = area(
        "Medway",
        body="### Areas for priority action\n\nLeaders need to ensure that:\n\n- visits are made\n\n- files are read",
    )
    assert [(finding.kind, finding.stem, finding.text) for finding in found.findings] == [
        ("priority_action", "Leaders need to ensure that:", "visits are made"),
        ("priority_action", "Leaders need to ensure that:", "files are read"),
    ]


def test_paragraphs_of_a_list_without_marks_are_items() -> None:
    lists = "### Areas for improvement\n\n**Front door**\n\nVisits are late.\n\nFiles are thin.\n\n### Next steps\n\n-"
    body = PROSE * 4 + lists
    assert items(area("Medway", body=body)) == ["Visits are late.", "Files are thin."]


def test_heading_with_nothing_below_it_and_words_that_are_no_item_are_said() -> None:
    assert "heading_without_items" in loud(area("Medway", body="### Strengths\n\n### Next steps\n\nAnswer."))
    body = "### Strengths\n\n- Visits are prompt.\n\nThis paragraph stands loose."
    assert loud(area("Medway", body=body)) == ["text_not_placed"]
