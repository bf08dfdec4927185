"""Items of a report: their words as printed, their blocks, and the answer for each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from random_reports.document import Block, Bullet, Bullets, Framed, Heading, Para, Wanted
from random_reports.wording import MONTHS, Words, pools

LONGEST = 5  # bullets of one group


@dataclass(slots=True)
class Setter:
    """Makes items for one report and notes what each of them should give."""

    words: Words
    wanted: Wanted
    framed: bool  # items stand in frames
    heads: dict[str, str] = field(default_factory=dict)

    def note(self, kind: str, question: str, text: str, **more: Any) -> str:
        """Write down a finding; return its id."""
        name = f"f{len(self.wanted.findings) + 1}"
        blank: dict[str, Any] = {
            "detail": None,
            "parent": None,
            "stem": None,
            "limbs": [],
            "deadline": None,
            "status": "new",
        }
        self.wanted.findings.append(
            {"id": name, "type": kind, "question": question, "text": text, **blank, "origin_cycle": None, **more}
        )
        return name

    def frame(self, blocks: list[Block], head: str = "") -> list[Block]:
        """Set the blocks in a frame where this report has frames."""
        if self.framed:
            return [Framed(tuple(blocks), head=head)]
        return ([Heading(head, 4)] if head else []) + blocks

    # lists: 2015 to 2018/19 -------------------------------------------------------------------------------------------

    def improvement_list(self, question: str, pool: str, count: int) -> list[Block]:
        """Return a block of areas for improvement, each a bullet; now and then some of them are carried forward."""
        carried = self.words.rng.randint(0, 1) if self.words.chance(0.25) else 0
        blocks: list[Block] = [Bullets(tuple(self._bullet(question, pool) for _ in range(count - carried)))]
        if carried:
            earlier = self.words.rng.choice(self.words.era.earlier)
            blocks.append(Para(self._remains(earlier), "line"))
            more = {"status": "carried_forward", "origin_cycle": earlier}
            blocks.append(Bullets((self._bullet(question, pool, **more),)))
        if not any(isinstance(block, Bullets) and block.entries for block in blocks):
            return []
        kept: list[Block] = [block for block in blocks if not isinstance(block, Bullets) or block.entries]
        return self.frame(kept, "Areas for improvement")

    def _remains(self, earlier: str) -> str:
        line = self.words.rng.choice(pools()["stock"]["remains"])
        return str(line).format(publisher=self.words.publisher, s="s" * self.words.chance(0.5), earlier=earlier)

    def _bullet(self, question: str, pool: str, **more: Any) -> Bullet:
        words, limbs = self.words, ()
        subject, act = words.subject(), words.draw(pool, "acts")
        modal = words.rng.choice(
            ("should", "should", "should", "needs to", "must", "should continue to", "should take steps to")
        )
        text = f"{subject} {modal} {act}."
        if words.chance(0.2) and ";" not in act and "that " not in act:
            text = f"{subject} {modal} {act} {words.draw('common', 'whys')}."
        elif words.chance(0.2):
            text += " " + words.draw("common", "seconds")
        elif words.chance(0.12) and words.left_in(pool) > 3:
            text = f"{subject} should agree with its partners how it will:"
            limbs = self._ended([words.draw(pool, "acts") for _ in range(words.rng.randint(2, 3))])
        whole = " ".join((text, *limbs))
        name = self.note("area_for_improvement", question, whole, **{"limbs": list(limbs), **more})
        return Bullet(self._noted(text), limbs, name)

    def _noted(self, text: str) -> str:
        return f"{text}^{self.words.rng.randint(1, 40)}^" if self.words.chance(0.04) else text

    def _ended(self, acts: list[str]) -> tuple[str, ...]:
        """Give each entry of a list its closing mark."""
        last = "." if self.words.chance(0.9) else ""
        ends = [";"] * (len(acts) - 2) + ["; and"] + [last] if len(acts) > 1 else [last]
        return tuple(f"{act}{end}" for act, end in zip(acts, ends, strict=True))

    def concern(self, question: str, pool: str) -> list[Block]:
        """Return a cause of concern of the older rounds with its recommendations."""
        words = self.words
        trouble = words.draw(pool, "troubles")
        first = words.rng.choice(
            (
                f"{trouble}.",
                f"It is a cause of concern to {words.publisher} that {trouble[0].lower()}{trouble[1:]}.",
                f"{trouble}. This is a cause of concern to {words.publisher}.",
            )
        )
        text = " ".join([first] + [words.draw("common", "concern_ends") for _ in range(words.rng.randint(0, 3))])
        name = self.note("cause_of_concern", question, text)
        return self.frame([Para(text, of=name), *self.recommendations(question, pool, name)], "Cause of concern")

    # leads: 2021/22 on ------------------------------------------------------------------------------------------------

    def improvement(self, question: str, pool: str) -> list[Block]:
        """Return one area for improvement: a lead sentence and its explanation."""
        words = self.words
        stop = "." * words.chance(0.5)
        modal = words.rng.choice(("needs to", "needs to", "should", "must"))
        text = f"{words.subject()} {modal} {words.draw(pool, 'acts')}{stop}"
        carried, more = self._carried()
        return self._led("area_for_improvement", "Area for improvement", question, text, carried, **more)

    def _carried(self) -> tuple[str, dict[str, Any]]:
        if not self.words.chance(0.15):
            return "", {}
        earlier = self.words.era.earlier[0]
        line = self.words.rng.choice(pools()["stock"]["carried_lines"]).format(earlier=earlier)
        cycle = {"2023–25": "2023-25"}.get(earlier, earlier)
        return line, {"status": "carried_forward", "origin_cycle": cycle}

    def practice(self, question: str) -> list[Block]:
        """Return a box of innovative or promising practice."""
        kind, head = self.words.rng.choice(
            (("innovative_practice", "Innovative practice"), ("promising_practice", "Promising practice"))
        )
        return self._led(kind, head, question, self.words.draw("common", "practice"), "")

    def _led(self, kind: str, head: str, question: str, text: str, carried: str, **more: Any) -> list[Block]:
        parts, blocks = self._detail(listed=0.2)
        name = self.note(kind, question, text, detail=" ".join(parts) or None, **more)
        named = [self._owned(block, name) for block in blocks]
        body: list[Block] = [Para(text, "lead", name), *named]
        if carried:
            body.insert(0 if self.words.chance(0.5) else len(body), Para(carried, "line"))
        return self.frame(body, head)

    @staticmethod
    def _owned(block: Block, name: str) -> Block:
        if isinstance(block, Para):
            return Para(block.text, block.look, name)
        assert isinstance(block, Bullets)
        return Bullets(tuple(Bullet(entry.text, entry.limbs, name) for entry in block.entries))

    def _detail(self, listed: float) -> tuple[list[str], list[Block]]:
        """Return the explanation's words and its blocks: paragraphs, sometimes a list between them."""
        words = self.words
        blocks: list[Block] = [Para(" ".join(words.draw("common", "details") for _ in range(words.rng.randint(1, 3))))]
        if words.chance(listed):
            entries = self._ended([words.draw("common", "list_ends") for _ in range(words.rng.randint(2, 4))])
            blocks.append(Para(words.draw("common", "list_stems")))
            blocks.append(Bullets(tuple(Bullet(entry) for entry in entries)))
        for _ in range(words.rng.choice((0, 0, 1, 2))):
            blocks.append(Para(" ".join(words.draw("common", "details") for _ in range(words.rng.randint(1, 2)))))
        parts = [block.text for block in blocks if isinstance(block, Para)]
        if len(blocks) > 2 and isinstance(blocks[2], Bullets):
            parts[2:2] = [entry.text for entry in blocks[2].entries]
        return parts, blocks

    def led_concern(self, question: str, pool: str) -> list[Block]:
        """Return a cause of concern of 2021/22 and later with its recommendations."""
        words = self.words
        text = words.draw(pool, "troubles") + "." * words.chance(0.3)
        parts, blocks = self._detail(listed=0.1) if words.chance(0.8) else ([], [])
        before = words.chance(0.2)
        status = "restated" if before else "new"
        name = self.note("cause_of_concern", question, text, detail=" ".join(parts) or None, status=status)
        body: list[Block] = [Para(text, "lead", name), *(self._owned(block, name) for block in blocks)]
        if before:
            body.insert(0, Para(self._first_published(), "line"))
        head = "Accelerated cause of concern" if words.chance(0.1) else "Cause of concern"
        return self.frame([*body, *self.recommendations(question, pool, name)], head)

    def _first_published(self) -> str:
        day, month, year = self.words.rng.randint(2, 27), self.words.rng.choice(MONTHS), self.words.year
        return self.words.rng.choice(
            (
                f"We first published this cause of concern on {day} {month} {year}, before the end of our inspection.",
                f"This accelerated cause of concern was published in {month} {year}.",
            )
        )

    # recommendations --------------------------------------------------------------------------------------------------

    def recommendations(self, question: str, pool: str, parent: str) -> list[Block]:
        """Return the recommendations of a cause of concern in one of the forms that reports have."""
        words = self.words
        blocks: list[Block] = [Heading("Recommendations", 5)] if words.chance(0.6) else []
        form = words.rng.random()
        if form < 0.1 and self.words.era.form == "bullets":
            return [*blocks, self._sentence(question, pool, parent)]
        if form < 0.2 and self.words.era.form == "bullets" and blocks:
            return [*blocks, Bullets(tuple(self._full(question, pool, parent) for _ in range(2)))]
        for stem, deadline in self._stems():
            count = words.rng.randint(1, min(LONGEST, max(1, words.left_in(pool) - 1)))
            acts = self._ended([words.draw(pool, "acts") for _ in range(count)])
            blocks.append(Para(stem, "stem"))
            more = {"parent": parent, "stem": stem, "deadline": deadline}
            blocks.append(
                Bullets(tuple(Bullet(act, of=self.note("recommendation", question, act, **more)) for act in acts))
            )
        return blocks

    def _stems(self) -> list[tuple[str, str | None]]:
        """Return umbrella clauses and their time limits: at once, later, or none."""
        words, force = self.words, self.words.common.lower()
        month, year = words.rng.choice(MONTHS), words.year + 1
        whom = "To address this cause of concern, " if words.chance(0.3) else ""
        The = f"{whom}{force}" if whom else words.common
        now = words.rng.choice(
            (
                (f"{The} should immediately:", "immediately"),
                (f"{The} should take immediate steps to:", "immediate steps"),
                (f"{whom or ''}{words.publisher} recommends that {force} should immediately:", "immediately"),
                (f"Immediately, {force} should:", "Immediately"),
                (f"{The} should:", None),
            )
        )
        span = words.rng.choice(("three months", "six months", "12 months", "six weeks"))
        later = words.rng.choice(
            (
                (f"Within {span}, {force} should:", f"Within {span}"),
                (f"By {words.rng.randint(1, 28)} {month} {year}, {force} should:", None),
                (f"By {month} {year}, {force} should:", f"By {month} {year}"),
                (f"By the end of {month} {year}, {force} should:", f"By the end of {month} {year}"),
                (f"Within the next {span}, {force} should:", f"Within the next {span}"),
                (f"{words.publisher} recommends that within {span} {force} should:", f"within {span}"),
                (f"By 31/03/{year}, {force} should:", f"By 31/03/{year}"),
            )
        )
        if later[1] is None:
            later = (later[0], later[0].split(",")[0])
        return words.rng.choice(([now], [now], [later], [now, later]))

    def _sentence(self, question: str, pool: str, parent: str) -> Block:
        force, act = self.words.common.lower(), self.words.draw(pool, "acts")
        text = f"To address this cause of concern, {force} should immediately take steps to {act}."
        return Para(text, of=self.note("recommendation", question, text, parent=parent, deadline="immediately"))

    def _full(self, question: str, pool: str, parent: str) -> Bullet:
        act = self.words.draw(pool, "acts")
        deadline = self.words.rng.choice((None, "within three months"))
        text = f"{self.words.common} should {act}{f' {deadline}' if deadline else ''}."
        return Bullet(text, of=self.note("recommendation", question, text, parent=parent, deadline=deadline))
