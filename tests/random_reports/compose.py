"""Composes one random report from a number: the same number, the same report."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import ClassVar

from random_reports.document import (
    Block,
    Bullet,
    Bullets,
    Columns,
    Composed,
    Contents,
    Figure,
    Framed,
    Heading,
    NewPage,
    Para,
    Rows,
    Wanted,
)
from random_reports.eras import ERAS, RECORDING, VICTIMS, Pillar, Question
from random_reports.gradings import SHAPES, Grader
from random_reports.items import Setter
from random_reports.wording import Words

STOCK = (
    "We set out our detailed findings below. These are the basis for our judgment of the force’s performance in this area."
)
NUMBERS = "zero one two three four five six seven eight nine ten 11 12 13".split()


def compose(seed: int, era: str | None = None, short: bool = False) -> Composed:
    """Return the report of this number, of any era or of a given one; a short one has fewer questions and words."""
    rng = random.Random(f"report {seed}")
    chosen = rng.choice(tuple(ERAS))
    era = era or chosen
    words = Words(rng, ERAS[era])
    wanted = Wanted()
    kind = Led if ERAS[era].form == "lead" else Integrated if era == "2018/19" else Single
    pillar = rng.choice(ERAS[era].pillars)
    writer = kind(
        words, wanted, Setter(words, wanted, rng.random() < 0.6), Grader(words, wanted, rng.choice(SHAPES)), pillar, short
    )
    blocks = writer.report()
    wanted.report = {
        "force": words.slug, "publisher": words.publisher, "cycle": ERAS[era].cycle,
        "pillar": "integrated" if kind is not Single else pillar.name, "published": words.published,
    }  # fmt: skip
    name = f"{seed:05}-{era.replace('/', '-')}-{wanted.report['pillar']}-{words.slug}"
    return Composed(seed, name, era, tuple(blocks), wanted, writer.running)


@dataclass(slots=True)
class Writer:
    """What all reports have in common: cover, contents, running text, pages that end anywhere."""

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
        contents: list[Block] = [Contents(tuple(headings))] if self.words.chance(0.7) else []
        return [*self.cover(), NewPage(), *contents, *([NewPage()] if contents else []), *body]

    def cover(self) -> list[Block]:
        """Return the cover."""
        raise NotImplementedError

    def body(self) -> list[Block]:
        """Return everything behind the contents."""
        raise NotImplementedError

    def text(self, pool: str, most: int = 4, traps: float = 0.15) -> list[Block]:
        """Return running text with headings, figures, case studies, lists."""
        words, blocks = self.words, list[Block]()
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
            entries = tuple(Bullet(f"{text[0].lower()}{text[1:-1]};") for text in (words.draw(pool, "facts") for _ in range(3)))
            return [Para("During our fieldwork we saw the following:"), Bullets(entries)]
        if words.chance(0.05):
            return [NewPage()]
        return []

    def history(self) -> list[Block]:
        """Return last year's findings told again, which are no findings of this report."""
        words, earlier = self.words, self.words.era.earlier[0]
        blocks: list[Block] = [
            Para(f"In our {earlier} report, we recommended that all forces should:"),
            Bullets(tuple(Bullet(text) for text in ("monitor and analyse comprehensive data on stop and search;", "take action on what they find; and", "publish their analysis at least once a year."))),
        ]
        return blocks if words.chance(0.25) else []


