"""Documents from a few lines of markup, as a reader would hand them over: lines with place and type, panels, pages.

One source line is one printed line (a longer one wraps); a line without a mark goes on with the paragraph above it.

    # Heading    ## Heading    ### Heading     20, 16 and 13 point, bold and blue
    - bullet     -- bullet in a bullet         * item  is a bullet too, with a filled square
    > boxed      any of these in a shaded box; a line `>` alone is a gap in the box
    **bold**     word^2^ is a raised 2         ~ a footnote in small type at the foot of the page
    left | right                               two cells of a table row; `||` when the next row stands close below
    \\f          a new page; `= text` is a running header on this page
"""

from __future__ import annotations

import hashlib
import re
import textwrap
from dataclasses import replace

from extractor.models import Box, Extraction, Line, Page, Panel, Printed, Problem, Run
from extractor.pipeline import extract_printed
from extractor.rulebook.load import load_rules

BLUE, BLACK = 0x1F3864, 0
WIDTH, HEIGHT, LEFT, TOP, FOOT = 595.0, 842.0, 70.0, 105.0, 730.0
BODY, PITCH, GAP, WRAP = 11.0, 14.0, 9.0, 92
HEADINGS = {"# ": (20.0, "H1"), "## ": (16.0, "H2"), "### ": (13.0, "H3")}
BULLETS = {"- ": ("• ", 78.0, 95.0), "* ": ("▪ ", 78.0, 95.0), "-- ": ("o ", 96.0, 113.0)}

INTRODUCTION = (
    "# Introduction\n\n"
    "This document was set by a test. It has a paragraph of several lines, so that the distance from line to line and "
    "the type of the text can be told from it, as they can in any report that was ever printed.\n\n"
    "A second paragraph stands below it. It is there because a distance that comes only once says little, and because "
    "most pages of most documents hold more than one paragraph of more than one line, which no test should leave out. "
    "It ends here, after some more words that fill the last of its lines.\n\n\\f\n"
)
COVER = "# PEEL: Police {pillar} {year}\n## An inspection of {force}\n\nFebruary {published}\n© HMIC {published}\n\\f\n"
TITLES = {
    "2015": COVER.format(pillar="effectiveness", year=2015, force="Cleveland Police", published=2016),
    "2015-legitimacy": COVER.format(pillar="legitimacy", year=2015, force="Cleveland Police", published=2016),
    "2016": COVER.format(pillar="effectiveness", year=2016, force="Cleveland Police", published=2017),
    "2016-efficiency": COVER.format(pillar="efficiency", year=2016, force="Cleveland Police", published=2017),
    "2017": COVER.format(pillar="effectiveness", year=2017, force="Cleveland Police", published=2018),
    "2017-efficiency": COVER.format(pillar="efficiency", year=2017, force="Cleveland Police", published=2017),
    "2017-legitimacy": COVER.format(pillar="legitimacy", year=2017, force="Cleveland Police", published=2018),
    "2018-19": "# PEEL\n# Police effectiveness, efficiency and legitimacy 2018/19\n"
    "## An inspection of Cleveland Police\n\nHMICFRS\n\nSeptember 2019\n\\f\n",
    "2021-22": "# PEEL 2021/22\n## An inspection of Cleveland Police\n\nHMICFRS\n\nMarch 2023\n\\f\n",
    "2023-25": "# PEEL 2023–2025\n## An inspection of Cleveland Police\n\nHMICFRS\n\n4 October 2024\n\\f\n",
}


