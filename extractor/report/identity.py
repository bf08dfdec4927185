"""Which report is this? Cycle, pillar, force, publisher and date, as far as they are printed.

Evidence is taken in the order an analyst would trust it: the front page, then the running text, then the file name, and
a problem says so whenever it was not the front page. A document that is no report on one force is named as what it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from extractor.layout.blocks import Block, Text
from extractor.models import Printed, Problem
from extractor.problems import problem
from extractor.rulebook.dates import MONTHS, printed_date
from extractor.rulebook.load import RulePacks
from extractor.rulebook.matcher import Labeller
from extractor.rulebook.profile import Profile
from extractor.rulebook.schema import Force

if TYPE_CHECKING:
    from extractor.report.paper_names import Paper

_INSPECTION_OF = re.compile(r"\bAn? inspection of\b\s*(?:the\b\s*)?(.*)", re.I)
_MARKS = r"\W{0,20}"  # bounded, so that a line of a thousand dots costs no more than a short one
_DATE_LINE = re.compile(
    rf"^{_MARKS}(?:published(?:\s+on)?|publication date|date of publication)?{_MARKS}(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?"
    rf"(?:{'|'.join(MONTHS)})\s+20\d\d{_MARKS}(?:$|[|©])",
    re.I,
)
_NOT_TITLE = re.compile(
    r"^(©|\(c\)|ISBN|www\.|https?:|HMIC(FRS)?\b|(Her|His) Majesty|Contents$|Promoting|Specimen)", re.I
)
_COVER_PAGES = 2
_FRONT_LINES = 60
_LARGE = 1.12  # times the body type


@dataclass(slots=True)
class Identity:
    """What a document says of itself."""

    title: str | None = None
    profile: Profile | None = None
    pillar: str | None = None
    subject: str | None = None  # a report on one part of a pillar, e.g. vulnerability in 2015
    force: Force | None = None
    publisher: str | None = None
    published: str | None = None
    other_document: str | None = None
    paper: Paper | None = None  # where it is of another family than PEEL
    problems: list[Problem] = field(default_factory=list)


def recognise(printed: Printed, text: Text, labels: Labeller, packs: RulePacks) -> Identity:
    """Say which report a document is, as far as it can be known."""
    found = Identity()
    front = front_blocks(printed, text)
    titles = title_lines(front, text, printed)
    found.title = " – ".join(titles) or None
    front_words = _plain(" ".join([*titles, *(block.text for block in front), *web_titles(printed)]))
    _find_profile(found, front_words, printed, text, packs)
    _find_other_document(found, titles, front, text, labels, packs)
    _find_pillar(found, titles, front, printed)
    _find_force(found, titles, printed, text, packs)
    find_publisher(found, front, text)
    find_published(found, front, printed, text)
    if not found.title:
        found.problems.append(problem("no_title", None, "no title was found on the front page"))
    return found


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words).replace("‑", "-").lower()


# the front -----------------------------------------------------------------------------------------------------------


def front_blocks(printed: Printed, text: Text) -> list[Block]:
    """The cover and what follows it, up to the contents."""
    if printed.medium == "web":
        read = [block for block in text.blocks if block.kind != "furniture"]
        return read[:_FRONT_LINES]
    first = printed.pages[0].number if printed.pages else 1
    cover = [block for block in text.blocks if block.page_first is not None and block.page_first < first + _COVER_PAGES]
    end = next(
        (place for place, block in enumerate(cover) if block.text.strip().lower() in ("contents", "table of contents")),
        len(cover),
    )
    return cover[:end][:_FRONT_LINES]


def title_lines(front: Sequence[Block], text: Text, printed: Printed) -> list[str]:
    """The printed lines of the title: the large type of the cover, or a web page's main heading."""
    if printed.medium == "web":
        heads = [block.text for block in front if block.lines[0].tag == "H1"]
        return heads[:2] or [title.split(" - ")[0] for title in web_titles(printed)][:1]
    if not any(block.look[0] > _LARGE * text.layout.body_size for block in front):
        front = text.reading[:_FRONT_LINES]  # a web page printed to a file begins with its menus
        return [block.text for block in front if block.look[0] > _LARGE * text.layout.body_size][:1]
    page = front[0].page_first if front else None
    large = [block for block in front if block.page_first == page and block.look[0] > _LARGE * text.layout.body_size]
    titles = [
        part
        for block in large
        for part in _title_parts(block)
        if not _NOT_TITLE.match(part) and not _DATE_LINE.match(part)
    ]
    if not any(_INSPECTION_OF.search(title) for title in titles):
        plain = [
            block.text
            for block in front
            if block.page_first == page and _INSPECTION_OF.match(block.text) and block.text not in titles
        ]
        titles += plain[:1]
    return titles


def _title_parts(block: Block) -> list[str]:
    """Title lines that share one type are one block: part them where a new title line begins."""
    parts: list[str] = []
    for part in re.split(r"(?=\bAn? inspection of\b)|(?<=^PEEL)\s+(?=Police\b)", block.text):
        if part.strip():
            parts.append(part.strip())
    return parts


