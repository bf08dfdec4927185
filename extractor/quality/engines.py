"""What `peel bench` measures, one engine in one process: `python -m extractor.quality.engines NAME FILE`.

Prints one JSON document: pages, seconds of the processor for the whole document (imports done; the others have read
the first page before), and the peak of memory in MB. Engines that are not installed are left out of a run; nothing else
needs them.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

NATIVE = ("pdfium", "pdftotext", "pymupdf")  # written in C or C++, text only


def _read(file: str, most: int | None) -> None:
    from extractor.reading.pdf.document import read_pdf

    if most is None:
        read_pdf(file)


def _extract(file: str, most: int | None) -> None:
    from extractor.rulebook.folder import rules_root
    from extractor.rulebook.load import load_rules
    from extractor.runs.one_report import RULES_VARIABLE, extracted

    if most is not None:  # as in a run: rules and tokeniser are ready, but no text of the report has been met
        os.environ[RULES_VARIABLE] = str(rules_root())
        importlib.import_module("extractor.runs.preload")
        return
    from extractor.pipeline import read
    from extractor.tables import lines_cache

    printed = read(file)
    lines_cache.encode(printed)
    extracted(printed, load_rules())


def _pdfplumber(file: str, most: int | None) -> None:
    import pdfplumber

    with pdfplumber.open(file) as document:
        for page in document.pages[:most]:
            page.extract_text()
            page.close()


def _pdfminer(file: str, most: int | None) -> None:
    from pdfminer.high_level import extract_text

    extract_text(file, maxpages=most or 0)


def _pypdf(file: str, most: int | None) -> None:
    from pypdf import PdfReader

    for page in list(PdfReader(file).pages)[:most]:
        page.extract_text()


def _pdfium(file: str, most: int | None) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(file)
    for number in range(len(document) if most is None else min(most, len(document))):
        page = document[number]
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    document.close()


def _pdftotext(file: str, most: int | None) -> None:
    limit = [] if most is None else ["-l", str(most)]
    subprocess.run(["pdftotext", *limit, file, "-"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def _pymupdf(file: str, most: int | None) -> None:
    import pymupdf  # type: ignore[import-not-found,unused-ignore]

    with pymupdf.open(file) as document:
        for page in list(document)[:most]:
            page.get_text()


def _docling(file: str, most: int | None) -> None:
    from docling.document_converter import (  # type: ignore[import-not-found,unused-ignore]
        DocumentConverter,
    )

    if most is None:
        DocumentConverter().convert(file)


# name: (what it does, module or program it needs, function)
ENGINES: dict[str, tuple[str, str, Callable[[str, int | None], None]]] = {
    "peel read": ("lines with place and type, panels", "extractor", _read),
    "peel extract": ("the same, and sections, gradings, findings, tables", "extractor", _extract),
    "pdfplumber": ("extract_text", "pdfplumber", _pdfplumber),
    "pdfminer.six": ("extract_text", "pdfminer", _pdfminer),
    "pypdf": ("extract_text", "pypdf", _pypdf),
    "pdfium": ("plain text, through pypdfium2", "pypdfium2", _pdfium),
    "pdftotext": ("plain text, a program of its own", "pdftotext", _pdftotext),
    "pymupdf": ("plain text", "pymupdf", _pymupdf),
    "docling": ("document model", "docling", _docling),
}


def installed(name: str) -> bool:
    """Tell whether an engine can be measured here."""
    needs = ENGINES[name][1]
    return shutil.which(needs) is not None if name == "pdftotext" else importlib.util.find_spec(needs) is not None


def measure(name: str, file: str) -> dict[str, float]:
    """Read a PDF with an engine in this process and return pages, seconds and peak MB."""
    import pypdfium2

    work = ENGINES[name][2]
    work(file, 1)
    start = _spent()
    work(file, None)
    seconds = _spent() - start
    document = pypdfium2.PdfDocument(file)
    return {"pages": len(document), "seconds": seconds, "megabytes": _peak(name)}


def _spent() -> float:
    """Return seconds of the processor, children's included: other work on the machine hardly changes them."""
    return time.process_time() + sum(os.times()[2:4])


def _peak(name: str) -> float:
    try:
        import resource
    except ImportError:  # Windows
        return float("nan")
    whose = resource.RUSAGE_CHILDREN if name == "pdftotext" else resource.RUSAGE_SELF
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(whose).ru_maxrss * unit / 1_000_000


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], str(Path(sys.argv[2])))))
