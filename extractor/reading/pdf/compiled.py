"""The compiled reader (`_compiled.c`), where it was built: the same results as the Python one, sooner.

It is not built unless it is asked for (`PEEL_COMPILE=1 pip install .`). `PEEL_READER=python` reads without it, and
`PEEL_READER=compiled` refuses to read where it is missing.
"""

from __future__ import annotations

import ctypes
import os
from importlib import import_module
from types import ModuleType

import pypdfium2.raw as raw

from extractor.errors import PeelError


def address_of(name: str) -> int:
    """Return the address of pdfium's function."""
    return ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0


def _reader() -> ModuleType | None:
    wish = os.environ.get("PEEL_READER")
    if wish == "python":
        return None
    try:
        module = import_module("extractor.reading.pdf._compiled")
    except ImportError as error:
        if wish == "compiled":
            message = f"the compiled reader is not here ({error}); build it with PEEL_COMPILE=1 pip install ."
            raise PeelError(message) from error
        return None
    module.bind(address_of)
    return module


READER = _reader()
