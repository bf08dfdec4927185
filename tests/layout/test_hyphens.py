"""A hyphen at a line end is settled by how the document writes the word elsewhere."""

from __future__ import annotations

import pytest
from set_by_hand import line

from extractor.layout.hyphens import Hyphens

DIVIDES = ("A neigh-", "bourhood and", "its neighbourhood, the neighbourhood.")  # the document breaks words
ONCE_SO = (*DIVIDES, "A neighbour-hood once, by mistake; the neighbourhood.")
NEVER = ("It is well-known, and", "known well.")

CASES = [
    (DIVIDES, "neigh-", "bourhood", False, True),  # written whole elsewhere
    (ONCE_SO, "neighbour-", "hood", False, True),  # written both ways: the commoner
    ((*ONCE_SO, "A neighbour-hood."), "neighbour-", "hood", False, False),  # hardly commoner
    (("A self-assessed plan is self-assessed, self-assessed; selfassessed.",), "self-", "assessed", True, True),
    (NEVER, "multi-", "agency", True, True),  # a document that divides no words
    (DIVIDES, "sup\u00ad", "port", False, True),  # a soft hyphen is never part of the word
    (DIVIDES, "Anglo-", "Saxon", True, True),  # nor is a capital broken off
    (("Where HMICFRS found", "HMICFRS."), "HMIC-", "FRS", False, True),  # but where it stands whole elsewhere
    (("A Stoke-on-Trent", "post"), "Stoke-on-", "Trent", True, True),
    (DIVIDES, "2016-", "17", True, True),
    (DIVIDES, "quasi-", "legal", False, False),  # nothing known of the word
    (DIVIDES, "multi-", "agency", True, False),  # a first part that is written with a hyphen
    (DIVIDES, "multi-", "plied", False, False),  # a word that only looks like one
    (DIVIDES, "day-to-", "day", True, False),
    (DIVIDES, "multi-a-", "gency", False, False),  # no word is one letter long there
    ((*DIVIDES, "The victims are supported."), "sup-", "porting", False, False),  # a word of the same family
    ((*DIVIDES, "It co-operates."), "co-", "operation", True, False),
    (("A support", "it is"), "sup‐", "port", False, True),  # a sign that this document only draws at line ends
    (("A well‐known support",), "co‐", "work", True, True),
]


@pytest.mark.parametrize(("lines", "left", "right", "keep", "sure"), CASES)
def test_hyphen(lines: tuple[str, ...], left: str, right: str, keep: bool, sure: bool) -> None:
    hyphens = Hyphens([line(words, number=n) for n, words in enumerate(lines)], ("multi", "co"), ("multiplied",))
    assert hyphens.keep(left, right) == (keep, sure)
