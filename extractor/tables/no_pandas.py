"""Keep pyarrow from importing pandas with the first list it meets: half a second for nothing, without a frame."""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder

import pyarrow as pa


class NoPandas(MetaPathFinder):
    """Says that there is no pandas while it stands in `sys.meta_path`."""

    def find_spec(self, name: str, *_: object) -> None:
        """Refuse pandas, and leave every other module to the other finders."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


def leave_pandas_out() -> None:
    """Let pyarrow look for pandas once, in vain: it does not look again before a frame is asked for."""
    finder = NoPandas()
    sys.meta_path.insert(0, finder)
    try:
        pa.array([None])
    finally:
        sys.meta_path.remove(finder)
