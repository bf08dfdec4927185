"""One report's rows against its right answer: what is wrong, and whether anything was said near it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from extractor.models import Extraction, Finding, Grading, Problem
from extractor.quality.scoring import FACTS, folded

ALIKE, NEARLY = 90, 85
ATTRIBUTES = ("question", "status", "parent", "stem", "deadline", "detail", "pages")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong."""

    kind: str
    wanted: str
    got: str
    page: int | None
    loud: bool
    said: str = ""


@dataclass(slots=True)
class Result:
    """One report scored. Counts are by table or attribute: (right, got, wanted) as Counters."""

    name: str
    era: str
    producer: str
    seed: int
    status: str = ""
    mistakes: list[Mistake] = field(default_factory=list)
    right: Counter[str] = field(default_factory=Counter)
    got: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    alarms: Counter[tuple[str, bool]] = field(
        default_factory=Counter
    )  # (flag or problem, whether something is wrong near it)
    sound: int = 0  # rows that are right
    sound_flagged: int = 0

    @property
    def silent(self) -> list[Mistake]:
        """The mistakes that nothing is said about."""
        return [mistake for mistake in self.mistakes if not mistake.loud]


def score(made: Any, found: Extraction) -> Result:
    """Return the score of one report."""
    result = Result(made.name, made.era, made.producer, made.seed, found.report.status)
    scorer = _Scorer(result, found)
    scorer.facts(made.gold["report"])
    scorer.gradings(made.gold["gradings"])
    scorer.findings(made.gold["findings"])
    scorer.alarms()
    return result


def pairs(wanted: Sequence[Any], got: Sequence[Any], alike: Callable[[Any, Any], float]) -> dict[int, int]:
    """Return one-to-one pairs of places, the most alike first; 0 means not alike at all."""
    scored = sorted(((alike(w, g), -i, -j) for i, w in enumerate(wanted) for j, g in enumerate(got)), reverse=True)
    taken: dict[int, int] = {}
    for likeness, i, j in scored:
        if likeness > 0 and -i not in taken and -j not in taken.values():
            taken[-i] = -j
    return taken


def _bare(text: object) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in folded(text).lower()).split())


def _when(text: object) -> str:
    words = folded(text).lower()
    return "immediately" if "immediate" in words else words


