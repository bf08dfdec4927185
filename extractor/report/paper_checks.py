"""What cannot be true of a paper with numbered or counted items becomes a problem."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.models import Finding, Problem
from extractor.phrasing import shortened
from extractor.problems import problem
from extractor.report.findings.clues import Clues
from extractor.report.sentences import sentences
from extractor.rulebook.numbers import number_in
from extractor.vocabulary import KIND_NAMES

_COUNTED = {
    "COUNT_REC": "recommendation",
    "COUNT_AFI": "area_for_improvement",
    "COUNT_COC": "cause_of_concern",
}


def paper_remarks(rows: Sequence[Finding], clues: Clues) -> Iterator[Problem]:
    """Yield a remark for each gap in the numbers and each count in the text that the rows do not bear out."""
    for kind in _COUNTED.values():
        yield from _gaps(kind, [row for row in rows if row.kind == kind])
    yield from _counts(rows, clues)


def _gaps(kind: str, rows: Sequence[Finding]) -> Iterator[Problem]:
    numbers = {int(row.number) for row in rows if row.number and row.number.isdigit()}
    missing = sorted(set(range(1, max(numbers, default=0) + 1)) - numbers)
    if missing:
        listed = ", ".join(map(str, missing))
        message = f"no {KIND_NAMES[kind][0]} with the number {listed} was read, though {max(numbers)} was"
        yield problem("number_missing", None, message)
    bare = [row for row in rows if numbers and row.number is None]
    for row in bare:
        yield problem(
            "number_missing", row.page_first, f"“{shortened(row.text, 80)}” has no number, while others have one"
        )


def _counts(rows: Sequence[Finding], clues: Clues) -> Iterator[Problem]:
    """Compare with sentences such as `We have made ten recommendations and two areas for improvement`."""
    seen: set[tuple[str, int]] = set()
    for block in clues.text.reading:
        if not clues.has(block, *_COUNTED) or clues.parts[clues.part_of.get(block.number, 0)].kind == "annex":
            continue
        for start, end in sentences(block.text):
            words = block.text[start:end]
            if clues.labels.has(words, "PAST", "COUNT_ELSEWHERE"):
                continue
            for label, kind in _COUNTED.items():
                match = clues.labels.first(words, label)
                said = number_in(match.text) if match else None
                found = sum(row.kind == kind for row in rows)
                if said is not None and said != found and (kind, said) not in seen:
                    seen.add((kind, said))
                    message = f"the report speaks of {said} {KIND_NAMES[kind][said != 1]}, {found} were read"
                    yield problem("count_disagrees", block.page_first, message)
