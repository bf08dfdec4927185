"""What all random reports have in common: contents, running text, figures, case studies, old findings told again."""

from __future__ import annotations

from dataclasses import dataclass

from random_reports.document import (
    Block,
    Bullet,
    Bullets,
    Columns,
    Contents,
    Figure,
    Framed,
    Heading,
    NewPage,
    Para,
    Wanted,
)
from random_reports.eras import Pillar
from random_reports.gradings import Grader
from random_reports.items import Setter
from random_reports.wording import Words, pools


@dataclass(slots=True)
class Writer:
    """Writes one report; a short one has less running text and fewer questions."""

    words: Words
    wanted: Wanted
    items: Setter
    grader: Grader
    pillar: Pillar
    short: bool
    running: str = ""

    def report(self) -> list[Block]:
        """Return the blocks of the whole report."""
        body = self.body()
        headings = [(block.text, block.level) for block in body if isinstance(block, Heading) and block.level < 3]
        contents: list[Block] = [Contents(tuple(headings)), NewPage()] if self.words.chance(0.7) else []
        return [*self.cover(), NewPage(), *contents, *body]

    def cover(self) -> list[Block]:
        """Return the cover."""
        raise NotImplementedError

    def body(self) -> list[Block]:
        """Return everything behind the contents."""
        raise NotImplementedError

    def text(self, pool: str, most: int = 4, traps: float = 0.15) -> list[Block]:
        """Return running text with headings, figures, case studies, lists."""
        words = self.words
        blocks: list[Block] = []
        for _ in range(words.rng.randint(1, 1 if self.short else most)):
            if words.chance(0.5):
                blocks.append(Heading(words.draw(pool, "topics"), 3))
            blocks.append(Para(words.paragraph(pool, traps)))
            blocks += self._between(pool)
        if words.chance(0.05):
            return [Columns(tuple(block for block in blocks if isinstance(block, Heading | Para | Bullets)))]
        return blocks

    def _between(self, pool: str) -> list[Block]:
        words = self.words
        if words.chance(0.12):
            labels = tuple(f"{words.rng.randint(2, 99)}" for _ in range(words.rng.randint(3, 6)))
            return [Figure(labels, words.draw("common", "captions"))]
        if words.chance(0.12):
            head = Heading(words.draw("common", "case_heads"), 4)
            return [Framed((head, Para(words.draw("common", "cases"))), case_study=True)]
        if words.chance(0.08):
            facts = [words.draw(pool, "facts") for _ in range(3)]
            entries = tuple(Bullet(f"{fact[0].lower()}{fact[1:-1]};") for fact in facts)
            return [Para("During our fieldwork we saw the following:"), Bullets(entries)]
        return [NewPage()] if words.chance(0.05) else []

    def history(self) -> list[Block]:
        """Return, now and then, a national recommendation told again, which is no finding of this report."""
        entries = tuple(Bullet(text) for text in pools()["common"]["national"])
        return [Para(self.words.stock("national")), Bullets(entries)] if self.words.chance(0.25) else []

    def numbers(self) -> list[Block]:
        """Return a page of figures."""
        labels = tuple(f"{self.words.rng.randint(100, 9000):,}" for _ in range(5))
        return [Figure(labels, "Force in numbers"), Para("*Figures are shown as proportions of outcomes.", "small")]

    def annex(self, title: str) -> list[Block]:
        """Return the annex about the data."""
        return [Heading(title, 1), Para(self.words.stock("data")), Para(self.words.paragraph("recording", 0.0))]
