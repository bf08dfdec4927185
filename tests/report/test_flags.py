"""Every flag that a row may bear is explained, and one that is not cannot be set."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from printed import extracted

from extractor.report.findings.flags import ITEM_FLAGS, flags_of
from extractor.report.flags import FLAGS, meaning
from extractor.tables.dictionary import data_dictionary


@dataclass
class _Draft:
    flags: set[str]


@dataclass
class _Traits:
    item: _Draft


def test_dictionary_explains_each_flag_once() -> None:
    names = re.findall(r"^\| `(\w+)`", data_dictionary().split("## Flags")[1].split("## Problems")[0], re.M)
    assert names == sorted(FLAGS) and all(len(flag.meaning.split()) > 4 for flag in FLAGS.values())


def test_flag_that_no_row_explains_cannot_be_set() -> None:
    with pytest.raises(LookupError, match="new_and_strange"):
        flags_of(_Traits(_Draft({"new_and_strange"})))  # type: ignore[arg-type]


def test_flags_of_layout_reach_the_row() -> None:
    assert "hyphen_uncertain" in {flag.name for flag in ITEM_FLAGS}


@pytest.mark.parametrize("name", ["bullets_in_text", "odd_beginning", "small_beginning", "no_closing_mark"])
def test_flag_worth_a_look_is_a_problem_with_its_meaning(name: str) -> None:
    item = {
        "bullets_in_text": "The force should: • plan; • act.",
        "odd_beginning": "? The force should act.",
        "small_beginning": "comply with all that the scheme asks.",
    }
    got = extracted(
        f"# Investigating crime\n\nGood\n\nThe force works with others.\n\n### Areas for improvement\n\n"
        f"- {item.get(name, 'The force should act with')}\n\n"
    )
    assert name in got.findings[0].flags
    assert [meaning(name) in problem.message for problem in got.problems if problem.code == name] == [True]


def test_a_part_of_a_list_below_its_stem_may_begin_small() -> None:
    got = extracted(
        "# Investigating crime\n\nInadequate\n\nThe force works with others.\n\n### Cause of concern\n\n"
        "The force does not keep its records.\n\n### Recommendations\n\nWithin six months, the force should:\n\n"
        "- keep its records in one place; and\n- comply with the scheme for its records.\n\n"
    )
    assert [finding.text.split()[0] for finding in got.findings] == ["The", "keep", "comply"]
    assert not any("small_beginning" in finding.flags for finding in got.findings)


@pytest.mark.parametrize(
    ("words", "below", "flagged"),
    [
        ("The force should act", "## Next\n\nIt works.", False),
        ("The force should act and", "## Next\n\nIt works.", True),
        ("The force should act", "\\f\n## Next\n\nIt works.", True),
        ("The force should act,", "## Next\n\nIt works.", True),
    ],
)
def test_item_without_a_closing_mark_is_flagged_where_its_end_is_not_seen(
    words: str, below: str, flagged: bool
) -> None:
    start = "# Investigating crime\n\nGood\n\nThe force works with others.\n\n### Areas for improvement\n\n"
    plan = "- The force should see to it that those who call are told what was done about what they called for.\n"
    got = extracted(f"{start}{plan}- {words}\n\n{below}")
    assert ("no_closing_mark" in got.findings[-1].flags) is flagged