def web_titles(printed: Printed) -> list[str]:
    return [value for key, value in printed.meta.items() if key.lower() in ("title", "h1", "og:title") and value]


# cycle and kind of document ------------------------------------------------------------------------------------------


def _find_profile(found: Identity, front_words: str, printed: Printed, text: Text, packs: RulePacks) -> None:
    found.profile = _profile_in(front_words, packs.profiles) or (
        _profile_of_year(web_titles(printed), packs) if printed.medium == "web" else None
    )
    if found.profile:
        return
    body = _plain(" ".join(block.text for block in text.blocks[:400]))
    found.profile = _profile_in(body, packs.profiles) or _profile_in(
        _plain(re.sub(r"[-_]+", " ", PurePath(printed.source).stem)), packs.profiles
    )
    if found.profile:
        found.problems.append(
            problem(
                "cycle_from_body",
                None,
                f"the front page names no inspection cycle; {found.profile.cycle} is taken from the text or file name",
            )
        )


def _profile_of_year(titles: list[str], packs: RulePacks) -> Profile | None:
    """Pages of the years when results were web pages are titled `<Force> <year>`."""
    words = _plain(" ".join(titles))
    if force_in(words, packs.forces) is None:
        return None
    years = {year: profile for profile in packs.profiles for year in (profile.cycle, *profile.recognise.web_years)}
    hits = [year for year in years if re.search(rf"(?<![\d/]){re.escape(year)}(?![\d/]|[-–]\d)", words)]
    return years[max(hits, key=len)] if hits else None


def names_cycle(words: str, profiles: Iterable[Profile]) -> bool:
    """Say whether words hold the title of a PEEL inspection."""
    return _profile_in(_plain(words), profiles) is not None


def _profile_in(words: str, profiles: Iterable[Profile]) -> Profile | None:
    """The profile with the longest of its titles in `words`; of equals, the one that stands first."""
    hits = [
        (-len(title), place, profile.id, profile)
        for profile in profiles
        for title in profile.recognise.titles
        if (place := _at(title, words)) >= 0
    ]
    return min(hits)[3] if hits else None


def _at(title: str, words: str) -> int:
    hit = re.search(rf"(?<!\w){re.escape(_plain(title))}(?![\d/]|[-–]\d)", words)
    return hit.start() if hit else -1


def _find_other_document(
    found: Identity, titles: list[str], front: Sequence[Block], text: Text, labels: Labeller, packs: RulePacks
) -> None:
    """Name a document that is no report on one force."""
    languages = packs.settings.languages
    welsh = set(languages.welsh)
    words = [word.lower() for block in text.reading[:80] for word in block.text.split()]
    if words and sum(word.strip(".,:;") in welsh for word in words) > languages.welsh_share * len(words):
        found.other_document = "a Welsh-language edition"
        return
    heads = titles or [block.text for block in front[:3]]
    heads = heads + [block.text for block in front[:25] if len(block.text.split()) <= 20]
    inspection_of = any(_INSPECTION_OF.search(line) for line in heads)
    for line in heads:
        match = labels.first(line, "OTHER_DOCUMENT")
        if match and not (inspection_of and line not in titles):
            found.other_document = match.value
            return
    if found.profile is None:
        found.other_document = "a document of a kind that is not known"
    elif text.medium == "pdf" and not inspection_of:
        message = "the front page has no line “An inspection of …”; make sure that this is a PEEL report"
        found.problems.append(problem("no_title_of_an_inspection", None, message))


def _find_pillar(found: Identity, titles: list[str], front: Sequence[Block], printed: Printed) -> None:
    """The pillar a title names; on web pages also the one pillar that is a heading."""
    if not found.profile:
        return
    pillars = {word: pillar for word, pillar in found.profile.pillars.items() if word != "otherwise"}
    words = _plain(" ".join([*titles, *web_titles(printed)])).replace("(including leadership)", "")
    title = re.search(r"police (\w+)(?: \([^)]{0,60}\))? 20", words)
    named = (
        {pillars[title.group(1)]}
        if title and title.group(1) in pillars
        else {pillars[word] for word in pillars if re.search(rf"\b{word}\b", words)}
    )
    if len(named) != 1 and printed.medium == "web":
        heads = [_plain(block.text) for block in front if (block.lines[0].tag or "").startswith("H")]
        named = {pillar for pillar in ("effectiveness", "efficiency", "legitimacy", "leadership") if pillar in heads}
    found.pillar = named.pop() if len(named) == 1 else found.profile.pillars["otherwise"]
    subject = re.search(r"\bvulnerability\b", words)
    found.subject = "vulnerability" if subject and found.pillar == "effectiveness" else None


# force ---------------------------------------------------------------------------------------------------------------


