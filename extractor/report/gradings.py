"""The grades: where each is formally displayed, and what the sentences beside it say.

A grade counts when it stands alone as a label below a question's heading, in a row beside the question, or in a column
of the judgments table. Sentences decide only where no label does, and are compared with the label where one does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, takewhile

from extractor.ids import short_hash
from extractor.layout.blocks import Block, Text
from extractor.models import Box, Grading, Line, Problem
from extractor.report.remarks import Remark, doubt
from extractor.report.sections import ITEM_LABELS, Part, is_strong_heading, same_title
from extractor.rulebook.load import Profile, Question
from extractor.rulebook.matcher import Labeller, Match
from extractor.rulebook.questions import Crosswalk, plain
from extractor.vocabulary import Flag

_PREFIX = re.compile(r"^(?:Overview|Question \d+|Q\d+|\d+\.)\s*[–—:-]?\s+(?=\S)")
_YEAR = re.compile(r"(20\d\d)(?:\s*[/–-]\s*(\d\d)\b)?")
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z‘“])")
_CLAUSE = re.compile(r";\s*(?:and\s+)?|,?\s+and\s+(?=(?:is|it|its|requires|the)\b)|,?\s+but\s+(?:it\s+)?|\.\s+")
_NEAR = 3  # blocks: a label belongs to the heading when no more than this stands between
_OPENING = 4  # blocks of a section that may state its grade
_SMALL = 0.92  # of the body type: a grade of its own is not smaller
_LONG = 40  # words: a block this long is prose
GRADE_FLAGS: tuple[Flag[None], ...] = (
    Flag("grades_disagree", "the report prints different grades for it"),
    Flag("grade_from_sentence", "the grade was read from a sentence, not from a graphic or label"),
    Flag("grade_not_printed", "the report says that an earlier grade stands and does not print it"),
    Flag("grade_unknown_in_cycle", "the grade does not belong to the scale of that cycle"),
    Flag("unrecognised_area", "the area that is graded is not in the list of known questions"),
)
_RANK = {"label": 0, "row": 1, "column": 2, "sentence": 3}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place where a grade, or the lack of one, is stated."""

    key: tuple[str, str]  # level, question_id or the folded heading
    title: str
    question: Question | None
    source: str  # label | row | column | sentence | statement
    grade: str | None
    basis: str
    origin: str | None
    wording: str
    page: int | None
    boxes: tuple[Box, ...]
    rule_id: str


def origin_cycle(words: str, cycle: str) -> str | None:
    """Return the first other year or cycle that the words name, as printed but for the dash."""
    for match in _YEAR.finditer(words):
        named = f"{match.group(1)}/{match.group(2)}" if match.group(2) else match.group(1)
        if named != cycle and match.group(1) != cycle[:4]:
            return named
    return None


