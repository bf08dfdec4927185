"""The columns of every table: name, type and meaning. The data dictionary is printed from them."""

from __future__ import annotations

import pyarrow as pa

BOX = pa.struct([("page", pa.int32()), *((side, pa.float32()) for side in ("x0", "top", "x1", "bottom"))])
_TEXT, _WHOLE = pa.string(), pa.int32()


def _table(*columns: tuple[str, pa.DataType, str]) -> pa.Schema:
    return pa.schema([pa.field(name, kind, metadata={"about": about}) for name, kind, about in columns])


_REPORT_ID = (
    "report_id",
    _TEXT,
    "`<cycle>-<pillar>-<force_id>`, or `unknown-<hash>` where the front matter does not settle it",
)
_BOXES = (
    "boxes",
    pa.list_(BOX),
    "where it stands: one box per printed line, points from the top left; null on web pages",
)
_RULE = ("rule_id", _TEXT, "the rule that found it")
_LABEL = ("page_label", _TEXT, "the number printed on that page, where it is another")
_FLAGS = ("flags", pa.list_(_TEXT), "plain words of caution, listed below")

SCHEMAS: dict[str, pa.Schema] = {
    "reports": _table(
        _REPORT_ID,
        ("title", _TEXT, "the printed title lines, joined by ` – `"),
        ("force_id", _TEXT, "slug of the force"),
        ("force_name", _TEXT, "the force's name as listed in the rules"),
        ("publisher", _TEXT, "HMIC or HMICFRS"),
        ("cycle", _TEXT, "the inspection cycle, as the profile of its rule pack names it, e.g. 2018/19 or 2023-25"),
        ("pillar", _TEXT, "effectiveness, efficiency, legitimacy, leadership, or integrated for all in one report"),
        ("published", _TEXT, "YYYY-MM-DD or YYYY-MM, only as far as printed"),
        ("pages", _WHOLE, "physical pages; null for a web page"),
        ("source", _TEXT, "its file: the path from the workspace, or the whole path of a file elsewhere"),
        ("sha256", _TEXT, "of the file's bytes"),
        ("profile", _TEXT, "the rule pack that read it"),
        ("rules_version", _TEXT, "short hash of the rules used"),
        ("extractor_version", _TEXT, "version of this program"),
        ("status", _TEXT, "ok, partial (there are doubts) or failed (nothing could be relied on)"),
        ("kind", _TEXT, "force, national, joint, joint_area, letter, specialist or fire"),
        ("publishers", pa.list_(_TEXT), "every inspectorate named as author, as printed"),
        ("area", _TEXT, "joint area inspections: the local area as printed"),
        ("service", _TEXT, "fire: slug of the service"),
        ("sent", _TEXT, "letters: the day of the letter, YYYY-MM-DD or YYYY-MM"),
        ("letter_type", _TEXT, "letters: what the letter does, e.g. cause_of_concern_revisit"),
        ("replies_to", _TEXT, "letters: report_id of the report whose items it judges"),
    ),
    "sections": _table(
        ("section_id", _TEXT, "`<report_id>/s<order>`"),
        _REPORT_ID,
        ("parent_id", _TEXT, "the section it belongs to"),
        ("order", _WHOLE, "place in the report, from 0"),
        ("level", _WHOLE, "1 for a chapter, 2 and more below it, 0 for what stands before the first heading"),
        ("title", _TEXT, "the heading as printed"),
        ("kind", _TEXT, "cover, contents, body, question, annex or definitions"),
        ("question_id", _TEXT, "the question family across years, where known"),
        ("page_first", _WHOLE, "page of the heading"),
        ("page_last", _WHOLE, "page of the last line"),
        ("text", _TEXT, "everything printed below the heading and before the next one"),
        _LABEL,
    ),
    "gradings": _table(
        ("grading_id", _TEXT, "`<report_id>/grade/<hash of level and question>`"),
        _REPORT_ID,
        ("level", _TEXT, "pillar, question or overall"),
        ("question", _TEXT, "the heading as printed"),
        ("question_id", _TEXT, "the question family across years; null when it is new"),
        ("grade", _TEXT, "outstanding, good, adequate, requires improvement, inadequate; null when not graded"),
        ("basis", _TEXT, "inspected, carried_over or not_graded"),
        ("origin_cycle", _TEXT, "for a carried-over grade: where it comes from, when printed"),
        ("wording", _TEXT, "the words that say so, as printed"),
        ("page", _WHOLE, "the first page it is printed on"),
        _BOXES,
        _RULE,
        _FLAGS,
        _LABEL,
    ),
    "findings": _table(
        ("finding_id", _TEXT, "`<report_id>/<afi|coc|rec|inn|pro>/<hash of the text>`; the same in every run"),
        _REPORT_ID,
        (
            "kind",
            _TEXT,
            "area_for_improvement, cause_of_concern, recommendation, innovative_practice or promising_practice",
        ),
        ("question", _TEXT, "the heading it stands under, as printed"),
        ("question_id", _TEXT, "the question family across years; null when it is new"),
        ("order", _WHOLE, "place in the report, from 0"),
        ("text", _TEXT, "the item exactly as printed; from 2021 on its lead sentence"),
        ("detail", _TEXT, "from 2021 on: the explanatory paragraphs, joined by one blank"),
        ("parent_id", _TEXT, "a recommendation's cause of concern"),
        ("stem", _TEXT, "the umbrella a recommendation's bullet stands under"),
        ("limbs", pa.list_(_TEXT), "nested bullets; their words are in `text` too"),
        ("deadline", _TEXT, "as printed"),
        ("deadline_on", _TEXT, "YYYY-MM-DD, where it can be worked out"),
        ("addressee", _TEXT, "whom the item speaks to, as printed"),
        ("status", _TEXT, "new, carried_forward (an old item printed again as still open) or restated"),
        ("origin_cycle", _TEXT, "the cycle a carried-forward or restated item comes from"),
        ("page_first", _WHOLE, "page of its first line"),
        ("page_last", _WHOLE, "page of its last line"),
        _BOXES,
        _RULE,
        _FLAGS,
        _LABEL,
        ("number", _TEXT, "as printed; null where none is printed"),
        (
            "addressees",
            pa.list_(_TEXT),
            "who should act: chief_constables, a force_id, home_office, college_of_policing, npcc, cps, pcc, "
            "`other:<as printed>`",
        ),
        ("condition", _TEXT, "the words of “forces that …”, where only some forces are meant"),
        ("also_on", pa.list_(_WHOLE), "further pages on which it is printed"),
        ("outcome", _TEXT, "closed or open, where a sentence of a letter says so"),
        ("outcome_sentence", _TEXT, "that sentence, as printed"),
    ),
    "problems": _table(
        _REPORT_ID,
        ("source", _TEXT, "the report's file, as in `reports`"),
        ("stage", _TEXT, "where it was met: read, recognise, text, gradings, findings, checks, write or fetch"),
        ("code", _TEXT, "permanent name of this kind of problem"),
        (
            "severity",
            _TEXT,
            "error (a row is missing or wrong), doubt (look at this row) or note (not shown by default)",
        ),
        ("page", _WHOLE, "page, where one can be named"),
        ("message", _TEXT, "what is wrong and what to do next"),
        _LABEL,
    ),
    "mentions": _table(
        _REPORT_ID,
        ("force_id", _TEXT, "slug of the force that is named"),
        ("page", _WHOLE, "page it begins on"),
        ("place", _TEXT, "text, box, list or table"),
        ("list", _TEXT, "visited (a list of forces visited) or other; null in running text"),
        ("sentence", _TEXT, "the sentence, list entry or row, as printed"),
        _BOXES,
        _LABEL,
    ),
    "actions": _table(
        ("finding_id", _TEXT, "the item it was drafted from"),
        _REPORT_ID,
        ("order", _WHOLE, "place in the report's list of actions, from 0: severity first"),
        ("text", _TEXT, "a draft in the imperative, made of the item's own words"),
        ("dropped", pa.list_(_TEXT), "the item's words that no draft of it carries, as printed"),
        ("rule_ids", pa.list_(_TEXT), "the rules that made it; those that begin with R14 ask for a second look"),
    ),
    "links": _table(
        ("earlier_id", _TEXT, "finding_id of the earlier item"),
        ("later_id", _TEXT, "finding_id of the later item"),
        ("force_id", _TEXT, "slug of the force"),
        ("relation", _TEXT, "same, reworded, widened, narrowed, split, merged, escalated, eased or recurred"),
        ("score", pa.float64(), "how likely it is that the two are one problem, 0 to 100"),
        ("runner_up", pa.float64(), "score of the next best candidate; null when there was none"),
        ("evidence", _TEXT, "what speaks for the link"),
        ("verdict", _TEXT, "an analyst's word on it: confirmed, rejected or another relation"),
    ),
    "candidates": _table(
        ("earlier_id", _TEXT, "finding_id of an earlier item that has no link"),
        ("later_id", _TEXT, "finding_id of a later item that may be the same problem"),
        ("force_id", _TEXT, "slug of the force"),
        ("rank", _WHOLE, "1 for the likeliest, to 3"),
        ("score", pa.float64(), "how likely it is that the two are one problem, 0 to 100"),
        ("speaks_for", _TEXT, "what the two share"),
        ("speaks_against", _TEXT, "what sets them apart"),
    ),
    "fates": _table(
        ("finding_id", _TEXT, "the earlier finding"),
        ("next_report_id", _TEXT, "the force's next report on its question, or the letter that closes it"),
        ("fate", _TEXT, "repeated, reworded, escalated, eased, closed, not_seen_again or not_inspected"),
        ("link", _TEXT, "finding_id of the later item"),
        ("evidence", _TEXT, "what speaks for it"),
    ),
}

OF_THE_TEXT = ("sections", "gradings", "findings", "mentions")
PER_REPORT = ("reports", *OF_THE_TEXT, "problems")
