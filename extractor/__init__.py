"""Read PEEL inspection reports: every grading and finding, with the page behind every word."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from extractor.bulk import extract_many
    from extractor.compare import compare
    from extractor.pipeline import extract, read_doc
    from extractor.response import respond
    from extractor.rules import load_rules
    from extractor.tables import read_table, write_tables

__all__ = [
    "__version__",
    "compare",
    "extract",
    "extract_many",
    "load_rules",
    "read_doc",
    "read_table",
    "respond",
    "write_tables",
]

_ROOMS = {
    "compare": "compare",
    "extract": "pipeline",
    "extract_many": "bulk",
    "load_rules": "rules",
    "read_doc": "pipeline",
    "read_table": "tables",
    "respond": "response",
    "write_tables": "tables",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that importing the package costs nothing."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
