"""The data dictionary: outputs/README.md is what the schemas say."""

import re
from pathlib import Path

import pytest

from extractor.tables.datasets import SCHEMAS, data_dictionary
from extractor.vocabulary import FLAGS

ROOT = Path(__file__).parents[2]


def test_the_dictionary_in_the_repository_is_the_one_the_schemas_make():
    assert (ROOT / "outputs/README.md").read_text(encoding="utf-8") == data_dictionary()


@pytest.mark.parametrize("table", SCHEMAS)
def test_every_column_says_what_it_means(table):
    assert all(field.metadata and field.metadata[b"about"].strip() for field in SCHEMAS[table])


def test_every_flag_the_program_sets_is_explained():
    files = ("report/findings.py", "report/gradings.py", "layout/blocks.py")
    rooms = [(ROOT / "extractor" / name).read_text(encoding="utf-8") for name in files]
    set_flags = {flag for flag in FLAGS if any(f'"{flag}"' in room for room in rooms)}
    named = {flag for room in rooms for flag in re.findall(r'flags\.(?:add|append)\("(\w+)"\)', room)}
    assert named <= set_flags