class _Scorer:
    def __init__(self, result: Result, found: Extraction) -> None:
        self.result, self.found = result, found
        self.doubts = [problem for problem in found.problems if problem.severity != "note"]
        self.near: set[int] = set()  # places of problems with a mistake near them
        self.wrong_rows: set[int] = set()  # ids of rows with a mistake

    def facts(self, told: Row) -> None:
        report = self.found.report
        for fact, column in FACTS.items():
            wanted, got = told.get(fact), getattr(report, column)
            self.count("facts", folded(wanted) == folded(got))
            if folded(wanted) != folded(got):
                self.wrong(f"fact {fact}", str(wanted), str(got), None, ())

    def gradings(self, wanted: list[dict[str, Any]]) -> None:
        got = list(self.found.gradings)

        def alike(row: Row, grading: Grading) -> float:
            likeness = fuzz.ratio(_bare(row["question"]), _bare(grading.question))
            same = (row["level"], row["grade"], row["basis"]) == (grading.level, grading.grade, grading.basis)
            return likeness if same and likeness >= ALIKE else 0

        found = pairs(wanted, got, alike)
        self._counted("gradings", found, got, wanted)
        for i, j in found.items():
            pages = {wanted[i]["page"], *wanted[i]["also_on"]} - {None}
            self.count("grade page", got[j].page is None or not pages or got[j].page in pages)
            if got[j].page is not None and pages and got[j].page not in pages:
                self.wrong(
                    "grade page",
                    str(min(pages)),
                    str(got[j].page),
                    got[j].page,
                    got[j].flags,
                    got[j].question,
                    row=got[j],
                )
        left = [j for j in range(len(got)) if j not in found.values()]
        for i, row in enumerate(wanted):
            if i not in found:
                words = f"{row['level']} {row['question']} = {row['grade']} {row['basis']}"
                self.wrong(f"grading missed ({row['basis']})", words, "–", row["page"], (), row["question"])
        for j in left:
            words = f"{got[j].level} {got[j].question} = {got[j].grade} {got[j].basis}"
            self.wrong("grading made up", "–", words, got[j].page, got[j].flags, got[j].question, row=got[j])

    def findings(self, wanted: list[dict[str, Any]]) -> None:
        got = list(self.found.findings)

        def alike(row: Row, finding: Finding) -> float:
            same = row["type"] == finding.kind and folded(row["text"]) == folded(finding.text)
            near = fuzz.ratio(_bare(row["question"]), _bare(finding.question)) / 200
            return same * (1 + near + 0.4 * (row["page_start"] == finding.page_first))

        found = pairs(wanted, got, alike)
        self._counted("findings", found, got, wanted)
        names = {got[j].finding_id: wanted[i]["id"] for i, j in found.items()}
        for i, j in found.items():
            self._attributes(wanted[i], got[j], names)
        self._unpaired(wanted, got, found)

    def _unpaired(self, wanted: list[dict[str, Any]], got: list[Finding], found: dict[int, int]) -> None:
        lost = [i for i in range(len(wanted)) if i not in found]
        left = [j for j in range(len(got)) if j not in found.values()]

        def alike(i: int, j: int) -> float:
            likeness = fuzz.ratio(folded(wanted[i]["text"]), folded(got[j].text))
            part = fuzz.partial_ratio(folded(wanted[i]["text"]), folded(got[j].text))
            return likeness if likeness >= NEARLY else part / 2 if part >= 97 else 0

        damaged = pairs(lost, left, alike)
        for a, b in damaged.items():
            row, finding = wanted[lost[a]], got[left[b]]
            kind = "kind" if folded(row["text"]) == folded(finding.text) else "text damaged"
            self.wrong(
                f"finding: {kind} ({row['type']})",
                row["text"],
                f"{finding.kind}: {finding.text}",
                finding.page_first,
                finding.flags,
                finding.text,
                row=finding,
            )
        for a, i in enumerate(lost):
            if a not in damaged:
                row = wanted[i]
                self.wrong(f"finding missed ({row['type']})", row["text"], "–", row["page_start"], (), row["text"])
        for b, j in enumerate(left):
            if b not in damaged.values():
                finding = got[j]
                self.wrong(
                    f"finding made up ({finding.kind})",
                    "–",
                    finding.text,
                    finding.page_first,
                    finding.flags,
                    finding.text,
                    row=finding,
                )

    def _attributes(self, row: Row, finding: Finding, names: dict[str, str]) -> None:
        asked = fuzz.ratio(_bare(row["question"]), _bare(finding.question)) >= ALIKE
        parent = names.get(finding.parent_id or "", finding.parent_id)
        status = (row["status"], row["origin_cycle"]), (finding.status, finding.origin_cycle)
        pages = (row["page_start"], row["page_end"]), (finding.page_first, finding.page_last)
        told: dict[str, tuple[object, object, bool]] = {
            "question": (row["question"], finding.question, asked),
            "status": (*status, status[0] == status[1]),
            "parent": (row["parent"], parent, row["parent"] == parent),
            "stem": (row["stem"], finding.stem, folded(row["stem"]) == folded(finding.stem)),
            "deadline": (row["deadline"], finding.deadline, _when(row["deadline"]) == _when(finding.deadline)),
            "detail": (row["detail"], finding.detail, folded(row["detail"]) == folded(finding.detail)),
            "pages": (*pages, None in pages[0] or pages[0] == pages[1]),
        }
        for name, (wanted, got, right) in told.items():
            self.count(name, right)
            if not right:
                self.wrong(name, str(wanted), str(got), finding.page_first, finding.flags, finding.text, row=finding)

    def _counted(self, table: str, found: dict[int, int], got: Sequence[object], wanted: Sequence[object]) -> None:
        self.result.right[table] += len(found)
        self.result.got[table] += len(got)
        self.result.wanted[table] += len(wanted)

    def count(self, name: str, right: bool) -> None:
        self.result.right[name] += right
        self.result.wanted[name] += 1

    def wrong(
        self,
        kind: str,
        wanted: str,
        got: str,
        page: int | None,
        flags: Sequence[str],
        about: str = "",
        row: Grading | Finding | None = None,
    ) -> None:
        said = self._said(page, about)
        if row is not None:
            self.wrong_rows.add(id(row))
        loud = bool(said or flags)
        words = "; ".join([*(f"{problem.code}: {problem.message}" for problem in said[:2]), *flags])
        self.result.mistakes.append(Mistake(kind, wanted, got, page, loud, words[:200]))

    def _said(self, page: int | None, about: str) -> list[Problem]:
        """Return errors, the doubts on this page or a neighbour, and those that name these words."""
        near = []
        start = _bare(about)[:30]
        for place, problem in enumerate(self.doubts):
            here = page is not None and problem.page is not None and abs(problem.page - page) <= 1
            named = len(start) > 3 and start in _bare(problem.message)
            if problem.severity == "error" or here or named:
                near.append(problem)
                self.near.add(place)
        return near

    def alarms(self) -> None:
        for place, problem in enumerate(self.doubts):
            self.result.alarms[f"problem {problem.code}", place in self.near] += 1
        for row in (*self.found.gradings, *self.found.findings):
            wrong = id(row) in self.wrong_rows
            for flag in row.flags:
                self.result.alarms[f"flag {flag}", wrong] += 1
            self.result.sound += not wrong
            self.result.sound_flagged += bool(row.flags) and not wrong
