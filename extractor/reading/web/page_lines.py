"""The lines of a page: pieces of text gathered, folded and ended where the page breaks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from extractor.models import Line, Run
from extractor.reading.web.furniture import ARTIFACT
from extractor.reading.web.text_style import BODY_SIZE, HEADINGS, Style

ONE_TEXT = frozenset(("H2", "H3", "H4", "H5", "H6", "LI", "TD", "TH", "DT", "DD"))
SOFT_BREAK = "\v"  # white space to all who fold it, and in no page

_SPACE = re.compile(r"\s+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


@dataclass(slots=True)
class PageLines:
    """The lines written so far and the one being written."""

    lines: list[Line] = field(default_factory=list)
    pieces: list[tuple[str, Style]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    mark: str = ""

    def write(self, text: str | None, style: Style) -> None:
        if text:
            self.pieces.append((text.translate(_INVISIBLE), style))

    def break_line(self, style: Style) -> None:
        """End the line; the words of a heading, an item or a cell are one text and end only at a second break."""
        ending = ""
        for text, _ in reversed(self.pieces):
            ending = text + ending
            if text.strip():
                break
        if style.tag in ONE_TEXT and SOFT_BREAK not in ending[len(ending.rstrip()) :]:
            self.pieces.append((SOFT_BREAK, style))
        else:
            self.end_line(style)

    def end_line(self, style: Style) -> None:
        """Turn the pieces gathered since the last end into one line; blank lines leave nothing."""
        runs = _runs(self.pieces)
        self.pieces.clear()
        if runs:
            mark = "" if style.furniture or style.tag.lower() in HEADINGS else self.mark
            self._add(runs, ARTIFACT if style.furniture else style.tag, mark)
            self.mark = ""
        for alt in self.pictures:
            self._add([Run(alt, 0.0, 0.0, BODY_SIZE)], ARTIFACT)
        self.pictures.clear()

    def _add(self, runs: list[Run], tag: str, mark: str = "") -> None:
        words = [run for run in runs if run.text.strip()]
        if mark:
            runs = [replace(runs[0], text=mark, size=BODY_SIZE, bold=False, italic=False, raised=False), *runs]
        self.lines.append(
            Line(
                number=len(self.lines),
                text="".join(run.text for run in runs),
                size=max(run.size for run in words),
                bold=all(run.bold for run in words),
                italic=all(run.italic for run in words),
                tag=tag,
                runs=tuple(runs),
            )
        )


def _runs(pieces: list[tuple[str, Style]]) -> list[Run]:
    """Fold white space over all pieces and join neighbours of one style."""
    runs: list[Run] = []
    before = " "
    for text, style in pieces:
        text = _SPACE.sub(" ", text)
        if before.endswith(" "):
            text = text.removeprefix(" ")
        if not text:
            continue
        before = text
        run = Run(text, style.x0, style.x1, style.size, style.bold, style.italic, raised=style.raised)
        if runs and replace(runs[-1], text=text) == run:
            run = replace(run, text=runs.pop().text + text)
        runs.append(run)
    while runs and not (ending := runs[-1].text.rstrip()):
        runs.pop()
    if runs:
        runs[-1] = replace(runs[-1], text=ending)
    return runs


def fold(text: str | None) -> str:
    """Return the text on one line, invisible characters left out."""
    return _SPACE.sub(" ", (text or "").translate(_INVISIBLE)).strip()
