"""What rule files say of each other: ids that are unique, and names of things that exist."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from extractor.rulebook.folder import PAGE_PATTERNS, PATTERNS, rules_root
from extractor.rulebook.labels import LABELS
from extractor.rulebook.schema import DraftRule, Family, LandingPattern, Matter, Phrase, Rule, Term, Theme, WordFamily
from extractor.rulebook.tables import Question, Strand

if TYPE_CHECKING:
    from extractor.rulebook.load import RulePacks


def cross_mistakes(packs: RulePacks, broken: set[str]) -> Iterator[str]:
    """Yield every mistake that no file shows by itself; a file with mistakes of its own is not held against others."""
    for check, needs in CHECKS:
        if broken.isdisjoint(needs):
            yield from check(packs)


def _ids(packs: RulePacks) -> Iterator[str]:
    lists = (
        *(packs.drafting, packs.terms, packs.families, packs.themes, packs.openers, packs.progress, packs.caveats),
        *(packs.word_families, packs.matters, packs.landing_patterns, packs.web_links),
    )
    yield from _taken_ids([*packs.rules, *packs.page_rules])
    for named in lists:
        yield from _taken_ids(named)


def _taken_ids(
    rules: Iterable[Rule | Phrase | DraftRule | Term | Family | Theme | WordFamily | Matter | LandingPattern],
) -> Iterator[str]:
    seen: dict[str, str] = {}
    for rule in rules:
        if rule.id in seen:
            yield f"{rule.origin}: id `{rule.id}` is taken by {seen[rule.id]}; ids are permanent and unique"
        seen.setdefault(rule.id, rule.origin)


def _labels(packs: RulePacks) -> Iterator[str]:
    used = {rule.label for rule in (*packs.rules, *packs.page_rules)}
    for label in sorted(set(LABELS) - used):
        yield f"common: no rule has the label {label} ({LABELS[label]}); the program looks for one"


def _papers(packs: RulePacks) -> Iterator[str]:
    families = {family.id for family in packs.papers}
    for rule in packs.rules:
        if rule.label == "PAPER":
            yield from _unknown(rule.origin, rule.id, [rule.value or ""], families)
    for area in packs.areas:
        yield from _unknown(area.origin, area.area, [area.force_id], {force.id for force in packs.forces})


def _cycles(packs: RulePacks) -> Iterator[str]:
    seen: dict[str, str] = {}
    for profile in packs.profiles:
        names = {profile.cycle, *profile.names, f"order {profile.order}"}
        for name in sorted(names & seen.keys()):
            yield f"{profile.origin}: {name} is that of {seen[name]} as well"
        seen |= dict.fromkeys(names, profile.origin)
    cycles = {profile.cycle for profile in packs.profiles} | {family.kind for family in packs.papers}
    rows: tuple[Question | Strand | LandingPattern, ...] = (
        *packs.questions,
        *packs.strands,
        *packs.landing_patterns,
    )
    for row in rows:
        if row.cycle not in cycles:
            yield f"{row.origin}: unknown cycle {row.cycle!r}; known are {', '.join(sorted(cycles))}"


def _frameworks(packs: RulePacks) -> Iterator[str]:
    first = {profile.framework: profile for profile in reversed(packs.profiles)}
    for profile in packs.profiles:
        other = first[profile.framework]
        if (profile.grades, profile.comparable) != (other.grades, other.comparable):
            yield f"{profile.origin}: other grades or words than {other.origin}, which is of the same framework"


def _expected(packs: RulePacks) -> Iterator[str]:
    for profile in packs.profiles:
        known = {row.id for row in packs.questions if row.cycle == profile.cycle}
        for pillar, ids in profile.expect.items():
            yield from _unknown(profile.origin, f"[expect] {pillar}", ids, known)


def _comparison(packs: RulePacks) -> Iterator[str]:
    families = {family.id for family in packs.families}
    terms = {term.id for term in packs.terms}
    for question in packs.questions:
        yield from _unknown(question.origin, question.title, [question.id], families)
    for family in packs.families:
        yield from _unknown(family.origin, family.id, family.near | family.then, families)
    for term in packs.terms:
        yield from _unknown(term.origin, term.id, term.also, terms)
    words = {family.id for family in packs.word_families}
    for matter in packs.matters:
        yield from _unknown(matter.origin, matter.id, {family for way in matter.ways for family in way}, words)
    for theme in packs.themes:
        yield from _unknown(theme.origin, theme.id, theme.terms, terms)
        yield from _unknown(theme.origin, theme.id, theme.questions, families)


def _senses(packs: RulePacks) -> Iterator[str]:
    for phrase in packs.progress:
        if not phrase.sense:
            yield f"{phrase.origin}: {phrase.id}: `sense` is missing"


def _bodies(packs: RulePacks) -> Iterator[str]:
    forces = {force.id for force in packs.forces}
    offices = {office.office_type for office in packs.offices}
    for body in packs.bodies:
        yield from _unknown(body.origin, body.responding_body, [body.force_id], forces)
        yield from _unknown(body.origin, body.responding_body, [body.office_type], offices)


def _unknown(origin: str, rule: str, named: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    unknown = sorted(set(named) - set(known))
    if unknown:
        yield f"{origin}: {rule}: unknown {', '.join(unknown)}"


def _wording(packs: RulePacks) -> Iterator[str]:
    """Sentences are those of the built-in file, each with no blank that is not in the built-in one."""
    if packs.root == rules_root():
        return
    ours = tomllib.loads((rules_root() / "response" / "wording.toml").read_text(encoding="utf-8"))
    built_in = {(table, name): words for table, names in ours.items() for name, words in names.items()}
    given = {(table, name): words for table, names in packs.wording.sentences.items() for name, words in names.items()}
    for table, name in sorted(given.keys() ^ built_in.keys()):
        lack = "is missing" if (table, name) in built_in else "is not a sentence that is known here"
        yield f"{packs.wording.origin}: `{table}.{name}` {lack}"
    for key in sorted(given.keys() & built_in.keys()):
        for blank in sorted(_blanks(given[key]) - _blanks(built_in[key])):
            yield f"{packs.wording.origin}: `{'.'.join(key)}`: nothing fills in {blank}"


def _blanks(sentence: str) -> set[str]:
    return set(re.findall(r"\{[^{}]*\}", sentence))


# Each check, and the files that must be whole for it to be fair.
CHECKS: tuple[tuple[Callable[[RulePacks], Iterator[str]], tuple[str, ...]], ...] = (
    (_ids, ()),
    (_labels, (*PATTERNS, *PAGE_PATTERNS)),
    (_papers, ("family.toml", "forces.csv")),
    (_cycles, ("profile.toml", "family.toml")),
    (_frameworks, ("profile.toml",)),
    (_expected, ("profile.toml", "questions.csv")),
    (_comparison, ("families.jsonl", "domain_terms.jsonl", "word_families.jsonl", "matters.jsonl")),
    (_senses, ()),
    (_bodies, ("forces.csv", "offices.csv")),
    (_wording, ("wording.toml",)),
)
