"""Import pyarrow without numpy, for programs that read and write rows: pyarrow does without where there is none.

So it does without a pickler of functions and its own clients of object stores, which nobody here asks for.
"""

from __future__ import annotations

import sys
from importlib import import_module

_STORES = ("pyarrow._s3fs", "pyarrow._gcsfs", "pyarrow._azurefs", "pyarrow._hdfs")  # we reach stores through fsspec


class LeftOut:
    """Says that there are no modules of some names while it stands in `sys.meta_path`."""

    def __init__(self, *names: str) -> None:
        self._names = frozenset(names)

    def find_spec(self, name: str, *_: object) -> None:
        """Refuse the names left out, and leave every other module to the other finders."""
        if name in self._names:
            raise ModuleNotFoundError(name, name=name)


def leave_numpy_out() -> None:
    """Import pyarrow, which takes numpy along where it finds it: a third of the start of a short command.

    Everybody else still finds numpy. Not for a process that makes frames: pyarrow gives none from then on.
    """
    finder = LeftOut("numpy", "pandas", "cloudpickle", *_STORES)
    sys.meta_path.insert(0, finder)
    try:
        import_module("pyarrow.parquet")
    finally:
        sys.meta_path.remove(finder)
