"""The public names of the package: each is a function, whatever was imported before, and costs nothing until used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import extractor
from extractor.errors import PeelError

FUNCTIONS = [name for name in extractor.__all__ if name != "__version__"]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_public_name_stays_a_function(name: str) -> None:
    assert callable(getattr(extractor, name)) and callable(getattr(extractor, name))


def test_no_room_or_module_bears_a_public_name() -> None:
    code = (
        "import pkgutil, importlib, extractor\n"
        "found = [m.name for m in pkgutil.iter_modules(extractor.__path__, 'extractor.')]\n"
        "print(*[name for name in extractor.__all__ if f'extractor.{name}' in found])"
    )
    assert not subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = "import sys, extractor; print({'spacy', 'pandas', 'pyarrow', 'numpy', 'lxml'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_an_unknown_table_is_named() -> None:
    with pytest.raises(PeelError, match="'finding'; there are reports"):
        extractor.load("finding")
