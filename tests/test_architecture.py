"""The map in extractor/README.md is the house: every room is on it, and uses no library that is not named there."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1] / "extractor"
PAGE = (HOUSE / "README.md").read_text(encoding="utf-8")
ROOMS = {row[1]: row[2] for row in re.finditer(r"^\| `(\w+)/` \|[^|]*\|([^|]*)\|$", PAGE, re.M)}
MOST_LINES = 600


def libraries(room: Path) -> set[str]:
    """The third-party packages that the files of a room import."""
    nodes = (node for file in room.rglob("*.py") for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - {"extractor"}


def test_every_room_is_on_the_map() -> None:
    rooms = {folder.name for folder in HOUSE.iterdir() if (folder / "__init__.py").exists()}
    assert rooms == set(ROOMS)


@pytest.mark.parametrize("room", sorted(set(ROOMS) - {"quality"}))
def test_room_uses_the_libraries_it_may(room: str) -> None:
    named = set(re.findall(r"\w+", ROOMS[room]))
    assert libraries(HOUSE / room) <= named


def test_files_named_on_the_page_are_there() -> None:
    paths = re.findall(r"`((?:layout|report|export|tables)/[\w./]+\.py)`", PAGE)
    assert len(paths) > 5 and all((HOUSE / path).exists() for path in paths)


def test_no_file_is_long() -> None:
    long = {str(file.relative_to(HOUSE)): lines for file in HOUSE.rglob("*.py") if (lines := _lines(file)) > MOST_LINES}
    assert not long


def test_public_names_are_no_modules() -> None:
    import extractor

    modules = {file.stem for file in HOUSE.iterdir()} - {"__init__"}
    assert not modules & set(extractor.__all__)


def _lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())