class Single(Writer):
    """A report on one pillar: 2015, 2016, 2017."""

    def cover(self) -> list[Block]:
        words, cycle = self.words, self.words.era.cycle
        led = " (including leadership)" if cycle == "2017" and self.pillar.name != "effectiveness" else ""
        title = f"PEEL: Police {self.pillar.name}{led} {cycle}"
        self.running = words.rng.choice((title, f"{title} – {words.force}", words.force))
        the = "the " if words.slug in ("metropolitan", "city-of-london") else ""
        an = "A" if words.chance(0.05) else "An"
        site = f"www.justiceinspectorates.gov.uk/{words.publisher.lower()}"
        small = [words.printed_date(), f"© {words.publisher} {words.year}", "ISBN: 978-1-00000-000-0", site]
        return [
            Para(title, "title"),
            Para(f"{an} inspection of {the}{words.force}", "subtitle"),
            *(Para(line, "line") for line in small),
        ]

    def body(self) -> list[Block]:
        words = self.words
        grade = self.grader.draw()
        of = self.grader.note("pillar", self.pillar.question, grade)
        asked, carried = self._asked()
        overview = self._overview(grade, of, asked, carried)
        intro: list[Block] = [Heading("Introduction", 1), *self.intro(), Heading("Force in numbers", 1), *self.numbers()]
        start = overview + intro if words.era.cycle == "2015" else intro + overview
        chapters = [block for question, grade, of in asked for block in self.chapter(question, grade, of)]
        return [*start, *chapters, *self.tail()]

    def _asked(self) -> tuple[list[tuple[Question, str | None, str]], list[Question]]:
        """Return questions with chapters (with grade and id) and those whose grade is carried over."""
        words, questions = self.words, list(self.pillar.questions)
        carried: list[Question] = []
        if words.era.cycle == "2017" and self.pillar.name == "effectiveness":
            graded = [question for question in questions if question.graded]
            carried = sorted(words.rng.sample(graded, words.rng.randint(1, 3)), key=graded.index)
        asked = []
        for question in questions:
            if question in carried:
                continue
            grade = self.grader.draw() if question.graded else None
            of = self.grader.note("question", question.title, grade, "inspected" if grade else "not_graded")
            asked.append((question, grade, of))
        return asked, carried

    def _overview(self, grade: str, of: str, asked: list[tuple[Question, str | None, str]], carried: list[Question]) -> list[Block]:
        words = self.words
        title = f"Overview – {self.pillar.question}"
        if words.era.cycle == "2017" and self.pillar.name == "effectiveness":
            title = "Effectiveness overview"
        shape = self.grader.shown(self.pillar.question, grade, of)
        blocks: list[Block] = [Heading(title, 1), Heading("Overall judgment", 2), shape, Para(self.grader.pillar_sentence(self.pillar.name, grade))]
        if carried:
            year = words.era.earlier[0]
            blocks.append(Para(f"We did not inspect the following in {words.era.cycle}. The {year} judgments remain in place."))
            blocks.append(self.grader.carried(carried, year, words.rng.choice(("bare", "judgment", "last", "cell", "column", "word"))))
        elif words.chance(0.4):
            rows = [("Question", "Grade")] + [(question.title, mark.capitalize()) for question, mark, _ in asked if mark]
            blocks.append(Rows(tuple(rows), ("", *(name for _, mark, name in asked if mark))))
        return [*blocks, Heading("Summary", 2), Para(words.paragraph(self.pillar.questions[0].pool, 0.5))]

    def intro(self) -> list[Block]:
        """Return what every report says of itself."""
        words = self.words
        return [
            Para(
                f"This report sets out our findings on {words.force}. We graded the force as outstanding, good, requires "
                "improvement or inadequate. Where we found causes of concern we make recommendations, and we set out "
                "areas for improvement."
            ),
            Para(words.paragraph("planning", 0.0)),
        ]

    def numbers(self) -> list[Block]:
        """Return a page of figures."""
        words = self.words
        labels = tuple(f"{words.rng.randint(100, 9000):,}" for _ in range(5))
        return [Figure(labels, "Force in numbers"), Para("*Figures are shown as proportions of outcomes.", "small")]

    def chapter(self, question: Question, grade: str | None, of: str) -> list[Block]:
        """Return one question with its grade and items, in the order of the round."""
        words = self.words
        head: list[Block] = [Heading(question.title, 1, "" if grade else of)]
        if grade is None:
            said = "This question is not graded." if words.chance(0.5) else f"{words.publisher} does not grade this question."
            return [*head, Para(said), *self.text(question.pool)]
        shown = self.grader.shown(question.title, grade, of)
        items = self.found(question, grade)
        summary: list[Block] = [Heading("Summary of findings", 2), shown, Para(words.paragraph(question.pool, 0.4))]
        if words.era.cycle == "2017" and self.pillar.name == "effectiveness":
            return [*head, shown, Para(words.paragraph(question.pool, 0.3)), *items, *self.text(question.pool)]
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
            blocks += [
                Heading("Next steps", 1),
                Para(
                    f"{words.publisher} assesses progress on causes of concern and areas for improvement identified within "
                    "its reports in a number of ways. We receive updates through our regular conversations with forces, "
                    "re-assess as part of our annual PEEL programme, and, in the most serious cases, revisit forces."
                ),
            ]
        if words.era.cycle == "2015" or words.chance(0.3):
            blocks += [
                Heading("Annex A – HMIC judgments", 1),
                Para("The categories are:"),
                Bullets(tuple(Bullet(f"{grade};") for grade in words.era.grades)),
                Para("Judgment is made against how far the force is good. It is inadequate where it is considerably lower than is expected, and the force should then act."),
            ]
        return [*blocks, Heading("Annex B – About the data", 1), Para("The data come from forces and from the Home Office. Please note the following:"), Para(words.paragraph("recording", 0.0))]


