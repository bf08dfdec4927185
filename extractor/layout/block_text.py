"""The text of a block: its lines' words joined exactly as printed, and which line each stretch of it is from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.layout import thresholds
from extractor.layout.bullets import without_bullet
from extractor.layout.footnotes import is_note_ref
from extractor.layout.hyphens import HYPHENS, SOFT, Hyphens
from extractor.layout.joints import OpenBlock
from extractor.models import Line, Run

Stretches = tuple[tuple[int, int], ...]  # start and end, in characters
Pieces = tuple[tuple[int, int, int], ...]  # start, end, line number

_CLOSERS = tuple("’”'\")]%")  # a word may end with one before its hyphen
_FIRST_LETTERS = "BCDEFGHJKLMNOPQRSTUVWXYZ"
_TAIL = 40  # characters before a line end in which the divided word stands


@dataclass(frozen=True, slots=True)
class JoinedText:
    """A block's words, where they are from, what is bold, and what is uncertain."""

    text: str
    pieces: Pieces
    strong: Stretches = ()
    flags: tuple[str, ...] = ()


def folded_line(line: Line) -> JoinedText:
    """Return one line's text as it stands, with white space folded."""
    words = " ".join(line.text.replace(SOFT, "").split())
    return JoinedText(words, ((0, len(words), line.number),))


def join_lines(block: OpenBlock, hyphens: Hyphens) -> JoinedText:
    """Return the words of a block's lines, without bullet and signs of footnotes, words broken at line ends whole."""
    text = ""
    pieces: list[tuple[int, int, int]] = []
    strong: list[tuple[int, int]] = []
    flags: set[str] = set()
    for place, line in enumerate(block.lines):
        words, bold = printed_words(line, strip_bullet=place == 0 and block.kind == "bullet")
        if place == 0 and words == block.bullet:
            words, bold = "", ()
        if text and words:
            text, sure = _ready_for(text, words, hyphens)
            pieces[-1] = (pieces[-1][0], min(pieces[-1][1], len(text)), pieces[-1][2])
            flags.update(() if sure else ("hyphen_uncertain",))
        start = len(text)
        text += words
        pieces.append((start, len(text), line.number))
        strong += [(start + first, start + last) for first, last in bold]
    return JoinedText(text, tuple(pieces), _closed_up(strong, text), tuple(flags))


def _ready_for(text: str, words: str, hyphens: Hyphens) -> tuple[str, bool]:
    """The text as it stands before the words of the next line (with a blank, or its hyphen settled); whether sure."""
    in_word = text[-2:-1].isalnum() or text[-2:-1] in _CLOSERS  # else a dash between words, or the end of "+/-"
    if text[-1] == SOFT or (text[-1] in HYPHENS and in_word):
        keep, sure = hyphens.keep(text[-_TAIL:], words)
        return (text if keep else text[:-1]), sure
    if text[-1] in "/–—" and in_word and words[0].isalnum():
        return text, True
    return text + " ", True


def printed_words(line: Line, *, strip_bullet: bool) -> tuple[str, Stretches]:
    """Return one line's words, white space folded, without signs of footnotes, and its bold stretches.

    A soft hyphen stays at the end of the line only, where it divides a word.
    """
    words, bold = _folded(_weighted(line))
    if SOFT in words or "  " in words:
        return _letter_by_letter(words, bold, strip_bullet)
    ended = words.rstrip()
    lead = len(ended) - len(without_bullet(ended)) if strip_bullet else 0
    ended = ended[lead:]
    return ended, tuple((max(first - lead, 0), min(last - lead, len(ended))) for first, last in bold if last > lead)


def _weighted(line: Line) -> list[tuple[str, bool]]:
    """Return the text of each run and whether it is bold, signs of footnotes left out and a drop cap with its word."""
    parts = [(run.text, run.bold) for run in line.runs if not (run.raised and is_note_ref(run.text))]
    if len(line.runs) > 1 and has_drop_cap(line):
        parts = [(parts[0][0].rstrip(), parts[1][1]), (parts[1][0].lstrip(), parts[1][1]), *parts[2:]]
    return parts or [(line.text, line.bold)]


def _folded(parts: Sequence[tuple[str, bool]]) -> tuple[str, list[tuple[int, int]]]:
    """Return the words of all parts with white space folded, and where they are bold."""
    words = ""
    bold: list[tuple[int, int]] = []
    if len(parts) == 1:
        words = " ".join(parts[0][0].split())
        return words, [(0, len(words))] if parts[0][1] and words else []
    for text, weight in parts:
        start = len(words)
        gap = " " if words and words[-1] != " " and text[:1].isspace() else ""
        words += gap + " ".join(text.split()) + (" " if text.strip() and text[-1].isspace() else "")
        if weight and words[start:].strip():
            bold.append((start, len(words)))
    return words, bold


def has_drop_cap(line: Line) -> bool:
    """Say whether a line opens with the large first letter of its first word; `A` and `I` may be words themselves."""
    if len(line.runs) < 2:
        return False
    letter, rest = line.runs[0], line.runs[1]
    large = letter.size > thresholds.DROP_CAP * rest.size
    return large and len(letter.text.strip()) == 1 and letter.text.strip() in _FIRST_LETTERS and _begins_small(rest)


def _begins_small(run: Run) -> bool:
    return run.text.lstrip()[:1].islower()


def _letter_by_letter(words: str, bold: Sequence[tuple[int, int]], strip_bullet: bool) -> tuple[str, Stretches]:
    """The same for lines with soft hyphens or double blanks in them, which move the bold stretches."""
    ended = words.rstrip()
    lead = len(ended) - len(without_bullet(ended)) if strip_bullet else 0
    kept = [
        place
        for place in range(lead, len(ended))
        if (ended[place] != SOFT or place == len(ended) - 1) and ended[place : place + 2] != "  "
    ]
    text = "".join(ended[place] for place in kept)
    spans = ((bisect_left(kept, first), bisect_left(kept, last)) for first, last in bold)
    return text, tuple((first, last) for first, last in spans if last > first)


def _closed_up(strong: Sequence[tuple[int, int]], text: str) -> Stretches:
    """Join bold stretches with nothing but a blank between them."""
    joined: list[tuple[int, int]] = []
    for first, last in strong:
        last = min(last, len(text))
        if joined and not text[joined[-1][1] : first].strip():
            joined[-1] = (joined[-1][0], last)
        elif first < last:
            joined.append((first, last))
    return tuple(joined)