class _Setter:
    """Sets one document, page by page."""

    def __init__(self, medium: str, header: str = "", footer: str = "") -> None:
        self.medium, self.header, self.footer = medium, header, footer
        self.lines: list[Line] = []
        self.panels: list[Panel] = []
        self.page, self.top, self.foot = 1, TOP, 780.0
        self.paragraph: tuple[str, float, float, bool, int] | None = None  # mark, left, size, bold, colour
        self.box_top: float | None = None

    def set(self, source: str) -> None:
        for words in source.split("\n"):
            if "\f" in words:
                self._turn()
            elif words.startswith(">"):
                if self.box_top is None:
                    self.top += 8
                    self.box_top = self.top - 4
                self._line(words[1:].strip() and words[1:].removeprefix(" "))
            else:
                self._close_box()
                self._line(words)
        self._close_box()

    def _turn(self) -> None:
        self._close_box()
        self.end_page()
        self.page, self.top, self.foot = self.page + 1, TOP, 780.0
        if self.header:
            self._put(self.header.replace("#", str(self.page)), LEFT, 30.0, 9.0, False, BLACK, None)

    def end_page(self) -> None:
        if self.footer and self.page > 1:
            self._put(self.footer.replace("#", str(self.page)), LEFT, 810.0, 9.0, False, BLACK, None)

    def _close_box(self) -> None:
        if self.box_top is not None:
            self.panels.append(Panel(Box(self.page, LEFT - 8, self.box_top, WIDTH - 62, self.top), 0xDDE6EE))
            self.box_top = None
            self.top += 20

    def _line(self, words: str) -> None:
        if not words.strip():
            self.top += GAP * (2 if self.paragraph and self.paragraph[2] > BODY else 1)
            self.paragraph = None
        elif words.startswith("~ "):
            self._put(words[2:], LEFT, self.foot, 8.0, False, BLACK, "P")
            self.foot += 10
        elif words.startswith("= "):
            self._put(words[2:], LEFT, 30.0, 9.0, False, BLACK, "ARTIFACT" if self.medium == "web" else None)
        elif " | " in words or " || " in words:
            self._row(words.replace(" || ", " | ").split(" | "), close=" || " in words)
        else:
            self._words(words)

    def _row(self, cells: list[str], close: bool) -> None:
        """Set cells beside each other, the first of two wide; a cell's words wrap, an empty one stays empty."""
        wide, columns = (340.0, 340.0) if len(cells) == 2 else (95.0, 95.0)
        deepest = self.top
        for place, cell in enumerate(cells):
            top = self.top
            for line in textwrap.wrap(cell, int(wide / (0.47 * BODY))) if self.medium == "pdf" else [cell]:
                self._put(line, LEFT + columns * place, top, BODY, False, BLACK, "TD")
                top += PITCH
            deepest = max(deepest, top)
        self.top = deepest + (GAP / 3 if close else GAP)
        self.paragraph = None

    def _words(self, words: str) -> None:
        mark, tag = "", "P"
        left, size, bold, colour, hang = LEFT, BODY, False, BLACK, LEFT
        lead = next((lead for lead in (*HEADINGS, *BULLETS) if words.startswith(lead)), "")
        if lead in HEADINGS:
            (size, tag), bold, colour = HEADINGS[lead], True, BLUE
            self.top += GAP
        elif lead in BULLETS:
            mark, left, hang = BULLETS[lead]
            tag = "LI"
        elif self.paragraph is not None:
            self._more(words.strip())
            return
        self.paragraph = (mark, hang, size, bold, colour)
        self._wrapped(mark + words.removeprefix(lead), left, hang, size, bold, colour, tag)

    def _more(self, words: str) -> None:
        assert self.paragraph
        _, hang, size, bold, colour = self.paragraph
        if self.medium == "web":
            last = self.lines[-1]
            self.lines[-1] = replace(last, text=f"{last.text} {words}", runs=())
        else:
            self._wrapped(words, hang, hang, size, bold, colour, "P")

    def _wrapped(self, words: str, left: float, hang: float, size: float, bold: bool, colour: int, tag: str) -> None:
        room = int(WRAP * BODY / size) if self.medium == "pdf" else 10**6
        line = ""
        open_bold = False
        for word in words.split(" "):
            if line and len(re.sub(r"\*\*|\^", "", line)) + len(word) > room:
                open_bold = self._put_open(line, left, size, bold, colour, tag, open_bold)
                left, line = hang, word
            else:
                line = f"{line} {word}" if line else word
        self._put_open(line, left, size, bold, colour, tag, open_bold)

    def _put_open(self, line: str, left: float, size: float, bold: bool, colour: int, tag: str, is_open: bool) -> bool:
        """Set a line that may begin or end within bold words; say whether it ends within them."""
        ends_open = (line.count("**") % 2 == 1) != is_open
        self._put(
            ("**" if is_open else "") + line + ("**" if ends_open else ""), left, self.top, size, bold, colour, tag
        )
        self.top += PITCH * size / BODY
        if self.top > FOOT and self.medium == "pdf":
            boxed = self.box_top is not None
            self._turn()
            self.box_top = self.top - 4 if boxed else None
        return ends_open

    def _put(self, words: str, left: float, top: float, size: float, bold: bool, colour: int, tag: str | None) -> None:
        runs: list[Run] = []
        x0 = left
        for part in re.split(r"(\*\*.+?\*\*|\^.+?\^)", words):
            if not part:
                continue
            strong, raised = part.startswith("**"), part.startswith("^")
            said = part.strip("*^") if strong or raised else part
            if x0 == left:
                said = said.lstrip() if not part.startswith("**") else said
            x1 = x0 + 0.45 * size * len(said)
            runs.append(Run(said, x0, x1, 7.0 if raised else size, bold or strong, False, colour, raised))
            x0 = x1
        text = "".join(run.text for run in runs)
        heavy = 2 * sum(len(run.text) for run in runs if run.bold) > len(text)
        web = self.medium == "web"
        box = None if web else Box(self.page, left, top - 0.905 * size, x0, top + 0.212 * size)
        self.lines.append(
            Line(len(self.lines), text, None if web else self.page, box, "Arial", size, heavy, False, colour,
                 tag if web else None, tuple(runs))
        )  # fmt: skip