class Grader:
    """Collects the evidence for every question of one report."""

    def __init__(
        self,
        text: Text,
        parts: Sequence[Part],
        labels: Labeller,
        crosswalk: Crosswalk,
        profile: Profile,
        pillar: str | None,
    ) -> None:
        self.text, self.parts, self.labels, self.crosswalk, self.profile, self.pillar = (
            text,
            parts,
            labels,
            crosswalk,
            profile,
            pillar,
        )
        self.evidence: list[Evidence] = []
        self.problems: list[Remark] = []  # code, severity, page, message
        self.unknown_areas: dict[
            int, str
        ] = {}  # places of parts that are areas though the crosswalk does not know them
        self._levels = {part.level for part in parts if part.question and part.question.level == "question"}

    # who owns a block -------------------------------------------------------------------------------------------------

    def owner(self, place: int) -> int | None:
        """The place of the nearest part, itself or enclosing, that is a question, an area or a pillar."""
        at: int | None = place
        while at is not None:
            if self.parts[at].question or at in self.unknown_areas:
                return at
            at = self.parts[at].parent
        return None

    def identity(self, place: int) -> tuple[tuple[str, str], str, Question | None]:
        """Key, printed title and crosswalk entry of a question's part."""
        part = self.parts[place]
        title = _PREFIX.sub("", part.title or "")
        if part.question:
            return (part.question.level, part.question.id), title, part.question
        return ("question", plain(title)), title, None

    def place_of(self, key: tuple[str, str], items: Sequence[Evidence]) -> tuple[int, int]:
        """Where a question stands in the report: its section's place, else the page of its first evidence."""
        for place, part in enumerate(self.parts):
            if (part.question or place in self.unknown_areas) and self.identity(place)[0] == key:
                return place, 0
        page = min(item.page or 0 for item in items)
        after = [
            place for place, part in enumerate(self.parts) if part.heading and (part.heading.page_first or 0) <= page
        ]
        return (after or [0])[-1], 1

    # collecting -------------------------------------------------------------------------------------------------------

    def collect(self) -> None:
        """Find all labels, tables and statements, then the sentences."""
        for place, part in enumerate(self.parts):
            if part.kind in ("contents", "annex", "definitions", "cover"):
                continue
            skip = self._tables(part)
            for nth, block in enumerate(part.blocks):
                if block.kind != "note" and block.number not in skip:
                    self._label(place, nth, block)
        self._ungraded_areas()
        for place in range(len(self.parts)):
            if self.parts[place].question or place in self.unknown_areas:
                self._statement(place)
        self._sentences()

    def _add(
        self, who: tuple[tuple[str, str], str, Question | None], source: str, match: Match, block: Block, **more: object
    ) -> None:
        origin = origin_cycle(block.text, self.profile.cycle) if source != "sentence" else None
        basis = (
            "not_graded"
            if match.label in ("NO_GRADE", "NOT_GRADED")
            else "carried_over"
            if origin and match.label == "GRADE"
            else "inspected"
        )
        since = more.get("origin", origin)
        self.evidence.append(
            Evidence(
                *who[:1],
                title=who[1],
                question=who[2],
                source=source,
                grade=match.value,
                basis=str(more.get("basis", basis)),
                origin=str(since) if since and more.get("basis", basis) == "carried_over" else None,
                wording=str(more.get("wording", block.text)),
                page=block.page_first,
                boxes=block.boxes(),
                rule_id=match.rule_id,
            )
        )

    # labels and tables ------------------------------------------------------------------------------------------------

    def _label(self, place: int, nth: int, block: Block) -> None:
        match = self.labels.first(block.text, "GRADE", "NO_GRADE")
        if match is None:
            self._row_in_one(block)
            return
        row = self._row_of(block, self.parts[place])
        if row:
            year = self._year_beside(block, self.parts[place])
            more = {"basis": "carried_over", "origin": year} if year else {}
            self._add(row, "row", match, block, **more)
            return
        part = self.parts[place]
        if block.look[0] < _SMALL * self.text.layout.body_size and not block.all_bold:
            return  # a word of an infographic
        prose_before = any(len(other.text.split()) > _LONG for other in part.blocks[:nth])
        above = self.owner(place)
        again = above is not None and same_title(part.title, self.parts[above].title)  # a divider, then the heading
        generic = again or (bool(part.heading) and self.labels.has(part.title or "", "SUMMARY", "JUDGMENTS"))
        if prose_before and not generic:
            return
        if part.question or (generic and self.owner(place) is not None):
            owner = self.owner(place)
            if owner is not None and nth <= _NEAR:
                self._add(self.identity(owner), "label", match, block)
        elif generic and self.pillar and self.pillar != "integrated" and nth <= _NEAR:
            self._add(self._pillar(place), "label", match, block)
        elif part.heading and nth == 0 and self._may_be_area(part):
            self.unknown_areas[place] = part.title or ""
            self._add(self.identity(place), "label", match, block)
            self.problems.append(
                doubt(
                    "unrecognised_area",
                    block.page_first,
                    f"“{part.title}” has a grade but is no area known for {self.profile.cycle}; it is taken as printed",
                )
            )
        elif nth <= 1 and match.label == "GRADE" and part.heading:
            self.problems.append(
                doubt(
                    "grade_unplaced",
                    block.page_first,
                    f"“{block.text}” stands below “{part.title}”, which is no graded question; look at the page",
                )
            )

    def _row_in_one(self, block: Block) -> None:
        """Read `question … grade` where the two cells of a table row were read as one line."""
        words = block.text.split()
        if not 3 <= len(words) <= _LONG or block.text.endswith((".", ";", ":")):
            return
        for cut in range(len(words) - 1, max(len(words) - 5, 0), -1):
            match = self.labels.first(" ".join(words[cut:]), "GRADE", "NO_GRADE")
            who = self._named(" ".join(words[:cut]).rstrip(" –—:-")) if match else None
            if match and who:
                self._add(who, "row", match, block)
                return

    def _may_be_area(self, part: Part) -> bool:
        return part.kind == "body" and bool(part.heading) and (not self._levels or part.level <= max(self._levels))

    def _pillar(self, place: int) -> tuple[tuple[str, str], str, Question | None]:
        top = place
        while (above := self.parts[top].parent) is not None:
            top = above
        question = next((question for question in self.crosswalk.all() if question.level == "pillar"), None)
        return (
            ("pillar", question.id if question else str(self.pillar)),
            _PREFIX.sub("", self.parts[top].title or ""),
            question,
        )

    def _row_of(self, block: Block, part: Part) -> tuple[tuple[str, str], str, Question | None] | None:
        """The question that stands to the left of a label, in the same row of a table."""
        if not block.lines[0].box:
            return self._web_row_of(block, part)
        beside = self._left_of(block, part)
        named = next((who for other in beside if (who := self._named(other.text))), None)
        named = named or self._named_by_lines(block, [line for other in beside for line in other.lines])
        if named is None and any(self.crosswalk.resembles(other.text) for other in beside):
            message = (
                f"“{block.text}” stands beside “{beside[0].text[:80]}”, which is no known question; look at the page"
            )
            self.problems.append(doubt("grade_unplaced", block.page_first, message))
        return named

    def _left_of(self, block: Block, part: Part) -> list[Block]:
        """The blocks to the left of a label, at its height."""
        boxes = block.boxes()
        top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
        left = min(box.x0 for box in boxes)
        found = []
        for other in (*part.blocks, *((part.heading,) if part.heading else ())):
            theirs = [box for box in other.boxes() if box.page == boxes[0].page] if other is not block else []
            level = theirs and min(box.top for box in theirs) < bottom and max(box.bottom for box in theirs) > top
            if level and max(box.x1 for box in theirs) <= left + 5:
                found.append(other)
        return found

    def _named_by_lines(
        self, block: Block, lines: Sequence[Line]
    ) -> tuple[tuple[str, str], str, Question | None] | None:
        """The question in some of the lines to the left, where the rows of a table were read as one."""
        middle = sum((box.top + box.bottom) / 2 for box in block.boxes()) / len(block.boxes())
        for count in (4, 3, 2, 1):
            for start in range(len(lines) - count + 1):
                held = [line.box for line in lines[start : start + count] if line.box]
                if len(held) == count and held[0].top - 2 <= middle <= held[-1].bottom + 2:
                    who = self._named(" ".join(line.text for line in lines[start : start + count]))
                    if who:
                        return who
        return None

    def _year_beside(self, block: Block, part: Part) -> str | None:
        """Another year in the row of a grade: the year it was given in."""
        boxes = block.boxes()
        for other in part.blocks if boxes else ():
            theirs = other.boxes()
            level = (
                theirs
                and theirs[0].page == boxes[0].page
                and theirs[0].top < boxes[0].bottom
                and theirs[0].bottom > boxes[0].top
            )
            if level and theirs[0].x0 > boxes[0].x1 and _YEAR.fullmatch(other.text.strip(" ()")):
                return origin_cycle(other.text, self.profile.cycle)
        return None

    def _web_row_of(self, block: Block, part: Part) -> tuple[tuple[str, str], str, Question | None] | None:
        place = part.blocks.index(block)
        before = part.blocks[place - 1] if place else None
        if (
            before
            and before.lines[0].tag in ("TD", "TH", "DT", "P", "LI")
            and block.lines[0].tag in ("TD", "DD", "P", "LI")
        ):
            return self._named(before.text)
        return None

    def _named(self, words: str) -> tuple[tuple[str, str], str, Question | None] | None:
        """The question that the words of a table's cell stand for, titled as at its own heading."""
        question = self.crosswalk.find(words) or self.crosswalk.find_short(words)
        for place, part in enumerate(self.parts):
            if not (part.question or place in self.unknown_areas):
                continue
            key, title, known = self.identity(place)
            if plain(title) == plain(words) or (question and key == (question.level, question.id)):
                full = key[0] == "pillar" and "?" in words and "?" not in title
                return key, (_PREFIX.sub("", words) if full else title), known
        return ((question.level, question.id), _PREFIX.sub("", words), question) if question else None

    def _tables(self, part: Part) -> set[int]:
        """Read judgments tables with a column for each grade; return the blocks that are no labels of their own."""
        skip: set[int] = set()
        found = [(block, match) for block in part.blocks if (match := self.labels.first(block.text, "GRADE"))]
        for _, row in groupby(
            found,
            key=lambda pair: (
                pair[0].page_first,
                round(pair[0].boxes()[0].top / 4) if pair[0].boxes() else pair[0].number,
            ),
        ):
            heads = list(row)
            if len({match.value for _, match in heads}) >= 2:
                skip |= {block.number for block, _ in heads}
                self._columns(part, sorted(heads, key=lambda pair: pair[0].boxes()[0].x0))
        skip |= _legend(part.blocks, {block.number: match for block, match in found})
        return skip

    def _columns(self, part: Part, heads: list[tuple[Block, Match]]) -> None:
        lefts = [block.boxes()[0].x0 for block, _ in heads]
        widths = [right - left for left, right in pairwise(lefts)]
        width = min(widths)
        page, top = heads[0][0].page_first, max(box.bottom for block, _ in heads for box in block.boxes())
        lines = [
            line
            for block in part.blocks
            for line in block.lines
            if line.page == page and line.box and line.box.top >= top - 2
        ]
        for (head, match), left in zip(heads, lefts, strict=True):
            column = [
                line
                for line in lines
                if line.box
                and left - 0.15 * width <= line.box.x0 < left + 0.85 * width
                and line.box.x1 < left + 1.25 * width
            ]
            for name, held in self._names(column):
                who = self._named(name)
                if who:
                    self.evidence.append(
                        Evidence(
                            who[0],
                            who[1],
                            who[2],
                            "column",
                            match.value,
                            "inspected",
                            None,
                            f"{head.text}: {name}",
                            page,
                            tuple(line.box for line in held if line.box),
                            match.rule_id,
                        )
                    )

    def _names(self, column: Sequence[Line]) -> Iterator[tuple[str, list[Line]]]:
        """Put the lines of one column together to the short names they are, longest first."""
        lines = sorted(column, key=lambda line: line.box.top if line.box else 0)
        place = 0
        while place < len(lines):
            for count in (4, 3, 2, 1):
                held = lines[place : place + count]
                name = " ".join(line.text.strip() for line in held)
                if len(held) == count and self._named(name):
                    yield name, held
                    place += count
                    break
            else:
                place += 1

    # statements and sentences -----------------------------------------------------------------------------------------

    def _opening(self, place: int) -> list[Block]:
        """The blocks that may state the grade of a question: its own first ones and those of its summaries."""
        part = self.parts[place]
        found = self._before_items(part)
        if len(found) < 2 and place + 1 < len(self.parts) and self.parts[place + 1].parent == place:
            found += self._before_items(self.parts[place + 1])
        for child, other in enumerate(self.parts):
            if (
                child != place
                and self._encloses(place, child)
                and self.labels.has(other.title or "", "SUMMARY", "JUDGMENTS")
            ):
                found += self._before_items(other)
        return found

    def _before_items(self, part: Part) -> list[Block]:
        """The first blocks of a part, up to the first heading of items."""
        read = (block for block in part.blocks if block.kind != "note")
        return list(takewhile(lambda block: not self.labels.has(block.text, *ITEM_LABELS), read))[:_OPENING]

    def _encloses(self, outer: int, inner: int) -> bool:
        """Is the nearest question above `inner` that of `outer`?"""
        return self.owner(inner) == outer

    def _ungraded_areas(self) -> None:
        """Chapters that say they are not graded are areas too, though the crosswalk does not know them."""
        chapters = self._levels | {self.parts[place].level for place in self.unknown_areas}
        for place, part in enumerate(self.parts):
            generic = self.labels.has(part.title or "", "SUMMARY", "JUDGMENTS", "MAIN_FINDINGS")
            if part.kind != "body" or part.level not in chapters or generic or place in self.unknown_areas:
                continue
            first = [block.text for block in part.blocks if block.kind != "note"][:2]
            stated = self.profile.open_areas and next(self._stating(part.blocks[:1]), None)
            if stated or any(
                self.labels.has(words, "NOT_GRADED") and not self.labels.has(words, "PRIOR") for words in first
            ):
                self._add_area(place, part)

    def _add_area(self, place: int, part: Part) -> None:
        self.unknown_areas[place] = part.title or ""
        page = part.heading.page_first if part.heading else None
        message = f"“{part.title}” is no area known for {self.profile.cycle}; it is taken as printed"
        self.problems.append(doubt("unrecognised_area", page, message))

    def _statement(self, place: int) -> None:
        """Take up that a question is not graded, or that its grade is carried over."""
        who = self.identity(place)
        blocks = [
            block for block in self._opening(place) if block.box is None or not self.labels.has(block.text, "SHOULD")
        ]
        own = [item for item in self.evidence if item.key == who[0] and item.source in ("label", "row", "column")]
        for block in blocks:
            for sentence in _SENTENCE.split(block.text):
                carried = self.labels.first(sentence, "CARRIED_OVER")
                none = self.labels.first(sentence, "NOT_GRADED")
                if carried:
                    self._carry(who, own, carried, sentence, block)
                    return
                if none and not any(item.grade for item in own) and not self.labels.has(sentence, "PRIOR"):
                    self._add(who, "statement", none, block, wording=sentence, basis="not_graded")
                    return

    def _carry(
        self,
        who: tuple[tuple[str, str], str, Question | None],
        own: list[Evidence],
        carried: Match,
        sentence: str,
        block: Block,
    ) -> None:
        """Mark a question's grade as carried over; without a label it may be named in the sentence."""
        origin = origin_cycle(sentence, self.profile.cycle)
        if own:
            self.evidence = [
                self._carried(item, origin, sentence) if item.key == who[0] else item for item in self.evidence
            ]
            return
        named = self.labels.first(sentence, "GRADE_NAMED") or carried
        self._add(
            who,
            "sentence" if named.value else "statement",
            named,
            block,
            wording=sentence,
            basis="carried_over",
            origin=origin,
        )

    @staticmethod
    def _carried(item: Evidence, origin: str | None, sentence: str) -> Evidence:
        return Evidence(
            item.key,
            item.title,
            item.question,
            item.source,
            item.grade,
            "carried_over",
            item.origin or origin,
            f"{item.wording} – {sentence}",
            item.page,
            item.boxes,
            item.rule_id,
        )

    def _sentences(self) -> None:
        """Where no label gives a grade, take it from the sentence that states it; else compare the two."""
        for place in range(len(self.parts)):
            if not (self.parts[place].question or place in self.unknown_areas):
                continue
            who = self.identity(place)
            own = [item for item in self.evidence if item.key == who[0]]
            stating = list(self._stating(self._opening(place)))
            if stating and not own:
                sentence, match, block = self._chosen(stating)
                carried = any(self.labels.has(other.text, "CARRIED_OVER") for other in self._opening(place))
                basis = "carried_over" if carried else "inspected"
                self._add(who, "sentence", match, block, wording=sentence, basis=basis)
            elif stating and all(item.source != "statement" for item in own):
                self._compare(own, stating)
        self._overview()

    def _compare(self, own: list[Evidence], stating: Sequence[tuple[str, Match, Block]]) -> None:
        """Remark when sentences state a grade and none of them the label's."""
        stated = {match.value for _, match, _ in stating if match.label == "GRADED"}
        if own[0].grade and stated and not stated & {item.grade for item in own}:
            sentence, _, block = stating[0]
            told = f"the label says {own[0].grade}, the text “{sentence[:120]}”"
            message = f"“{own[0].title}”: {told}; the label is taken"
            self.problems.append(doubt("grade_disagrees", block.page_first, message))

    def _chosen(self, stating: Sequence[tuple[str, Match, Block]]) -> tuple[str, Match, Block]:
        """The sentence that states the grade: the first one, or the one that says `overall` when they differ."""
        if len({match.value for _, match, _ in stating if match.label == "GRADED"}) < 2:
            return stating[0]
        chosen = next((one for one in stating if self.labels.has(one[0], "OVERALL")), stating[0])
        message = f"sentences state different grades here; “{chosen[0][:120]}” is taken"
        self.problems.append(doubt("grade_disagrees", chosen[2].page_first, message))
        return chosen

    def _stating(self, blocks: Iterable[Block]) -> Iterator[tuple[str, Match, Block]]:
        for block in blocks:
            display = is_strong_heading(block, self.text) or self.labels.has(block.text, "GRADE", "NO_GRADE")
            for sentence in [] if block.kind == "bullet" or display else _SENTENCE.split(block.text):
                match = self.labels.first(sentence, "GRADED") or self.labels.first(sentence, "GRADED_LOOSE")
                if match and self._is_this_years(sentence, match) and self._speaks_of_force(sentence, match):
                    yield sentence, match, block

    def _is_this_years(self, sentence: str, match: Match) -> bool:
        """A grade is not this year's when words of the past lead up to it; what follows it only compares."""
        before = sentence[: match.end]
        prior = self.labels.first(sentence, "PRIOR")
        others = [year for year, _ in _YEAR.findall(before) if year != self.profile.cycle[:4]]
        return (prior is None or prior.start >= match.end) and not others

    def _speaks_of_force(self, sentence: str, match: Match) -> bool:
        subject = self.labels.first(sentence, "SUBJECT")
        return subject is not None and subject.start <= match.end and subject.start < 60

    def _overview(self) -> None:
        """Read sentences that give the grades of several questions at once."""
        open_keys = {
            self.identity(place)[0]: place
            for place, part in enumerate(self.parts)
            if part.question
            and part.question.level == "question"
            and not any(item.key == self.identity(place)[0] for item in self.evidence)
        }
        if not open_keys:
            return
        words = {key: _content(self.identity(place)[1]) for key, place in open_keys.items()}
        common = set.intersection(*words.values()) if len(words) > 1 else set()
        for place, part in enumerate(self.parts):
            owner = self.owner(place)
            if part.kind in ("contents", "annex", "definitions", "cover") or (
                owner is not None and (question := self.parts[owner].question) and question.level == "question"
            ):
                continue
            for block in part.blocks:
                for sentence in _SENTENCE.split(block.text):
                    self._clauses(sentence, block, words, common, open_keys)

    def _clauses(
        self,
        sentence: str,
        block: Block,
        words: dict[tuple[str, str], set[str]],
        common: set[str],
        open_keys: dict[tuple[str, str], int],
    ) -> None:
        for clause in _CLAUSE.split(sentence):
            match = self.labels.first(clause, "GRADED")
            if match is None or not self._is_this_years(clause, match):
                continue
            here = _content(clause) - common
            scores = sorted(
                ((len(here & (held - common)) / max(len(held - common), 1), key) for key, held in words.items()),
                reverse=True,
            )
            clear = len(scores) == 1 or scores[0][0] > scores[1][0]
            if scores and scores[0][0] >= 0.5 and clear:
                key = scores[0][1]
                self._add(self.identity(open_keys[key]), "sentence", match, block, wording=sentence)


