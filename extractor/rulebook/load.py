"""Load and validate what the program knows: `rules/common`, `rules/response`, a pack for each era or family of papers.

A pack is a folder with a `profile.toml`, and any file of `common`: its rules hold for the documents of the pack alone.
(What is read before the cycle of a document is known holds for all: furniture and dates of web pages, forces.)
Loading reports every mistake of every file at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from extractor.errors import RuleError
from extractor.folding import words_of
from extractor.rulebook.cross_check import cross_mistakes
from extractor.rulebook.files import COMMON, FAMILY, PROFILE, RuleFiles
from extractor.rulebook.folder import (
    PAGE_PATTERNS,
    PATTERNS,
    TABLES,
    Stamp,
    digest_of,
    rules_root,
    rules_version,
    stamp_of,
)
from extractor.rulebook.kept_rules import keep, kept_rules
from extractor.rulebook.profile import PaperFamily, PlainWords, Profile, Settings, Wording
from extractor.rulebook.schema import (
    DraftRule,
    Family,
    LandingPattern,
    LinkModel,
    Matter,
    Phrase,
    Rule,
    Term,
    Theme,
    WebLink,
    WordFamily,
)
from extractor.rulebook.tables import (
    AnsweredPaper,
    Area,
    Blank,
    Body,
    Filler,
    Force,
    Holiday,
    Inspectorate,
    Office,
    Position,
    Question,
    Regime,
    Service,
    Strand,
    Undated,
)


@dataclass(frozen=True, eq=False)
class RulePacks:
    """Everything the program knows about reports."""

    root: Path
    version: str
    version_of_tables: str  # of all that extraction reads beside the rules for words
    rules: tuple[Rule, ...]  # what the words of a document are matched with, of all packs
    page_rules: tuple[Rule, ...]  # what tells a web page from the report on it
    profiles: tuple[Profile, ...]  # the cycles, in time
    papers: tuple[PaperFamily, ...]  # the families of papers that are no reports of a cycle on one force
    forces: tuple[Force, ...]
    areas: tuple[Area, ...]  # local areas of joint inspections
    services: tuple[Service, ...]  # fire and rescue services
    questions: tuple[Question, ...]
    settings: Settings
    words: PlainWords
    terms: tuple[Term, ...]
    word_families: tuple[WordFamily, ...]
    matters: tuple[Matter, ...]
    link_model: LinkModel
    families: tuple[Family, ...]
    themes: tuple[Theme, ...]
    openers: tuple[Phrase, ...]
    progress: tuple[Phrase, ...]
    caveats: tuple[Phrase, ...]
    bodies: tuple[Body, ...]
    drafting: tuple[DraftRule, ...]
    holidays: tuple[Holiday, ...]
    blanks: tuple[Blank, ...]
    fillers: tuple[Filler, ...]
    undated: tuple[Undated, ...]
    inspectorates: tuple[Inspectorate, ...]
    offices: tuple[Office, ...]
    answered: tuple[AnsweredPaper, ...]
    positions: tuple[Position, ...]
    regimes: tuple[Regime, ...]
    strands: tuple[Strand, ...]
    wording: Wording
    landing_patterns: tuple[LandingPattern, ...]  # where landing pages of reports lie on the web
    web_links: tuple[WebLink, ...]  # what links of such pages lead to

    def rules_of(self, pack: str) -> tuple[Rule, ...]:
        """Return the rules that hold for the documents of a pack: the common ones and its own."""
        return tuple(rule for rule in self.rules if rule.pack in ("", pack))

    @cached_property
    def packs_with_rules(self) -> frozenset[str]:
        """The packs that have rules of their own."""
        return frozenset(rule.pack for rule in self.rules)

    @cached_property
    def families_of_papers(self) -> dict[str, PaperFamily]:
        """The families of other papers by id."""
        return {family.id: family for family in self.papers}

    @cached_property
    def holidays_by_day(self) -> dict[date, str]:
        """The names of the bank holidays."""
        return {holiday.day: holiday.name for holiday in self.holidays}

    @cached_property
    def choices(self) -> dict[str, list[str]]:
        """What the Word form and the tracker offer, by the field that takes one of a list."""
        found: dict[str, list[str]] = {}
        for choice in self.positions:
            found.setdefault(choice.list, []).append(choice.value)
        return found

    @cached_property
    def blanks_by_role(self) -> dict[str, Blank]:
        """The blanks of the Word form."""
        return {blank.role: blank for blank in self.blanks}

    def areas_of(self, pack: str) -> list[tuple[str, str]]:
        """Return the local areas of a pack and the id of each one's force, the longest name first."""
        areas = [(area.area, area.force_id) for area in self.areas if area.pack == pack]
        return sorted(areas, key=lambda area: -len(area[0]))

    @cached_property
    def forces_by_word(self) -> dict[str, list[tuple[int, int, str, Force]]]:
        """Each name of a force as words are compared, by its first word: less its length, its place, it, the force."""
        names = ((name, force) for force in self.forces for name in force.plain_names)
        found: dict[str, list[tuple[int, int, str, Force]]] = {}
        for place, (name, force) in enumerate(names):
            found.setdefault(words_of(name)[0], []).append((-len(name), place, name, force))
        return found

    @cached_property
    def orders(self) -> dict[str, int]:
        """Each cycle's place in time."""
        return {profile.cycle: profile.order for profile in self.profiles}

    def cycle_named(self, words: str) -> str | None:
        """Return the cycle that some words name, e.g. `2023/25` for 2023-25; None where they name none."""
        return next((each.cycle for each in self.profiles if words in (each.cycle, *each.names)), None)


