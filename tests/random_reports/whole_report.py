"""Random reports on all three pillars, 2018/19."""

from __future__ import annotations

from random_reports.document import Block, Heading, Para
from random_reports.eras import Pillar, Question
from random_reports.pillar_report import PillarReport

FACTS = "Force in context"


class WholeReport(PillarReport):
    """A report on all three pillars."""

    def cover(self) -> list[Block]:
        words = self.words
        self.running = words.force
        title = "Police effectiveness, efficiency and legitimacy 2018/19"
        small = [words.printed_date(), f"© HMICFRS {words.year}"]
        return [
            Para("PEEL", "title"), Para(title, "title"), Para(f"An inspection of {words.force}", "subtitle"),
            *(Para(line, "line") for line in small),
        ]  # fmt: skip

    def body(self) -> list[Block]:
        words = self.words
        blocks: list[Block] = [
            Heading("What this report contains", 1), Para(words.stock("parts")), Heading(FACTS, 1), *self.numbers(),
            Heading("Overall summary", 1), Para(words.paragraph("planning", 0.5)),
        ]  # fmt: skip
        for pillar in words.era.pillars:
            blocks += self._pillar(pillar)
        return [*blocks, *self.annex("Annex A – About the data")]

    def _pillar(self, pillar: Pillar) -> list[Block]:
        words, grade = self.words, self.grader.draw()
        of = self.grader.note("pillar", pillar.question, grade)
        blocks: list[Block] = [
            Heading(pillar.name.capitalize(), 1), Heading(FACTS, 2), *self.numbers(),
            Heading(pillar.question, 1), self.grader.shown(pillar.question, grade, of),
            Heading("Summary", 2), Para(words.paragraph(pillar.questions[0].pool, 0.4)),
        ]  # fmt: skip
        spared = words.rng.choice(pillar.questions) if words.chance(0.35) else None
        for question in pillar.questions:
            carried = question is spared and question.graded
            blocks += self._carried(question, pillar.name) if carried else self._component(question)
        return blocks

    def _carried(self, question: Question, pillar: str) -> list[Block]:
        words, grade = self.words, self.grader.draw()
        of = self.grader.note("question", question.title, grade, "carried_over")
        said = words.stock(words.rng.choice(("carried", "carried_short")), pillar=pillar)
        act = words.draw(question.pool, "acts")
        told = f"In {words.era.earlier[0]}, we said that the force should {act}. It has since done so."
        blocks: list[Block] = [Heading(question.title, 2), self.grader.shown(question.title, grade, of), Para(said)]
        return [*blocks, Para(told)] if words.chance(0.5) else blocks

    def _component(self, question: Question) -> list[Block]:
        grade = self.grader.draw() if question.graded else None
        of = self.grader.note("question", question.title, grade, "inspected" if grade else "not_graded")
        head: list[Block] = [Heading(question.title, 2, "" if grade else of)]
        if grade is None:
            return [*head, Para("We do not make a graded judgment in this area."), *self.text(question.pool, 2)]
        shown, items = self.grader.shown(question.title, grade, of), self.found(question, grade)
        stock: list[Block] = [Para(self.words.stock("findings_below"))] if items or self.words.chance(0.6) else []
        return [*head, shown, *items, *stock, *self.text(question.pool), *self.history()]
