"""What a letter decided about earlier items: closed or still open, with the sentence that says so."""

from __future__ import annotations

from extractor.phrasing import in_number
from extractor.response.paper import Paper
from extractor.response.wording import clean, in_words, pages_of
from extractor.tables.rows import FindingRow


def outcome_lines(paper: Paper) -> list[str]:
    """Return how many items a letter closed; [] where it judges none."""
    judged = [row for row in paper.own if row["outcome"]]
    if not judged:
        return []
    closed = sum(row["outcome"] == "closed" for row in judged)
    left = len(judged) - closed
    return [
        paper.words["papers"]["judged"].format(
            count=in_words(len(judged)),
            things=in_number(len(judged), "item"),
            closed=in_words(closed) if closed else "none",
            was="was" if closed == 1 else "were",
            open=in_words(left) if left else "none",
            remain="remains" if left == 1 else "remain",
        )
    ]


def outcome_of(row: FindingRow, paper: Paper) -> str:
    """Return what a letter says of an item: closed, or still open; "" where it says neither."""
    if not row["outcome"]:
        return ""
    page = pages_of(row)
    place = f" (page {page})" if page else ""
    say, sentence = paper.words["papers"], clean(row["outcome_sentence"])
    form = "open" if row["outcome"] == "open" else "closed" if sentence else "closed_by"
    return say[form].format(place=place, sentence=sentence)
