"""Keep pyarrow from importing pandas with the first list it meets: half a second for nothing, without a frame."""

from __future__ import annotations

import sys

import pyarrow as pa

from extractor.tables.no_numpy import LeftOut


def leave_pandas_out() -> None:
    """Let pyarrow look for pandas once, in vain: it does not look again before a frame is asked for."""
    finder = LeftOut("pandas")
    sys.meta_path.insert(0, finder)
    try:
        pa.array([None])
    finally:
        sys.meta_path.remove(finder)
