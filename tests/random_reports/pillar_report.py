"""Random reports on one pillar: 2015, 2016, 2017."""

from __future__ import annotations

from random_reports.document import Block, Bullet, Bullets, Heading, Para, Rows
from random_reports.eras import Question
from random_reports.writing import Writer

Asked = tuple[Question, str | None, str]  # question, grade, answer
OVERVIEW = "Effectiveness overview"
MARKS = ("bare", "judgment", "last", "cell", "column", "word")


class PillarReport(Writer):
    """A report on one pillar."""

    @property
    def by_topics(self) -> bool:
        """Whether it has topics instead of questions, only some of them inspected."""
        return self.words.era.cycle == "2017" and self.pillar.name == "effectiveness"

    def cover(self) -> list[Block]:
        words, cycle = self.words, self.words.era.cycle
        led = " (including leadership)" if cycle == "2017" and not self.by_topics else ""
        title = f"PEEL: Police {self.pillar.name}{led} {cycle}"
        self.running = words.rng.choice((title, f"{title} – {words.force}", words.force))
        the = "the " if words.slug in ("metropolitan", "city-of-london") else ""
        an = "A" if words.chance(0.05) else "An"
        site = f"www.justiceinspectorates.gov.uk/{words.publisher.lower()}"
        small = [words.printed_date(), f"© {words.publisher} {words.year}", "ISBN: 978-1-00000-000-0", site]
        lines: list[Block] = [Para(line, "line") for line in small]
        return [Para(title, "title"), Para(f"{an} inspection of {the}{words.force}", "subtitle"), *lines]

    def body(self) -> list[Block]:
        grade = self.grader.draw()
        of = self.grader.note("pillar", OVERVIEW if self.by_topics else self.pillar.question, grade)
        asked, carried = self._asked()
        overview = self._overview(grade, of, asked, carried)
        intro: list[Block] = [
            Heading("Introduction", 1), Para(self.words.stock("introduction")),
            Para(self.words.paragraph("planning", 0.0)), Heading("Force in numbers", 1), *self.numbers(),
        ]  # fmt: skip
        start = overview + intro if self.words.era.cycle == "2015" else intro + overview
        chapters = [block for question, mark, name in asked for block in self.chapter(question, mark, name)]
        return [*start, *chapters, *self.tail()]

    def _asked(self) -> tuple[list[Asked], list[Question]]:
        """Return questions with chapters and those whose grade is carried over."""
        words, questions = self.words, list(self.pillar.questions)
        carried: list[Question] = []
        if self.by_topics:
            graded = [question for question in questions if question.graded]
            carried = sorted(words.rng.sample(graded, words.rng.randint(1, 3)), key=graded.index)
        asked: list[Asked] = []
        for question in questions:
            if question in carried:
                continue
            grade = self.grader.draw() if question.graded else None
            of = self.grader.note("question", question.title, grade, "inspected" if grade else "not_graded")
            asked.append((question, grade, of))
        return asked, carried

    def _overview(self, grade: str, of: str, asked: list[Asked], carried: list[Question]) -> list[Block]:
        words = self.words
        asked_of = OVERVIEW if self.by_topics else self.pillar.question
        title = OVERVIEW if self.by_topics else f"Overview – {self.pillar.question}"
        blocks: list[Block] = [
            Heading(title, 1), Heading("Overall judgment", 2), self.grader.shown(asked_of, grade, of),
            Para(self.grader.pillar_sentence(self.pillar.name, grade)),
        ]  # fmt: skip
        if carried:
            blocks.append(Para(words.stock("remain")))
            blocks.append(self.grader.carried(carried, words.era.earlier[0], words.rng.choice(MARKS)))
        elif words.chance(0.4):
            rows = [(question.title, mark.capitalize()) for question, mark, _ in asked if mark]
            names = [name for _, mark, name in asked if mark]
            blocks.append(Rows((("Question", "Grade"), *rows), ("", *names)))
        return [*blocks, Heading("Summary", 2), Para(words.paragraph(self.pillar.questions[0].pool, 0.5))]

    def chapter(self, question: Question, grade: str | None, of: str) -> list[Block]:
        """Return one question with its grade and items, in the order of the round."""
        words = self.words
        head: list[Block] = [Heading(question.title, 1, "" if grade else of)]
        if grade is None:
            said = ("This question is not graded.", f"{words.publisher} does not grade this question.")
            return [*head, Para(words.rng.choice(said)), *self.text(question.pool)]
        shown, items = self.grader.shown(question.title, grade, of), self.found(question, grade)
        if self.by_topics:
            return [*head, shown, Para(words.paragraph(question.pool, 0.3)), *items, *self.text(question.pool)]
        summary: list[Block] = [Heading("Summary of findings", 2), shown, Para(words.paragraph(question.pool, 0.4))]
        return [*head, *self.text(question.pool), *self.history(), *summary, *items]

    def found(self, question: Question, grade: str) -> list[Block]:
        """Return areas for improvement and causes of concern of one question, as its grade would have it."""
        words, title = self.words, question.title
        several = {"outstanding": 0, "good": words.rng.randint(0, 2)}.get(grade, words.rng.randint(1, 4))
        blocks: list[Block] = []
        if grade == "inadequate" or (grade == "requires improvement" and words.chance(0.15)):
            blocks += self.items.concern(title, question.pool)
        room = min(several, words.left_in(question.pool))
        if room:
            made = self.items.improvement_list(title, question.pool, room)
            blocks = [*blocks, *made] if words.chance(0.5) else [*made, *blocks]
        return blocks

    def tail(self) -> list[Block]:
        """Return what stands behind the chapters: next steps, annexes."""
        words = self.words
        blocks: list[Block] = []
        if words.chance(0.6):
            blocks += [Heading("Next steps", 1), Para(words.stock("next_steps"))]
        if words.era.cycle == "2015" or words.chance(0.3):
            grades = Bullets(tuple(Bullet(f"{grade};") for grade in words.era.grades))
            blocks += [Heading("Annex A – HMIC judgments", 1), Para("The categories are:"), grades]
            blocks.append(Para(words.stock("annex")))
        return [*blocks, *self.annex("Annex B – About the data")]
