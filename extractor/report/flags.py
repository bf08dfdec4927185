"""Every flag that a row may bear, from which the data dictionary is printed."""

from __future__ import annotations

from extractor.report.findings.flags import ITEM_FLAGS, ItemTraits
from extractor.report.gradings.flags import GRADE_FLAGS, GradeTraits
from extractor.vocabulary import Flag

_ALL: tuple[Flag[ItemTraits] | Flag[GradeTraits], ...] = (*ITEM_FLAGS, *GRADE_FLAGS)
FLAGS = {flag.name: flag for flag in _ALL}


def meaning(name: str) -> str:
    """Return what a flag tells; the flag's own words where nothing more is known."""
    return FLAGS[name].meaning if name in FLAGS else name.replace("_", " ")
