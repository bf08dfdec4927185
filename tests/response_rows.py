# ruff: noqa: E501 - items stand as printed
"""Small tables for the tests of responses and exports: the items that a published response of 2016 quotes, and others."""

from __future__ import annotations

from pathlib import Path

from extractor.models import Box, Extraction, Finding, Grading, Report
from extractor.tables.write import write_tables
from extractor.vocabulary import KIND_CODES

PREVENT = "How effective is the force at preventing crime and anti-social behaviour, and keeping people safe?"
INVESTIGATE = "How effective is the force at investigating crime and managing offenders?"
PROTECT = "How effective is the force at protecting from harm those who are vulnerable, and supporting victims?"
ORGANISED = "How effective is the force at tackling serious and organised crime?"

CLEVELAND_2015 = (
    ("area_for_improvement", PREVENT, "The force should ensure that the prevention of crime and anti-social behaviour is a routine part of neighbourhood policing activity."),
    ("area_for_improvement", PREVENT, "The force should adopt a structured and consistent problem-solving process across the force to enable it to tackle crime and anti-social behaviour more effectively."),
    ("area_for_improvement", PREVENT, "The force should use evidence of ‘what works’ drawn from other forces, academics and partners to continually improve its approach to the prevention of crime and anti-social behaviour. There should be routine evaluation of tactics and sharing of effective practice at a local level."),
    ("area_for_improvement", INVESTIGATE, "The force should ensure that all crimes are allocated promptly to investigators with the appropriate skills, accreditation and support to investigate them to a good standard."),
    ("area_for_improvement", INVESTIGATE, "The force should improve its ability to retrieve digital evidence from mobile phones, computers and other electronic devices quickly enough to ensure that investigations are not delayed."),
    ("cause_of_concern", PROTECT, "The force’s identification and response to vulnerable victims is a cause of concern to HMIC. There are inconsistencies in the quality of service to vulnerable victims at the first point of contact with the police."),
    ("recommendation", PROTECT, "To address this area of concern the force should immediately take steps to improve its identification of and response to vulnerable victims by ensuring that: staff effectively assess and identify vulnerable victims at initial point of contact; and staff respond in a timely manner to incidents identified as requiring police attendance"),
    ("area_for_improvement", PROTECT, "The force should improve its response to missing children by ensuring that the force and partners can readily use information in a timely manner to safeguard children; that it carries out risk assessments and investigations to an appropriate standard; and that it introduces processes to ensure that it supervises properly risk assessment and investigations."),
    ("area_for_improvement", PROTECT, "The force should continue to develop its response to child sexual exploitation specifically in relation to ensuring officers and staff record consistently their risk assessments."),
    ("area_for_improvement", PROTECT, "The force should further improve the way it works with partner organisations in relation to sharing information and safeguarding victims by continuing to work to establish a multi-agency safeguarding hub."),
    ("area_for_improvement", ORGANISED, "The force should complete its serious and organised crime local profile including relevant data from partner agencies, and ensure that it has a local partnership structure in place with responsibility for tackling serious and organised crime."),
)  # fmt: skip
CLEVELAND_GRADES = (
    (PREVENT, "requires improvement"),
    (INVESTIGATE, "good"),
    (PROTECT, "requires improvement"),
    (ORGANISED, "good"),
)
CLEVELAND_ACTIONS = (
    "Effectively assess and identify vulnerability at point of contact.",
    "Provide a timely response to vulnerable victims.",
    "Improve the response to missing children.",
    "Develop the response to Child Sexual Exploitation.",
    "Develop and implement plans for a Multi-Agency Safeguarding Hub.",
    "Ensure neighbourhood policing includes routine crime and Anti-Social Behaviour prevention activity.",
    "Adopt a structured and consistent problem solving process.",
    "Understand and utilise 'what works' and evaluate tactics.",
    "Ensure the prompt allocation of crime to appropriately skilled and accredited investigators.",
    "Improve the ability to retrieve digital evidence.",
    "Complete a Serious and Organised Crime local profile.",
    "Ensure a local partnership structure for tackling Serious and Organised Crime",
)


def report(report_id: str = "2015-effectiveness-cleveland", **other: object) -> Report:
    """Return a row of `reports` with anything else as named."""
    row: dict[str, object] = {
        "report_id": report_id,
        "title": "PEEL: Police effectiveness 2015 – An inspection of Cleveland Police",
        "force_id": "cleveland",
        "force_name": "Cleveland Police",
        "publisher": "HMIC",
        "cycle": "2015",
        "pillar": "effectiveness",
        "published": "2016-02",
        "pages": 42,
        "source": "cleveland.pdf",
        "sha256": "0" * 64,
        "profile": "peel-2015",
        "rules_version": "0",
        "extractor_version": "0",
        "status": "ok",
    }
    return Report(**(row | other))  # type: ignore[arg-type]


