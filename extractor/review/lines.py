"""Why the lines of some pages were joined to paragraphs, cut or read over: where to look first for a wrong block."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractor.errors import NoSuchReport
from extractor.layout.blocks import OUTSIDE, Text
from extractor.phrasing import shortened
from extractor.report.analysis import analyse
from extractor.rulebook.load import load_rules
from extractor.runs.one_report import kept_lines

_WIDTH, _REASON = 100, 26


def show_lines(
    pages: tuple[int, int] | None, source: str, sha256: str, outputs: Path | str, rules: Path | None = None
) -> str:
    """Return each line of the pages from first to last (None: of a web page) with what became of it.

    Raises:
        NoSuchReport: the lines of the file with these bytes are not kept.
    """
    printed = kept_lines(str(outputs), source, sha256)
    if printed is None:
        raise NoSuchReport(f"{source}: its lines are not kept below {outputs}; run `peel extract --fresh` on the file")
    return "\n".join(told_lines(analyse(printed, load_rules(rules)).text, pages))


def told_lines(text: Text, pages: tuple[int, int] | None) -> Iterator[str]:
    """Yield a row for each line: its page, why it was joined or cut (or its role), its words."""
    placed = ((line.number, line, block) for block in text.blocks for line in block.lines)
    for number, line, block in sorted(placed, key=lambda place: place[0]):
        if pages is None or (line.page is not None and pages[0] <= line.page <= pages[1]):
            reason = f"over: {block.kind}" if block.kind in OUTSIDE else text.decisions.get(number, "")
            lead = f"{f'p. {line.page}' if line.page else '':<8}{reason:<{_REASON}}"
            yield (lead + shortened(line.text, _WIDTH - len(lead))).rstrip()