class Integrated(Single):
    """A report on all three pillars, 2018/19."""

    FACTS: ClassVar[str] = "Force in context"

    def cover(self) -> list[Block]:
        words = self.words
        self.running = words.force
        lines = [Para("PEEL", "title"), Para("Police effectiveness, efficiency and legitimacy 2018/19", "title"), Para(f"An inspection of {words.force}", "subtitle")]
        small = [words.printed_date(), f"© HMICFRS {words.year}"]
        return [*lines, *(Para(line, "line") for line in small)]

    def body(self) -> list[Block]:
        words = self.words
        blocks: list[Block] = [
            Heading("What this report contains", 1),
            Para("This report is structured in four parts: our overall assessment; our judgments and summaries of how effectively, efficiently and legitimately the force keeps people safe and reduces crime; our judgments and any areas for improvement and causes of concern for each component of our inspection; and our detailed findings."),
            Heading(self.FACTS, 1), *self.numbers(),
            Heading("Overall summary", 1), Para(words.paragraph("planning", 0.5)),
        ]  # fmt: skip
        for pillar in words.era.pillars:
            blocks += self._pillar(pillar)
        return [*blocks, Heading("Annex A – About the data", 1), Para(words.paragraph("recording", 0.0))]

    def _pillar(self, pillar: Pillar) -> list[Block]:
        words, grade = self.words, self.grader.draw()
        of = self.grader.note("pillar", pillar.question, grade)
        blocks: list[Block] = [
            Heading(pillar.name.capitalize(), 1), Heading(self.FACTS, 2), *self.numbers(),
            Heading(pillar.question, 1), self.grader.shown(pillar.question, grade, of),
            Heading("Summary", 2), Para(words.paragraph(pillar.questions[0].pool, 0.4)),
        ]  # fmt: skip
        spared = words.rng.choice(pillar.questions) if words.chance(0.35) else None
        for question in pillar.questions:
            carried = question is spared and question.graded
            blocks += self._carried(question, pillar.name) if carried else self._component(question)
        return blocks

    def _carried(self, question: Question, pillar: str) -> list[Block]:
        words, grade, year = self.words, self.grader.draw(), self.words.era.earlier[0]
        of = self.grader.note("question", question.title, grade, "carried_over")
        said = words.rng.choice(
            (
                f"This question was not subject to detailed inspection in 2018/19, and our judgment from the {year} {pillar} inspection has been carried over.",
                f"We have carried the grade from our {year} {pillar} inspection forward.",
            )
        )
        told = f"In {year}, we said that the force should {words.draw(question.pool, 'acts')}. It has since done so."
        return [Heading(question.title, 2), self.grader.shown(question.title, grade, of), Para(said), *([Para(told)] if words.chance(0.5) else [])]

    def _component(self, question: Question) -> list[Block]:
        grade = self.grader.draw() if question.graded else None
        of = self.grader.note("question", question.title, grade, "inspected" if grade else "not_graded")
        head: list[Block] = [Heading(question.title, 2, "" if grade else of)]
        if grade is None:
            return [*head, Para("We do not make a graded judgment in this area."), *self.text(question.pool, 2)]
        shown, items = self.grader.shown(question.title, grade, of), self.found(question, grade)
        stock: list[Block] = [Para(STOCK)] if items or self.words.chance(0.6) else []
        return [*head, shown, *items, *stock, *self.text(question.pool), *self.history()]