def finding(
    order: int,
    kind: str,
    question: str | None,
    text: str,
    report_id: str = "2015-effectiveness-cleveland",
    **other: object,
) -> Finding:
    """Return a row of `findings` with anything else as named."""
    row: dict[str, object] = {
        "detail": None, "parent_id": None, "stem": None, "limbs": (), "deadline": None, "deadline_on": None, "addressee": None,
        "status": "new", "origin_cycle": None, "page_first": 16 + order, "page_last": 16 + order, "boxes": (Box(16 + order, 72, 100, 500, 112),),
    }  # fmt: skip
    finding_id = f"{report_id}/{KIND_CODES[kind]}/{order:08x}"
    return Finding(finding_id, report_id, kind, question, None, order, text, rule_id="test", **(row | other))  # type: ignore[arg-type]


def grading(
    number: int,
    level: str,
    question: str,
    grade: str | None,
    report_id: str = "2015-effectiveness-cleveland",
    **other: object,
) -> Grading:
    """Return a row of `gradings` with anything else as named."""
    row: dict[str, object] = {
        "basis": "inspected" if grade else "not_graded",
        "origin_cycle": None,
        "page": 10 + number,
    }
    return Grading(
        f"{report_id}/grade/{number}",
        report_id,
        level,
        question,
        None,
        grade,
        wording=grade,
        boxes=(),
        rule_id="test",
        **(row | other),
    )  # type: ignore[arg-type]


def cleveland() -> Extraction:
    """Return the items of the Cleveland effectiveness report of 2015 with their grades."""
    findings = [finding(n, *row) for n, row in enumerate(CLEVELAND_2015)]
    concern = next(row for row in findings if row.kind == "cause_of_concern")
    linked = [
        finding(row.order, row.kind, row.question, row.text, parent_id=concern.finding_id, deadline="immediately")
        if row.kind == "recommendation"
        else row
        for row in findings
    ]
    gradings = [
        grading(
            0, "pillar", "How effective is the force at keeping people safe and reducing crime?", "requires improvement"
        )
    ]
    gradings += [grading(n, "question", question, grade) for n, (question, grade) in enumerate(CLEVELAND_GRADES, 1)]
    return Extraction(report(), gradings=tuple(gradings), findings=tuple(linked))


def suffolk() -> Extraction:
    """Return an invented report of 2023: lead and explanation, a concern with deadlines, practice, an ungraded area."""
    report_id = "2023-25-integrated-suffolk"
    area, other = "Responding to the public", "Preventing and deterring crime"
    concern = finding(
        0,
        "cause_of_concern",
        area,
        "The constabulary needs to answer calls more quickly",
        report_id,
        detail="In the year to 31 March 2023 it answered 69 percent within ten seconds.",
    )
    stems = (
        ("The constabulary should immediately:", "immediately", None),
        ("Within three months, Suffolk Constabulary should:", "Within three months", "2024-01-03"),
    )
    recommendations = [
        finding(1 + n, "recommendation", area, text, report_id, stem=stem, deadline=deadline, deadline_on=day, parent_id=concern.finding_id)
        for n, ((stem, deadline, day), text) in enumerate([
            (stems[0], "make sure that supervisors know how many calls are waiting; and"),
            (stems[0], "review all calls that are waiting."),
            (stems[1], "reduce the number of calls that are abandoned."),
        ])
    ]  # fmt: skip
    rest = [
        finding(
            4,
            "area_for_improvement",
            area,
            "The constabulary needs to identify repeat callers",
            report_id,
            detail="In 21 of 58 cases we found no check.",
            status="carried_forward",
            origin_cycle="2021/22",
        ),
        finding(5, "innovative_practice", other, "The constabulary has a map of rural crime", report_id),
    ]
    gradings = (
        grading(1, "question", "Providing a service to victims of crime", None, report_id),
        grading(2, "question", other, "good", report_id, basis="carried_over", origin_cycle="2021/22"),
        grading(3, "question", area, "inadequate", report_id),
    )
    row = report(
        report_id,
        title="PEEL 2023–2025 – An inspection of Suffolk Constabulary",
        force_id="suffolk",
        force_name="Suffolk Constabulary",
        publisher="HMICFRS",
        cycle="2023-25",
        pillar="integrated",
        published="2023-10-03",
        source="https://example.invalid/suffolk.pdf",
    )
    return Extraction(row, gradings=gradings, findings=(concern, *recommendations, *rest))


def written(folder: Path, *extractions: Extraction) -> Path:
    """Write tables and return their folder."""
    for extraction in extractions or (cleveland(), suffolk()):
        write_tables(extraction, folder)
    return folder