def load_rules(root: Path | str | None = None) -> RulePacks:
    """Load and validate all rules below `root`; rules that change while the program runs are loaded anew.

    Raises:
        RuleError: with every mistake found, when there is any.
    """
    folder = Path(root) if root else rules_root()
    if not (folder / COMMON).is_dir():
        raise RuleError(f"{folder}: no folder `common` here; --rules names the folder that holds the rule packs")
    try:
        stamp = folder, stamp_of(folder)
        if stamp not in _digests:
            _digests[stamp] = digest_of(folder)
    except OSError as error:
        raise RuleError(f"{error.filename or folder}: {(error.strerror or str(error)).lower()}") from error
    state = folder, _digests[stamp]
    if state not in _loaded:
        _loaded[state] = _built_in(*state) if folder == rules_root() else _load(folder)
    return _loaded[state]


def _built_in(root: Path, digest: str) -> RulePacks:
    """Return the rules that come with the program, as they were kept where they were."""
    kept = kept_rules(root, digest)
    if kept is not None:
        return kept
    packs = _load(root)
    keep(packs, digest)
    return packs


def every_rule(root: Path | None = None) -> tuple[Rule, ...]:
    """Return all rules of all packs that are written in spaCy's pattern format, for a check of their examples.

    Raises:
        RuleError: with every mistake found, when there is any.
    """
    packs = load_rules(root)
    return (*packs.rules, *packs.page_rules)


_digests: dict[tuple[Path, Stamp], str] = {}
_loaded: dict[tuple[Path, str], RulePacks] = {}  # by folder and a hash of its files


def _load(root: Path) -> RulePacks:
    files = RuleFiles(root)
    packs = _read(files)
    files.note_strangers()
    mistakes = [*files.mistakes, *cross_mistakes(packs, files.broken)]
    if mistakes:
        raise RuleError("\n".join(mistakes))
    return packs


def _read(files: RuleFiles) -> RulePacks:
    profiles = [files.table(f"{pack}/{PROFILE}", Profile) for pack in files.holders(PROFILE)]
    return RulePacks(
        root=files.root,
        version=rules_version(files.root),
        version_of_tables=digest_of(files.root, TABLES),
        rules=tuple(rule for name in PATTERNS for rule in files.rows(name, Rule)),
        page_rules=tuple(rule for name in PAGE_PATTERNS for rule in files.rows(name, Rule)),
        profiles=tuple(sorted(profiles, key=lambda profile: getattr(profile, "order", 0))),
        papers=tuple(files.table(f"{pack}/{FAMILY}", PaperFamily) for pack in files.holders(FAMILY)),
        forces=files.rows("forces.csv", Force),
        areas=files.rows("areas.csv", Area),
        services=files.rows("services.csv", Service),
        questions=files.rows("questions.csv", Question),
        settings=files.table("common/settings.toml", Settings),
        words=files.table("common/words.toml", PlainWords),
        terms=files.rows("domain_terms.jsonl", Term),
        word_families=files.rows("word_families.jsonl", WordFamily),
        matters=files.rows("matters.jsonl", Matter),
        link_model=files.table("common/likelihood.toml", LinkModel),
        families=files.rows("families.jsonl", Family),
        themes=files.rows("themes.jsonl", Theme),
        openers=files.rows("openers.jsonl", Phrase),
        progress=files.rows("progress.jsonl", Phrase),
        caveats=files.rows("caveats.jsonl", Phrase),
        bodies=files.rows("bodies.csv", Body),
        drafting=files.rows("response/actions.jsonl", DraftRule),
        holidays=files.rows("response/bank_holidays.csv", Holiday),
        blanks=files.rows("response/blanks.csv", Blank),
        fillers=files.rows("response/fillers.csv", Filler),
        undated=files.rows("response/undated.csv", Undated),
        inspectorates=files.rows("response/inspectorates.csv", Inspectorate),
        offices=files.rows("response/offices.csv", Office),
        answered=files.rows("response/papers.csv", AnsweredPaper),
        positions=files.rows("response/positions.csv", Position),
        regimes=files.rows("response/regimes.csv", Regime),
        strands=files.rows("response/strands.csv", Strand),
        wording=files.table("response/wording.toml", Wording, "sentences"),
        landing_patterns=files.rows("landing_pages.jsonl", LandingPattern),
        web_links=files.rows("links.jsonl", WebLink),
    )
