"""The data dictionary: outputs/README.md is what the schemas say."""

from pathlib import Path

import pytest

from extractor.tables import rows
from extractor.tables.dictionary import data_dictionary
from extractor.tables.schemas import SCHEMAS

ROOT = Path(__file__).parents[2]


def test_the_dictionary_in_the_repository_is_the_one_the_schemas_make():
    assert (ROOT / "outputs/README.md").read_text(encoding="utf-8") == data_dictionary()


@pytest.mark.parametrize("table", SCHEMAS)
def test_every_column_says_what_it_means(table):
    assert all(field.metadata and field.metadata[b"about"].strip() for field in SCHEMAS[table])


@pytest.mark.parametrize("table", SCHEMAS)
def test_the_rows_of_a_table_have_its_columns(table):
    row = getattr(rows, f"{table[:-1].capitalize()}Row")
    assert list(row.__annotations__) == SCHEMAS[table].names