def printed(
    markup: str, medium: str = "pdf", source: str = "report.pdf", header: str = "", footer: str = "", **meta: str
) -> Printed:
    """Return the document that the markup describes; no tags in a PDF, tags and no boxes in a web page.

    `header` and `footer` stand on every page but the first; `#` in them is the page's number.
    """
    setter = _Setter(medium, header, footer)
    setter.set(markup.replace("\\f", "\f"))
    setter.end_page()
    pages = tuple(
        Page(number, WIDTH, HEIGHT, sum(len(line.text) for line in setter.lines if line.page == number))
        for number in range(1, setter.page + 1)
    )
    sha256 = hashlib.sha256(markup.encode()).hexdigest()
    return Printed(
        source, sha256, medium, tuple(setter.lines), pages if medium == "pdf" else (), tuple(setter.panels), meta
    )


def extracted(markup: str, cycle: str = "2017", medium: str = "pdf", header: str = "", footer: str = "") -> Extraction:
    """Return what the program finds in a report of one cycle on Cleveland Police with this body."""
    return extract_printed(
        printed(TITLES[cycle] + INTRODUCTION + markup, medium, header=header, footer=footer), load_rules()
    )


def grades(extraction: Extraction) -> list[tuple[str, str | None, str]]:
    """Question, grade and basis of each grading, in order."""
    return [(grading.question, grading.grade, grading.basis) for grading in extraction.gradings]


def items(extraction: Extraction, kind: str | None = None) -> list[str]:
    """The texts of the findings (of one kind), in order."""
    return [finding.text for finding in extraction.findings if kind in (None, finding.kind)]


def loud(extraction: Extraction, *unless: str) -> list[str]:
    """The codes of the problems that are no mere notes, without those named."""
    found: list[Problem] = [problem for problem in extraction.problems if problem.severity != "note"]
    return [problem.code for problem in found if problem.code not in unless]