def _content(words: str) -> set[str]:
    """The words that carry meaning, cut to their stems' length."""
    return {
        word[:5]
        for word in plain(words).split()
        if len(word) > 4
        and word not in ("force", "extent", "effective", "which", "their", "those", "people", "police", "policing")
    }


def _legend(blocks: Sequence[Block], grades: dict[int, Match]) -> set[int]:
    """Three or more grades in a row, one below the other, are a key to the scale."""
    skip: set[int] = set()
    run: list[Block] = []
    for block in [*blocks, None]:
        if block is not None and block.number in grades:
            run.append(block)
            continue
        if len({grades[member.number].value for member in run}) >= 3:
            skip |= {member.number for member in run}
        run = []
    return skip


# records -------------------------------------------------------------------------------------------------------------


def grading_rows(grader: Grader, report_id: str) -> tuple[list[Grading], list[Problem]]:
    """Return one row per question, the label before the table before the sentence, and the problems met."""
    rows = []
    problems = list(grader.problems)
    by_key: dict[tuple[str, str], list[Evidence]] = {}
    for item in grader.evidence:
        by_key.setdefault(item.key, []).append(item)
    for key in sorted(by_key, key=lambda key: grader.place_of(key, by_key[key])):
        items = by_key[key]
        graded = sorted((item for item in items if item.source in _RANK), key=lambda item: _RANK[item.source])
        best = graded[0] if graded else items[0]
        same = [item for item in items if item.grade == best.grade and item.source != "sentence"] or [best]
        first = min(same, key=lambda item: item.page or 0)
        against = sorted(
            {item.grade or "not graded" for item in items if item.grade != best.grade and item.source != "statement"}
        )
        flags = []
        if against:
            flags.append("grades_disagree")
            problems.append(
                doubt(
                    "grade_disagrees",
                    best.page,
                    f"“{best.title}”: {best.grade} here, but also {', '.join(against)} elsewhere; the first is taken",
                )
            )
        if best.source == "sentence":
            flags.append("grade_from_sentence")
        if best.question is None:
            flags.append("unrecognised_area")
        if best.grade and best.grade not in grader.profile.grades:
            flags.append("grade_unknown_in_cycle")
            message = f"“{best.title}”: {grader.profile.cycle} knows no grade “{best.grade}”; look at the page"
            problems.append(doubt("grade_unknown_in_cycle", best.page, message))
        if best.basis == "carried_over" and not best.grade:
            flags.append("grade_not_printed")
        carried = next((item for item in items if item.basis == "carried_over"), None)
        rows.append(
            Grading(
                grading_id=f"{report_id}/grade/{short_hash(f'{key[0]} {plain(best.title)}')}",
                report_id=report_id,
                level=key[0],
                question=best.title,
                question_id=best.question.id if best.question else None,
                grade=best.grade,
                basis="carried_over" if carried else best.basis,
                origin_cycle=carried.origin if carried else None,
                wording=first.wording,
                page=first.page,
                boxes=first.boxes,
                rule_id=best.rule_id,
                flags=tuple(flags),
            )
        )
    return rows, [remark.filed(report_id, "gradings") for remark in problems]
