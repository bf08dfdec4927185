"""The former home of reading and writing tables; import from the modules beside it."""

from extractor.tables.dictionary import data_dictionary
from extractor.tables.read import read_extraction, read_file, read_rows, read_table
from extractor.tables.schemas import OF_THE_TEXT, PER_REPORT, SCHEMAS
from extractor.tables.write import as_row, encode, rows_to_table, write_rows, write_tables

__all__ = [
    "OF_THE_TEXT", "PER_REPORT", "SCHEMAS", "as_row", "data_dictionary", "encode", "read_extraction", "read_file",
    "read_rows", "read_table", "rows_to_table", "write_rows", "write_tables",
]  # fmt: skip