def _find_force(found: Identity, titles: list[str], printed: Printed, text: Text, packs: RulePacks) -> None:
    named = [match.group(1) for title in titles if (match := _INSPECTION_OF.search(title)) and match.group(1)]
    for words in (*named, " ".join(titles), " ".join(web_titles(printed))):
        found.force = force_in(words, packs.forces)
        if found.force:
            _note_second_force(found, words, packs.forces)
            return
    counted = _mentions(text, packs.forces)
    if counted:
        (force_id, most), second = counted[0], counted[1][1] if len(counted) > 1 else 0
        found.force = next(force for force in packs.forces if force.id == force_id)
        runner_up = f", {second} times the next" if second else ""
        found.problems.append(
            problem(
                "force_from_body",
                None,
                f"the front page names no force; {found.force.name} is named most in the text "
                f"({most} times{runner_up})",
            )
        )
        return
    found.force = force_in(re.sub(r"[-_]+", " ", PurePath(printed.source).stem), packs.forces)
    if found.force:
        found.problems.append(
            problem(
                "force_from_file_name",
                None,
                f"neither front page nor text names a force; {found.force.name} is taken from the file name",
            )
        )
    else:
        found.problems.append(
            problem(
                "force_unknown",
                None,
                _unknown_force(named),
            )
        )


def _unknown_force(named: Sequence[str]) -> str:
    if named:
        return f"“{named[0]}” is none of the 43 forces; nothing is filed under a force"
    return "no force is named on the front page, in the text or in the file name; rename the file after its force"


def _note_second_force(found: Identity, words: str, forces: Sequence[Force]) -> None:
    """Say so when a title names another force too."""
    assert found.force
    rest = _plain(words)
    for name in sorted((found.force.name, *found.force.aliases), key=len, reverse=True):
        rest = rest.replace(_plain(name), " ")
    full = [force for force in forces if any(_plain(name) in rest for name in (force.name, *force.aliases[:1]))]
    if full:
        message = f"the title names {full[0].name} as well; the report is filed under {found.force.name}"
        found.problems.append(problem("two_forces", None, message))


def force_in(words: str, forces: Iterable[Force]) -> Force | None:
    """The force whose longest name stands in `words`."""
    words = _plain(words).replace("’", "'")
    best: tuple[int, Force | None] = (0, None)
    for force in forces:
        for name in (force.name, *force.aliases):
            if len(name) > best[0] and re.search(rf"(?<!\w){re.escape(_plain(name))}(?!\w)", words):
                best = (len(name), force)
    return best[1]


def _mentions(text: Text, forces: Sequence[Force]) -> list[tuple[str, int]]:
    """How often each force is named in full, most often first."""
    names = {
        _plain(name): force.id
        for force in forces
        for name in (force.name, *force.aliases)
        if re.search(r"police|constabulary|heddlu", name.lower())
    }
    pattern = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(names, key=len, reverse=True)))
    words = _plain(" ".join(block.text for block in text.blocks))
    counts = Counter(names[hit] for hit in pattern.findall(words))
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


# publisher and date --------------------------------------------------------------------------------------------------


def find_publisher(found: Identity, front: Sequence[Block], text: Text) -> None:
    if text.medium == "web" and found.profile:
        found.publisher = found.profile.publisher  # the site carries today's name on every year's page
        return
    for blocks in (front, [block for block in text.blocks if block.kind != "furniture"]):
        words = " ".join(block.text for block in blocks)
        counts = Counter(re.findall(r"\bHMIC(?:FRS)?(?=\b|’|')", words))
        counts["HMICFRS"] += len(re.findall(r"/hmicfrs\b|Fire (?:&|and) Rescue Services", words))
        if counts:
            found.publisher = (
                "HMICFRS"
                if counts["HMICFRS"] and counts["HMICFRS"] >= 0.2 * counts["HMIC"]
                else "HMIC"
                if counts["HMIC"]
                else None
            )
        if found.publisher:
            return
    found.publisher = found.profile.publisher if found.profile else None


def find_published(found: Identity, front: Sequence[Block], printed: Printed, text: Text) -> None:
    last = {page.number for page in printed.pages[-2:]}
    ends = [block for block in text.blocks if block.page_first in last]
    for blocks in (front, ends):
        lines = (line.text.strip() for block in blocks for line in block.lines)
        dates = [printed_date(words) for words in lines if _DATE_LINE.match(words) or words.startswith("©")]
        known = [date for date in dates if date and _plausible(found, date)]
        if known:
            found.published = max(known, key=lambda date: (len(date), -known.index(date)))
            return
    web = [
        date
        for key, value in printed.meta.items()
        if "publish" in key.lower() or "updated" in key.lower()
        for date in [printed_date(value)]
        if date
    ]
    fitting = [date for date in web if _plausible(found, date)]
    if fitting:
        found.published = fitting[0]
    elif web:
        found.problems.append(
            problem(
                "date_of_conversion",
                None,
                f"the page's date {web[0]} does not fit the cycle: it is the date of a conversion, not of publication",
            )
        )
    if not found.published:
        found.problems.append(
            problem(
                "no_date", None, "no date of publication is printed; the deadline for the response cannot be worked out"
            )
        )


def _plausible(found: Identity, date: str) -> bool:
    """A date long after the cycle is the date of a web conversion."""
    return found.profile is None or found.profile.may_be_published(date)
