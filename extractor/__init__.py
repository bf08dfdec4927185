"""Read PEEL inspection reports: every grading and finding, with the page behind every word."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.5.0"

if TYPE_CHECKING:
    from extractor.comparison.year_on_year import compare
    from extractor.export.frames import load
    from extractor.response.document import respond
    from extractor.rulebook.load import load_rules
    from extractor.runs.limited import extract, read_doc
    from extractor.runs.limits import Limits
    from extractor.runs.run import extract_many
    from extractor.tables.read import read_table
    from extractor.tables.write import write_tables

__all__ = [
    "Limits",
    "__version__",
    "compare",
    "extract",
    "extract_many",
    "load",
    "load_rules",
    "read_doc",
    "read_table",
    "respond",
    "write_tables",
]

_ROOMS = {  # no room or module may bear one of these names: importing it would hide the function
    "Limits": "runs.limits",
    "compare": "comparison.year_on_year",
    "extract": "runs.limited",
    "extract_many": "runs.run",
    "load": "export.frames",
    "load_rules": "rulebook.load",
    "read_doc": "runs.limited",
    "read_table": "tables.read",
    "respond": "response.document",
    "write_tables": "tables.write",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that importing the package costs nothing."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
