"""A change of the rules concerns a document where a changed rule matched, or may match now; where it does not, the
document reads the same."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractor.models import Extraction, Printed
from extractor.pipeline import extract_printed, read
from extractor.report.rule_changes import Memory, RuleChange, memory_of, state_of
from extractor.rulebook.load import RulePacks, load_rules
from extractor.rulebook.matcher import Labeller, labeller
from extractor.rulebook.schema import Rule
from extractor.rulebook.transcript import Transcript

SPECIMENS = sorted(Path(__file__, "../../../corpus/specimens").resolve().glob("specimen-*.*"))


def rule(name: str, *words: str, label: str = "CONTENTS", whole: bool = True, **said: Any) -> Rule:
    tokens = tuple({"LOWER": word} for word in words)
    fields = {"id": name, "label": label, "pattern": tokens, "examples": (" ".join(words),), "counter": ("y",)}
    return Rule.model_validate(fields | {"origin": "headings.jsonl:1" if whole else "phrases.jsonl:1"} | said)


RED, TAPE, BLUE = (
    rule("red", "red", "tape"),
    rule("tape", "tape"),
    rule("blue", "blue", "ink", label="GRADE", value="good"),
)


def packs(*rules: Rule, tables: str = "one") -> RulePacks:
    return replace(load_rules(), rules=rules, version=" ".join(map(str, rules)), version_of_tables=tables)


def memory(rules: RulePacks, *asked: tuple[str, str], pack: str = "", in_part: bool = False) -> Memory:
    transcript = Transcript()
    labels = Labeller(rules.rules_of(pack)).heard_by(transcript.of(pack))
    for text, label in asked:
        _ = labels.may_hold(text, label) if in_part else labels.has(text, label)
    return memory_of(transcript, rules)


def concerns(old: RulePacks, new: RulePacks, *asked: tuple[str, str], **how: Any) -> bool:
    return RuleChange(state_of(old), new).concerns(memory(old, *asked, **how))


def test_rule_that_matched_is_missed_when_it_goes_or_changes() -> None:
    changed = rule("red", "red", "cord")
    for new in (packs(TAPE), packs(TAPE, changed)):
        assert concerns(packs(TAPE, RED), new, ("Red tape", "CONTENTS"))
        assert not concerns(packs(TAPE, RED), new, ("Redder tape", "CONTENTS"))
        assert not concerns(packs(TAPE, RED), new, ("Red tape", "GRADE"))


@pytest.mark.parametrize("field", ["id", "label", "value", "pack", "origin", "pattern"])
def test_all_that_a_rule_says_counts(field: str) -> None:
    other = {
        "id": "crimson",
        "label": "COC_HEADING",
        "value": "good",
        "pack": "peel-2017",
        "origin": "phrases.jsonl:1",
        "pattern": "red",
    }
    changed = RED.model_copy(update={field: other[field]})
    changed.__dict__.pop("whole", None)
    assert concerns(packs(RED), packs(changed), ("red tape", "CONTENTS"))


def test_what_only_explains_a_rule_does_not_count() -> None:
    changed = BLUE.model_copy(update={"examples": ("blue ink.",), "counter": ("ink",), "source": "page 3"})
    moved = changed.model_copy(update={"origin": "headings.jsonl:7"})
    assert not concerns(packs(BLUE), packs(moved), ("blue ink", "GRADE"))


def test_new_rule_counts_where_its_label_was_asked_of_words_it_may_match() -> None:
    new = packs(TAPE, RED)
    assert concerns(packs(TAPE), new, ("Red tape", "CONTENTS"))
    assert not concerns(packs(TAPE), new, ("Red tape", "GRADE"))
    assert not concerns(packs(TAPE), new, ("Red tape is not all", "CONTENTS"))  # only whole lines
    assert concerns(packs(TAPE), packs(TAPE, rule("red", "red", whole=False)), ("No red tape", "CONTENTS"))


def test_question_about_all_labels_is_put_to_every_new_rule() -> None:
    transcript = Transcript()
    assert not Labeller([TAPE]).heard_by(transcript.of("")).matches("red tape")
    kept = memory_of(transcript, packs(TAPE))
    assert RuleChange(state_of(packs(TAPE)), packs(TAPE, RED)).concerns(kept)
    assert not RuleChange(state_of(packs(TAPE)), packs(TAPE, BLUE)).concerns(kept)


def test_where_a_part_was_asked_about_every_word_of_the_rule_must_be_there() -> None:
    new = packs(TAPE, RED)
    assert concerns(packs(TAPE), new, ("Much red and little tape", "CONTENTS"), in_part=True)
    assert not concerns(packs(TAPE), new, ("Much red and little ink", "CONTENTS"), in_part=True)


def test_rule_for_which_a_part_was_looked_at_is_missed_when_it_goes() -> None:
    """Without it the parts are not asked about, though it matched none of them: the memory would be another."""
    asked = ("Much red and little tape", "CONTENTS")
    assert concerns(packs(RED, BLUE), packs(BLUE), asked, in_part=True)
    assert not concerns(packs(TAPE, RED), packs(TAPE), asked, in_part=True)  # another rule asks for the same look
    assert not concerns(packs(RED, BLUE), packs(RED), asked, in_part=True)


def test_rule_of_a_pack_counts_for_its_documents() -> None:
    own = RED.model_copy(update={"pack": "peel-2017"})
    asked = ("red tape", "CONTENTS")
    assert concerns(packs(TAPE), packs(TAPE, own), asked, pack="peel-2017")
    assert not concerns(packs(TAPE), packs(TAPE, own), asked, pack="peel-2016")
    assert not concerns(packs(TAPE), packs(TAPE, own), asked)
    assert concerns(packs(TAPE), packs(TAPE, RED), asked, pack="peel-2016")  # a common rule holds for all
    beside = BLUE.model_copy(update={"pack": "peel-2016"})
    assert concerns(packs(TAPE), packs(TAPE, RED, beside), asked, pack="peel-2016")


def test_first_rule_of_a_pack_counts_for_its_documents() -> None:
    """What was asked of the common rules alone, for want of others, was asked for the pack all the same."""
    transcript, rules = Transcript(), packs(TAPE)
    assert not labeller(rules, "peel-2016", transcript).has("red tape", "CONTENTS")
    own = RED.model_copy(update={"pack": "peel-2016"})
    assert RuleChange(state_of(rules), packs(TAPE, own)).concerns(memory_of(transcript, rules))


def test_other_tables_and_another_order_concern_everything() -> None:
    assert concerns(packs(RED, BLUE), packs(RED, BLUE, tables="two"))
    assert concerns(packs(RED, BLUE), packs(BLUE, RED))
    assert not concerns(packs(RED, BLUE), packs(RED, TAPE, BLUE))
    assert not concerns(packs(RED, BLUE), packs(RED, BLUE))


def test_heading_that_a_misprint_may_stand_for_counts() -> None:
    """An example more or less changes what a misprinted heading is taken for, whatever label was asked."""
    few = rule("few", "red", "tape", label="AFI_HEADING")
    more = few.model_copy(update={"examples": ("red tape", "matter for attention")})
    for old, new in ((packs(few), packs(more)), (packs(more), packs(few))):
        assert concerns(old, new, ("Mater for attention", "GRADE"))
        assert concerns(old, new, ("Mater for atention", "GRADE"))  # two letters wrong are the most
        assert concerns(old, new, ("Matter for attention", "GRADE"))  # nearer than any other
        assert not concerns(old, new, ("Motter far atention", "GRADE"))
        assert not concerns(old, new, ("We think the mater for attention is", "GRADE"))


def test_the_answer_counts_for_the_text_that_was_read_for_another() -> None:
    transcript = Transcript()
    labels = Labeller([RED]).heard_by(transcript.of("")).reading({"rad tape": "red tape"})
    assert labels.first("rad tape", "CONTENTS")
    kept = memory_of(transcript, packs(RED))
    assert set(kept.asked) == {"red tape"} and kept.matching == set(state_of(packs(RED)).patterns)


def test_a_part_counts_of_the_text_that_was_read_for_another() -> None:
    transcript = Transcript()
    labels = Labeller([TAPE]).heard_by(transcript.of("")).reading({"rad ink": "red ink"})
    assert not labels.may_hold("rad ink", "CONTENTS")
    kept, ink = memory_of(transcript, packs(TAPE)), rule("ink", "red", "ink")
    assert RuleChange(state_of(packs(TAPE)), packs(TAPE, ink)).concerns(kept)


# the law: what is not concerned reads the same --------------------------------------------------------------------


@cache
def documents() -> list[tuple[Printed, Extraction, Memory]]:
    return [(printed, *taken(printed, load_rules())) for printed in map(read, SPECIMENS)]


def taken(printed: Printed, rules: RulePacks) -> tuple[Extraction, Memory]:
    transcript = Transcript()
    extraction = extract_printed(printed, rules, transcript)
    return extraction, memory_of(transcript, rules)


def changed(rng: random.Random, rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return the rules with one taken out, put in, or told to match or to mean something else."""
    rules = list(rules)
    place = rng.randrange(len(rules))
    other, word = rng.choice(rules), {"LOWER": rng.choice(["good", "force", "for", "improvement", "zebra"])}
    tokens = [{"LOWER": each} for each in rules[place].pattern.split()] if isinstance(rules[place].pattern, str) else [
        *rules[place].pattern
    ]  # fmt: skip
    at = rng.randrange(len(tokens))
    updates: list[dict[str, Any]] = [
        {"label": other.label, "value": other.value},
        {"pattern": (*tokens[:at], word, *tokens[at + 1 :])},
        {"pattern": (*tokens[:at], *tokens[at + 1 :]) or (word,)},
        {"pattern": (word,)},
        {"examples": other.examples},
    ]
    how = rng.randrange(len(updates) + 1)
    if how == len(updates):
        return tuple(rules[:place] + rules[place + 1 :])
    new = rules[place].model_copy(update=updates[how])
    if rng.random() < 0.3:
        return (*rules[:place], new.model_copy(update={"id": "new"}), *rules[place:])
    return (*rules[:place], new, *rules[place + 1 :])


def test_documents_that_a_change_does_not_concern_read_the_same() -> None:
    rules, stayed, changes = load_rules(), 0, 24
    for seed in range(changes):
        other = replace(rules, rules=changed(random.Random(seed), rules.rules), version=f"changed {seed}")
        change = RuleChange(state_of(rules), other)
        for printed, before, kept in documents():
            if not change.concerns(kept):
                after, anew = taken(printed, other)
                report = replace(after.report, rules_version=rules.version)
                assert replace(after, report=report) == before, seed
                assert replace(anew, state=kept.state) == kept, seed
                stayed += 1
    assert changes * len(SPECIMENS) / 2 < stayed < changes * len(SPECIMENS)  # or the law has little to say
