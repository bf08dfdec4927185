"""Import pyarrow without numpy, for programs that read and write rows: pyarrow does without where there is none."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.abc import MetaPathFinder


class _NoNumpy(MetaPathFinder):
    def find_spec(self, name: str, *_: object) -> None:
        if name in ("numpy", "pandas"):
            raise ModuleNotFoundError(name, name=name)


def leave_numpy_out() -> None:
    """Import pyarrow, which takes numpy along where it finds it: a third of the start of a short command.

    Everybody else still finds numpy. Not for a process that makes frames: pyarrow gives none from then on.
    """
    finder = _NoNumpy()
    sys.meta_path.insert(0, finder)
    try:
        import_module("pyarrow.parquet")
    finally:
        sys.meta_path.remove(finder)
