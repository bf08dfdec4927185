"""Every problem that a row of `problems` may name: one table, from which the data dictionary is printed.

A problem is made where it is met, before it is known of which report: `problem` leaves report and source empty, and the
pipeline fills them in. Severity `error`: a row is missing or wrong; `doubt`: look at this row before relying on it;
`note`: it changes nothing about the rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractor.models import Problem

_LOOK = "look at the page"
_COMPARE = "compare the row with the page"
_AGAIN = "download or save the file again"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem."""

    code: str  # permanent
    stage: str  # read | recognise | gradings | findings | checks
    severity: str  # error | doubt | note: the usual one
    meaning: str
    next_step: str


PROBLEMS = (
    # the file
    Kind("missing_file", "read", "error", "the file cannot be opened", "check its name and that you may read it"),
    Kind("unreadable_file", "read", "error", "the file cannot be opened", "check its name and your rights"),
    Kind("empty_file", "read", "error", "the file has no bytes", _AGAIN),
    Kind("too_large", "read", "error", "the file is far larger than any report", "check that it is the report"),
    Kind("not_a_pdf", "read", "error", "the file is no PDF, whatever its name says", _AGAIN),
    Kind("not_html", "read", "error", "the file is no web page", "save the report as HTML"),
    Kind("damaged_pdf", "read", "error", "the PDF cannot be opened", _AGAIN),
    Kind("damaged_archive", "read", "error", "the web archive cannot be opened", _AGAIN),
    Kind("encrypted_pdf", "read", "error", "the PDF needs a password", "save a copy without a password"),
    Kind("too_many_pages", "read", "error", "the PDF has more pages than are read", "split it into reports"),
    Kind("no_text_layer", "read", "error", "the PDF holds pictures and no text", "run OCR, or use the web page"),
    Kind("no_text_map", "read", "error", "the PDF's fonts do not say their letters", "run OCR on the file"),
    Kind("no_text", "read", "error", "the web page holds no text of its own", "save it again when it has loaded"),
    Kind("cut_short", "read", "error", "the web page cannot be read to its end", "use the PDF"),
    Kind("truncated_pdf", "read", "doubt", "the end of the PDF is missing", _AGAIN),
    Kind("repaired_pdf", "read", "doubt", "the PDF was damaged and was repaired", _AGAIN),
    Kind("page_damaged", "read", "doubt", "a page is damaged and was not read", _AGAIN),
    Kind("page_without_text", "read", "doubt", "a page is a picture without text", "read it by eye, or run OCR"),
    Kind("page_unreadable", "read", "doubt", "the text of a page makes no sense", "read it by eye"),
    Kind("page_reread", "read", "note", "a page was read by the second reader", _COMPARE),
    Kind("ocr_text", "read", "doubt", "the text was made by OCR and may be wrong", _COMPARE),
    Kind("hidden_text", "read", "doubt", "there is text that cannot be seen; it was not read", _COMPARE),
    Kind("struck_text", "read", "doubt", "words are struck out on the page", _COMPARE),
    Kind("stream_damaged", "read", "doubt", "the PDF is damaged inside; words may be lost", _AGAIN),
    Kind("contents_missing", "read", "doubt", "a part of a page's contents is missing", "compare with another copy"),
    Kind("font_missing", "read", "doubt", "a page's font is missing from the file", "compare with another copy"),
    Kind("page_unlisted", "read", "doubt", "the file speaks of pages that it has not", "compare with another copy"),
    Kind("older_version", "read", "doubt", "the file shows parts as they were before a change", _AGAIN),
    Kind("page_blank", "read", "doubt", "a page among pages of text is blank", "compare with another copy"),
    Kind("page_twice", "read", "doubt", "a page has the text of another again", "see whether rows are counted twice"),
    Kind("annotation_text", "read", "doubt", "words of an annotation were read with the page", _COMPARE),
    Kind("annotation_unread", "read", "doubt", "an annotation that the file does not draw was not read", _LOOK),
    Kind("picture_of_text", "read", "doubt", "a picture of print was not read", "read it by eye, or run OCR"),
    Kind("other_words_meant", "read", "doubt", "the file says other words than the page shows", _COMPARE),
    Kind("letters_exchanged", "read", "doubt", "a font says other letters than it shows", _COMPARE),
    Kind("letters_unsaid", "read", "doubt", "a font does not say all its letters", _COMPARE),
    Kind("glyphs_by_shape", "read", "note", "signs that a font does not say were told by their shapes", "none"),
    Kind("portfolio", "read", "error", "the PDF is a cover with the reports inside it", "save and read each of them"),
    Kind("attachments", "read", "note", "other files are inside the PDF; they were not read", "none"),
    Kind("charset_unsure", "read", "doubt", "some letters are damaged", "compare dashes and quotes with the page"),
    Kind("page_cut", "read", "doubt", "the end of the web page is missing", _AGAIN),
    Kind("compressed_page", "read", "note", "the web page was saved in a packed form", "none"),
    Kind("frame_not_read", "read", "note", "a frame of the web page was not saved with it", _LOOK),
    Kind("styles_not_read", "read", "doubt", "style sheets too long to follow: hidden words may have been read", _LOOK),
    Kind("time_limit", "read", "error", "reading took longer than one report may", "give it a longer limit"),
    Kind("memory_limit", "read", "error", "reading took more memory than one report may", "give it more"),
    Kind("worker_died", "read", "error", "the program that read it ended", "extract it again, alone"),
    Kind("program_error", "read", "error", "the program failed on it", "report the file as a bug"),
    # the report
    Kind("not_a_force_report", "recognise", "error", "it is no report of a known kind", "nothing was taken from it"),
    Kind("several_reports", "recognise", "error", "the file holds several reports", "split it into one file for each"),
    Kind("report_in_pack", "recognise", "doubt", "the file holds other papers beside the report", _LOOK),
    Kind("no_title", "recognise", "doubt", "no title was found on the front page", _LOOK),
    Kind("no_title_of_an_inspection", "recognise", "doubt", "the title names no inspection of a force", _LOOK),
    Kind("cycle_from_body", "recognise", "doubt", "the cycle was taken from the text or file name", _LOOK),
    Kind("force_from_body", "recognise", "doubt", "the force was taken from the text", _LOOK),
    Kind("force_from_file_name", "recognise", "doubt", "the force was taken from the file name", _LOOK),
    Kind("force_disagrees", "recognise", "doubt", "two places name different forces", _LOOK),
    Kind("force_unknown", "recognise", "error", "no force is named that is known", "check that it is on one force"),
    Kind("service_unknown", "recognise", "error", "no fire service is named that is known", _LOOK),
    Kind("area_unknown", "recognise", "error", "no local area is named that is known", _LOOK),
    Kind("two_forces", "recognise", "doubt", "the front page names more than one force", _LOOK),
    Kind("date_of_conversion", "recognise", "note", "a date is that of a conversion, not of publication", "none"),
    Kind("sent_after_published", "recognise", "doubt", "the letter is dated after its publication", _LOOK),
    Kind("no_date", "recognise", "note", "no date of publication is printed", "work out the day to answer by hand"),
    Kind("duplicate_report", "recognise", "note", "another file holds the same inspection", "compare the two"),
    # the grades
    Kind("grade_disagrees", "gradings", "doubt", "the report states different grades for one question", _COMPARE),
    Kind("grade_unknown_in_cycle", "gradings", "doubt", "the grade is none of that cycle's", _LOOK),
    Kind("grade_unplaced", "gradings", "doubt", "a grade stands beside no known question", _LOOK),
    Kind("unrecognised_area", "gradings", "doubt", "an area is graded that is not known", "it is taken as printed"),
    Kind("no_gradings", "checks", "doubt", "no grade was found", "look at the report's overview"),
    Kind("question_missing", "checks", "doubt", "a question of the cycle is not in the report", "look for it"),
    Kind("question_without_grade", "checks", "doubt", "a question has neither a grade nor a reason for none", _LOOK),
    Kind("count_disagrees", "checks", "doubt", "the report counts other grades than were found", _COMPARE),
    Kind("inadequate_without_concern", "checks", "doubt", "an inadequate question has no cause of concern", _LOOK),
    # the findings
    Kind("heading_without_items", "findings", "doubt", "nothing could be read below a heading of items", _LOOK),
    Kind("text_not_placed", "findings", "doubt", "words below a heading of items are in no item", _LOOK),
    Kind("items_retold", "findings", "note", "items of an earlier report are told again", "none"),
    Kind("number_twice", "findings", "doubt", "one number is printed with two texts", _LOOK),
    Kind("number_missing", "checks", "doubt", "the numbers of the items have a gap", _LOOK),
    Kind("outcome_not_placed", "findings", "doubt", "a sentence judges an earlier item that is not clear", _LOOK),
    Kind("closures_disagree", "findings", "doubt", "the letter counts other closures than were read", _LOOK),
    Kind("stem_without_bullets", "findings", "doubt", "no bullets could be read below a stem", _LOOK),
    Kind("box_cut", "findings", "doubt", "a box ends where its words do not", _COMPARE),
    Kind("items_repeated", "findings", "note", "items are printed again in a summary", "they are counted once"),
    Kind("item_heading_aside", "findings", "note", "a heading of items stands in an explanation", "none"),
    Kind("item_heading_not_read", "checks", "doubt", "nothing was read below what looks like a heading", _LOOK),
    Kind("item_in_box_not_read", "checks", "doubt", "a box holds an item, and no heading says of what kind", _LOOK),
    Kind("bullet_not_read", "checks", "doubt", "a bullet reads like an item below no heading of items", _LOOK),
    Kind("items_set_aside", "checks", "doubt", "items stand in a part that only explains", _LOOK),
    Kind("item_in_carried_over_question", "checks", "doubt", "the item may be an old one", _LOOK),
    Kind("item_twice", "checks", "doubt", "an item was found more than once", _LOOK),
    Kind("empty_item", "checks", "doubt", "an item has no text", _LOOK),
    Kind("concern_without_recommendation", "checks", "doubt", "a cause of concern has no recommendation", _LOOK),
    Kind("recommendation_without_concern", "checks", "doubt", "a recommendation has no cause of concern", _LOOK),
    Kind("bullets_in_text", "checks", "doubt", "bullets run on inside an item", _COMPARE),
    Kind("odd_beginning", "checks", "doubt", "an item begins with a sign that is no letter", _COMPARE),
    Kind("small_beginning", "checks", "doubt", "an item begins with a small letter and has no stem", _COMPARE),
    Kind("no_closing_mark", "checks", "doubt", "an item has no full stop; its end may be missing", _COMPARE),
    Kind("limit_unsure", "checks", "doubt", "words speak of time, and may or may not set a time limit", _COMPARE),
    Kind("open_detail", "checks", "doubt", "an explanation ends in the middle of a sentence", _COMPARE),
    Kind("heading_misprinted", "checks", "doubt", "the heading of an item is misprinted", _COMPARE),
    Kind("heading_unknown", "checks", "doubt", "a line is set like headings of items, its words are unknown", _LOOK),
    Kind("words_in_no_row", "checks", "doubt", "the box of an item holds words that are in no row", _COMPARE),
    Kind("words_aside", "checks", "note", "words stand across or beside the text and were read over", "none"),
    Kind("unusual_length", "checks", "doubt", "an item is much shorter or longer than usual", _COMPARE),
    Kind("strange_letter", "checks", "doubt", "an item holds a letter that no English text has", _COMPARE),
    Kind("text_suspect", "checks", "doubt", "letters seem to be wrong throughout the file", _COMPARE),
    Kind("page_missing", "checks", "doubt", "a page is missing, as others tell", "compare with another copy"),
    Kind("page_unnumbered", "checks", "doubt", "a page lacks the number that others have", _LOOK),
    Kind("paragraph_missing", "checks", "doubt", "the numbers of paragraphs have a gap", "compare with another copy"),
    Kind("no_findings", "checks", "note", "no area for improvement or cause of concern was found", "none"),
)  # fmt: skip
BY_CODE = {kind.code: kind for kind in PROBLEMS}


def problem(code: str, page: int | None, message: str, severity: str | None = None) -> Problem:
    """Return a problem of a report not yet named; its severity is the usual one unless another is given.

    Raises:
        LookupError: no row of the table explains the code.
    """
    kind = BY_CODE[code]
    return Problem("", "", kind.stage, code, severity or kind.severity, page, message)