class Led(Writer):
    """A report of 2021/22 and later: areas, each with items that a sentence leads."""

    def cover(self) -> list[Block]:
        words, cycle = self.words, self.words.era.cycle
        printed = {"2023-25": "2023–2025", "2025-27": "2025–2027"}.get(cycle, cycle)
        title = f"PEEL {printed}"
        self.running = words.rng.choice((title, f"{title} – {words.force}", words.force))
        lines = [Para(title, "title"), Para("Police effectiveness, efficiency and legitimacy", "title")] if words.chance(0.6) else [Para(title, "title")]
        small = ["HMICFRS", words.printed_date(), f"© HMICFRS {words.year}"]
        return [*lines, Para(f"An inspection of {words.force}", "subtitle"), *(Para(line, "line") for line in small)]

    def body(self) -> list[Block]:
        words = self.words
        victims = Question(words.rng.choice(VICTIMS), "victims", "", False)
        graded = [*words.era.pillars[0].questions, *([RECORDING] if words.chance(0.3) else [])]
        if self.short:
            graded = graded[: words.rng.randint(3, 5)]
        areas = [victims, *graded] if words.chance(0.7) else [graded[0], victims, *graded[1:]]
        given = [(question, self.grader.draw() if question.graded else None) for question in areas]
        told = [(q, g, self.grader.note("question", q.title, g, "inspected" if g else "not_graded")) for q, g in given]
        in_summary = words.chance(0.6)
        blocks = [*self._summary(told, in_summary), *self._boilerplate()]
        for question, grade, of in told:
            blocks += self._area(question, grade, of, in_summary)
        return [*blocks, Heading("About the data", 1), Para(words.paragraph("recording", 0.0))]

    def _summary(self, told: list[tuple[Question, str | None, str]], in_summary: bool) -> list[Block]:
        words, graded = self.words, [(q, g, of) for q, g, of in told if g]
        total, count = NUMBERS[len(told)], NUMBERS[len(graded)]
        sentence = f"Our inspection assessed how good {words.force} is in {total} areas of policing. We make graded judgments in {count} of these {total} as follows:"
        table: list[Block] = [self.grader.judgments(graded)] if words.chance(0.75) else []
        victims = next(of for _, g, of in told if g is None)
        whole = "overall " if words.chance(0.5) else ""
        no_grade = f"We also inspected how effective a service {words.force} gives to victims of crime. We {words.rng.choice(('don’t', 'do not'))} make a graded judgment in this {whole}area."
        blocks: list[Block] = [Heading("Overall summary", 1), Heading("Our judgments", 2), Para(sentence), *table]
        return [*blocks, *([Para(no_grade, of=victims)] if in_summary else []), Para("We set out our detailed findings about things the force is doing well and where the force should improve in the rest of this report.")]

    def _boilerplate(self) -> list[Block]:
        words = self.words
        name = "HM Inspector’s summary" if words.era.cycle != "2021/22" else "HM Inspector’s observations"
        blocks: list[Block] = [
            Heading("Important changes to PEEL", 2),
            Para("We more clearly link our judgments to causes of concern and areas for improvement. We have also expanded our previous four-tier system of judgments to five tiers. It isn’t possible to make direct comparisons between the grades awarded this year and those from previous PEEL inspections."),
        ]  # fmt: skip
        if words.chance(0.4):
            blocks += [
                Heading("Terminology in this report", 2),
                Para("Area for improvement", "lead"), Para("If our inspection identifies an aspect of a force’s practice, policy or performance that falls short of the expected standard, it will be reported as an area for improvement."),
                Para("Cause of concern", "lead"), Para("A cause of concern will always be accompanied by one or more recommendations. The force should then act."),
            ]  # fmt: skip
        if words.chance(0.3):
            blocks += [Heading("Summary of previous grades", 3), Para(f"In {words.year - 2}, the force was graded as good in four areas and inadequate in two.")]
        blocks += [Heading(name, 2), Para(f"I have concerns about the performance of {words.force} in keeping people safe."), Para(words.paragraph("planning", 0.6))]
        if words.chance(0.35):
            blocks += [Para("However, the force needs to:"), Bullets(tuple(Bullet(f"{act};") for act in ("answer calls more quickly", "know its communities better and talk to them more often")))]
        return blocks

    def _area(self, question: Question, grade: str | None, of: str, in_summary: bool) -> list[Block]:
        words = self.words
        head: list[Block] = [Heading(question.title, 1)]
        if grade is None:
            said = [] if in_summary else [Para("We don’t make a graded judgment for this area.", of=of)]
            return [*head, *said, *self.text(question.pool, 3)]
        intro = [self.grader.shown(question.title, grade, of)]
        if words.chance(0.75):
            intro.append(self.grader.area_sentence(question.title, grade))
        items = self._found(question, grade)
        after: list[Block] = [Heading("Main findings", 2)] if words.chance(0.7) else []
        if items and words.chance(0.15):
            half = len(items) // 2
            return [*head, *intro, *items[:half], *after, *self.text(question.pool), *items[half:], *self.history()]
        return [*head, *intro, *items, *after, Para("In this section, we set out our main findings about how well the force does this."), *self.text(question.pool), *self.history()]

    def _found(self, question: Question, grade: str) -> list[Block]:
        words, title = self.words, question.title
        several = {"outstanding": 0, "good": words.rng.randint(0, 1)}.get(grade, words.rng.randint(1, 3))
        blocks: list[Block] = self.items.practice(title) if words.chance(0.15) else []
        if grade == "inadequate" or (grade == "requires improvement" and words.chance(0.15)):
            blocks += self.items.led_concern(title, question.pool)
        for _ in range(min(several, words.left_in(question.pool))):
            blocks += self.items.improvement(title, question.pool)
        return blocks


def without_breaks(composed: Composed) -> Composed:
    """Return the report without its forced page breaks: the same rows on other pages."""
    return replace(composed, blocks=tuple(block for block in composed.blocks if not isinstance(block, NewPage)))
