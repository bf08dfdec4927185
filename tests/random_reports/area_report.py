"""Random reports of 2021/22 and later: areas, each with items that a sentence leads."""

from __future__ import annotations

from random_reports.document import Block, Bullet, Bullets, Heading, Para
from random_reports.eras import RECORDING, VICTIMS, Question
from random_reports.writing import Writer

COUNTS = "zero one two three four five six seven eight nine ten 11 12 13".split()  # noqa: SIM905
Told = tuple[Question, str | None, str]  # area, grade, answer


class AreaReport(Writer):
    """A report by areas."""

    def cover(self) -> list[Block]:
        words, cycle = self.words, self.words.era.cycle
        title = f"PEEL { {'2023-25': '2023–2025', '2025-27': '2025–2027'}.get(cycle, cycle) }"
        self.running = words.rng.choice((title, f"{title} – {words.force}", words.force))
        titles = [title, "Police effectiveness, efficiency and legitimacy"] if words.chance(0.6) else [title]
        small = ["HMICFRS", words.printed_date(), f"© HMICFRS {words.year}"]
        return [
            *(Para(line, "title") for line in titles), Para(f"An inspection of {words.force}", "subtitle"),
            *(Para(line, "line") for line in small),
        ]  # fmt: skip

    def body(self) -> list[Block]:
        words = self.words
        victims = Question(words.rng.choice(VICTIMS), "victims", "", False)
        graded = [*words.era.pillars[0].questions, *([RECORDING] if words.chance(0.3) else [])]
        if self.short:
            graded = graded[: words.rng.randint(3, 5)]
        areas = [victims, *graded] if words.chance(0.7) else [graded[0], victims, *graded[1:]]
        given = [(area, self.grader.draw() if area.graded else None) for area in areas]
        told = [(q, g, self.grader.note("question", q.title, g, "inspected" if g else "not_graded")) for q, g in given]
        in_summary = words.chance(0.6)
        blocks = [*self._summary(told, in_summary), *self._boilerplate()]
        for area, grade, of in told:
            blocks += self._area(area, grade, of) if grade else self._ungraded(area, "" if in_summary else of)
        return [*blocks, Heading("About the data", 1), Para(words.paragraph("recording", 0.0))]

    def _summary(self, told: list[Told], in_summary: bool) -> list[Block]:
        words, graded = self.words, [(area, grade, of) for area, grade, of in told if grade]
        counting = words.stock("counting", sum=COUNTS[len(told)], graded=COUNTS[len(graded)])
        table: list[Block] = [self.grader.judgments(graded)] if words.chance(0.75) else []
        blocks: list[Block] = [Heading("Overall summary", 1), Heading("Our judgments", 2), Para(counting), *table]
        if in_summary:
            whole, dont = words.rng.choice(("overall ", "")), words.rng.choice(("don’t", "do not"))
            victims = next(of for _, grade, of in told if grade is None)
            blocks.append(Para(words.stock("ungraded", whole=whole, dont=dont), of=victims))
        return [*blocks, Para(words.stock("rest"))]

    def _boilerplate(self) -> list[Block]:
        words = self.words
        name = f"HM Inspector’s {'observations' if words.era.cycle == '2021/22' else 'summary'}"
        blocks: list[Block] = [Heading("Important changes to PEEL", 2), Para(words.stock("changes"))]
        if words.chance(0.4):
            blocks += [
                Heading("Terminology in this report", 2),
                Para("Area for improvement", "lead"), Para(words.stock("improvement")),
                Para("Cause of concern", "lead"), Para(words.stock("concern")),
            ]  # fmt: skip
        if words.chance(0.3):
            blocks += [Heading("Summary of previous grades", 3), Para(words.stock("once_good"))]
        blocks += [Heading(name, 2), Para(words.stock("opening")), Para(words.paragraph("planning", 0.6))]
        if words.chance(0.35):
            acts = ("answer calls more quickly;", "know its communities better and talk to them more often.")
            blocks += [Para("However, the force needs to:"), Bullets(tuple(Bullet(act) for act in acts))]
        return blocks

    def _ungraded(self, area: Question, of: str) -> list[Block]:
        said: list[Block] = [Para("We don’t make a graded judgment for this area.", of=of)] if of else []
        return [Heading(area.title, 1), *said, *self.text(area.pool, 3)]

    def _area(self, area: Question, grade: str, of: str) -> list[Block]:
        words = self.words
        blocks: list[Block] = [Heading(area.title, 1), self.grader.shown(area.title, grade, of)]
        if words.chance(0.75):
            blocks.append(self.grader.area_sentence(area.title, grade))
        items = self._found(area, grade)
        closed = self.items.framed or not items  # items without a frame end only at a heading
        main: list[Block] = [Heading("Main findings", 2)] if words.chance(0.7) or not closed else []
        if items and words.chance(0.15):
            half = len(items) // 2 if self.items.framed else len(items)
            return [*blocks, *items[:half], *main, *self.text(area.pool), *items[half:], *self.history()]
        return [*blocks, *items, *main, Para(words.stock("main")), *self.text(area.pool), *self.history()]

    def _found(self, area: Question, grade: str) -> list[Block]:
        words, title = self.words, area.title
        several = {"outstanding": 0, "good": words.rng.randint(0, 1)}.get(grade, words.rng.randint(1, 3))
        blocks: list[Block] = self.items.practice(title) if words.chance(0.15) else []
        if grade == "inadequate" or (grade == "requires improvement" and words.chance(0.15)):
            blocks += self.items.led_concern(title, area.pool)
        for _ in range(min(several, words.left_in(area.pool))):
            blocks += self.items.improvement(title, area.pool)
        return blocks
