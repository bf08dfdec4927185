"""The specimens are what their script draws, and their gold is what they say, on the page it names."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from extractor.reading.web.page import ARTIFACT, read_web

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
SPECIMENS = CORPUS / "specimens"
STATEMENT = "Specimen for software testing. Findings are invented."
PDFS = sorted(SPECIMENS.glob("*.pdf"))
PAGES = sorted(SPECIMENS.glob("*.html"))


def bare(text: str) -> str:
    """Text without white space: a reader's business is where words stand, this test's is that they do."""
    return re.sub(r"\s+", "", re.sub("[\ufffe\x02]", "-", text))


def gold(path: Path) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads((CORPUS / "gold" / f"{path.stem}.gold.json").read_text(encoding="utf-8"))
    return answer


def pages(path: Path) -> list[str]:
    with pdfium.PdfDocument(path) as document:
        return [bare(page.get_textpage().get_text_range()) for page in document]


def texts(finding: dict[str, Any]) -> list[str]:
    """The finding's words in the pieces in which they are printed: marks stand between an item and its limbs."""
    limbs = finding["limbs"]
    lead = finding["text"].removesuffix(" ".join(limbs)).strip()
    return [text for text in (lead, *limbs, finding["detail"]) if text]


def stands(text: str, first: str, last: str) -> bool:
    """Whether a text is on a page, or begins at the foot of one and ends on the next."""
    words = text.split()
    return any(
        bare("".join(words[:cut])) in first and bare("".join(words[cut:])) in last for cut in range(len(words) + 1)
    )


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    reportlab = pytest.importorskip("reportlab")
    made_with = re.search(r'DRAWN_WITH = "([^"]+)"', (SPECIMENS / "paper.py").read_text(encoding="utf-8"))
    assert made_with
    if reportlab.__version__ != made_with.group(1):
        pytest.skip(f"the specimens were drawn with reportlab {made_with.group(1)}, not {reportlab.__version__}")
    folder = tmp_path_factory.mktemp("corpus")
    command = [sys.executable, str(SPECIMENS / "draw.py"), str(folder / "specimens")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder


def test_every_layout_family_has_a_specimen() -> None:
    cycles = {gold(path)["report"]["cycle"] for path in (*PDFS, *PAGES)}
    assert {"2015", "2018/19", "2021/22", "2023-25"} <= cycles and PAGES


def test_specimens_are_small() -> None:
    assert sum(path.stat().st_size for path in PDFS) < 600_000


@pytest.mark.parametrize("path", [*PDFS, *PAGES], ids=lambda path: path.name)
def test_redrawing_gives_the_same_bytes(path: Path, drawn: Path) -> None:
    assert (drawn / "specimens" / path.name).read_bytes() == path.read_bytes(), "run corpus/specimens/draw.py"
    name = f"{path.stem}.gold.json"
    assert (drawn / "gold" / name).read_bytes() == (CORPUS / "gold" / name).read_bytes(), "run corpus/specimens/draw.py"


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_specimen_says_what_it_is(path: Path) -> None:
    with pdfium.PdfDocument(path) as document:
        assert document.get_metadata_value("Subject") == STATEMENT
        assert len(document) == gold(path)["report"]["pages"]
    text = pages(path)
    assert bare(STATEMENT) in text[0] and bare(STATEMENT) in text[-1]


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_gold_of_a_pdf_stands_on_its_pages(path: Path) -> None:
    answer, text = gold(path), pages(path)
    for finding in answer["findings"]:
        first, last = text[finding["page_start"] - 1], text[finding["page_end"] - 1]
        for words in texts(finding):
            assert stands(words, first, last), f"{finding['id']}: {words}"
        for words in filter(None, (finding["stem"], finding["deadline"])):
            assert bare(words) in first or bare(words) in text[finding["page_start"] - 2], words
    for grading in answer["gradings"]:
        for page in (grading["page"], *grading.get("also_on", [])):
            assert bare((grading["grade"] or "grade").lower()) in text[page - 1].lower(), grading
    assert all(bare(title) in "".join(text) for title in answer["sections"])
    assert all(bare(line) in text[0] for line in answer["report"]["title"].split(" – "))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_gold_of_a_web_page_stands_in_its_text(path: Path) -> None:
    answer, page = gold(path), read_web(path)
    assert page.problems == ()
    text = "".join(bare(re.sub(r"^[•◦] ", "", line.text)) for line in page.lines if line.tag != ARTIFACT)
    headings = [line.text for line in page.lines if line.tag in ("H2", "H3")]
    wanted = [words for finding in answer["findings"] for words in texts(finding)]
    assert wanted and all(bare(words) in text for words in wanted)
    assert [title for title in headings if title in answer["sections"]] == answer["sections"]
    assert page.meta["h1"] == answer["report"]["title"] and bare(STATEMENT) in text
    assert [line.text for line in page.lines if line.tag == ARTIFACT and line.text.startswith("Print")]


@pytest.mark.parametrize("path", [*PDFS, *PAGES], ids=lambda path: path.name)
def test_recommendations_have_a_cause_of_concern(path: Path) -> None:
    findings = {finding["id"]: finding for finding in gold(path)["findings"]}
    for finding in findings.values():
        if finding["type"] == "recommendation":
            assert findings[finding["parent"]]["type"] == "cause_of_concern"
        else:
            assert finding["parent"] is None and finding["deadline"] is None


def test_one_force_has_two_cycles_with_a_story() -> None:
    earlier, later = gold(SPECIMENS / "specimen-2021-22.pdf"), gold(SPECIMENS / "specimen-2023-25.pdf")
    assert earlier["report"]["force"] == later["report"]["force"]
    before = {finding["text"] for finding in earlier["findings"] if finding["type"] == "area_for_improvement"}
    after = {finding["text"] for finding in later["findings"]}
    assert len(before & after) == 2 and before - after
    deadlines = {finding["deadline"] for finding in later["findings"]} - {None}
    assert deadlines == {"immediately", "By 31 May 2025"}
