"""Grades of a report: how they are shown, said and carried over, and the answer for each."""

from __future__ import annotations

from dataclasses import dataclass

from random_reports.document import Block, Grade, Para, Rows, Wanted
from random_reports.eras import Question
from random_reports.wording import Words

SHAPES = ("word", "word", "bar", "box", "pair")


@dataclass(slots=True)
class Grader:
    """Gives grades in one report and notes what each display should give."""

    words: Words
    wanted: Wanted
    shape: str

    def note(self, level: str, question: str, grade: str | None, basis: str = "inspected") -> str:
        """Write down a grading; return its id."""
        name = f"g{len(self.wanted.gradings) + 1}"
        self.wanted.gradings.append({"id": name, "level": level, "question": question, "grade": grade, "basis": basis})
        return name

    def draw(self) -> str:
        """Return a grade: mostly one in the middle of the scale."""
        grades = self.words.era.grades
        weights = (1, 6, 3, 1) if len(grades) == 4 else (1, 4, 4, 3, 1)
        return self.words.rng.choices(grades, weights)[0]

    def shown(self, question: str, grade: str, of: str) -> Block:
        """Return the display of a grade at its question."""
        return Grade(grade.capitalize(), self.shape, question if self.shape == "pair" else "", of)

    def pillar_sentence(self, pillar: str, grade: str) -> str:
        """Return the sentence that gives a pillar's grade, followed by last year's."""
        words, force = self.words, self.words.force
        adjective = {"effectiveness": "effective", "efficiency": "efficient", "legitimacy": "legitimate"}[pillar]
        verb = "requires improvement" if grade == "requires improvement" else f"is {grade}"
        now = words.rng.choice(
            (
                f"The extent to which {force} is {adjective} at keeping people safe and reducing crime {verb}.",
                f"{force} has been assessed as {grade} in respect of its {pillar}.",
                f"{force} is judged to {'require improvement' if verb.startswith('req') else f'be {grade}'} in respect "
                f"of its {pillar} at keeping people safe and reducing crime.",
            )
        )
        last = words.rng.choice(
            (
                "",
                f"This is consistent with last year, when we judged the force to be {self.draw()}.".replace(
                    "be requires", "require"
                ),
                f"In {words.year - 2}, {words.publisher} assessed the force as good.",
            )
        )
        return f"{now} {last}".strip()

    def area_sentence(self, title: str, grade: str) -> Para:
        """Return the sentence below the grade of an area."""
        at = title[0].lower() + title[1:]
        verb = "requires improvement" if grade == "requires improvement" else f"is {grade}"
        return Para(f"{self.words.force} {verb} at {at}.")

    def carried(self, questions: list[Question], year: str, shown: str) -> Rows:
        """Return a table of grades carried over from an earlier year, which stands in a cell or column."""
        header, rows, of = ["Question", "Judgment"], [], [""]
        for question in questions:
            grade = self.draw()
            of.append(self.note("question", question.title, grade, "carried_over"))
            mark = {
                "bare": f"({year})",
                "judgment": f"({year} judgment)",
                "last": f"(last inspected: {year})",
                "word": "(carried over)",
            }
            rows.append(
                [f"{question.title} {mark[shown]}", grade.capitalize()]
                if shown in mark
                else [question.title, f"{grade.capitalize()} ({year})"]
                if shown == "cell"
                else [question.title, grade.capitalize(), year]
            )
        if shown == "column":
            header.append("Last inspected")
        return Rows(tuple(tuple(row) for row in (header, *rows)), tuple(of))

    def judgments(self, graded: list[tuple[Question, str, str]]) -> Rows:
        """Return the table of judgments: a column for each grade, the areas below it."""
        grades = [
            grade for grade in self.words.era.grades if self.words.chance(0.6) or any(g == grade for _, g, _ in graded)
        ]
        columns = [[question.short or question.title for question, g, _ in graded if g == grade] for grade in grades]
        deep = max(len(column) for column in columns)
        rows = [[column[row] if row < len(column) else "" for column in columns] for row in range(deep)]
        return Rows(
            tuple(tuple(row) for row in ([grade.capitalize() for grade in grades], *rows)), ("judgments",) * (deep + 1)
        )
