"""The closed sets of the field: kinds of findings, grades, flags, as tables write them and as people say them."""

from __future__ import annotations

KIND_CODES = {
    "area_for_improvement": "afi",
    "cause_of_concern": "coc",
    "recommendation": "rec",
    "innovative_practice": "inn",
    "promising_practice": "pro",
    "effective_practice": "eff",
    "priority_action": "pri",
    "strength": "str",
}
KIND_NAMES = {  # one, several
    "area_for_improvement": ("area for improvement", "areas for improvement"),
    "cause_of_concern": ("cause of concern", "causes of concern"),
    "recommendation": ("recommendation", "recommendations"),
    "innovative_practice": ("innovative practice", "innovative practices"),
    "promising_practice": ("promising practice", "promising practices"),
    "effective_practice": ("effective practice", "effective practices"),
    "priority_action": ("area for priority action", "areas for priority action"),
    "strength": ("strength", "strengths"),
}
GRADES = ("outstanding", "good", "adequate", "requires improvement", "inadequate")  # best first

# What each flag of a finding or grading tells the reader.
FLAGS = {
    "crosses_page": "it begins on one page and ends on another",
    "unusual_length": "it is much shorter or longer than such items are",
    "lead_not_parted": "its first sentence could not be told from what explains it",
    "mark_in_text": "a footnote mark may be left in its words",
    "no_closing_mark": "it does not end with a full stop or semicolon, so words may be missing",
    "no_question": "it stands under no question that is known",
    "heading_in_body_type": "its heading is printed like ordinary text",
    "joined_paragraphs": "it was put together from several paragraphs",
    "lead_by_words": "where its first sentence ends was decided by the words, not by bold type",
    "odd_beginning": "it begins with a sign that is no letter, perhaps a bullet that could not be read",
    "recurring": "the report says that it was raised before",
    "no_cause_of_concern": "it is a recommendation without a cause of concern before it",
    "hyphen_uncertain": "a word was divided at a line end, and whether it keeps its hyphen is not certain",
    "box_at_foot": "its box ends with the page; compare the top of the next page",
    "bold_in_detail": "a part of its explanation is set in bold like a further item",
    "bullets_in_text": "bullets run on inside its text, so it may be several items",
    "grades_disagree": "the report prints different grades for it",
    "glued_figures": "a footnote mark may be glued to a year in its words",
    "grade_from_sentence": "the grade was read from a sentence, not from a graphic or label",
    "grade_not_printed": "the report says that an earlier grade stands and does not print it",
    "grade_unknown_in_cycle": "the grade does not belong to the scale of that cycle",
    "unrecognised_area": "the area that is graded is not in the list of known questions",
}


def meaning(flag: str) -> str:
    """Return what a flag tells; the flag's own words where nothing more is known."""
    return FLAGS.get(flag, flag.replace("_", " "))
