"""The day or month a report was published, where it is printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractor.layout.blocks import Text
from extractor.models import Problem
from extractor.problems import problem
from extractor.rulebook.dates import date_alone, printed_date
from extractor.rulebook.matcher import Labeller
from extractor.rulebook.profile import Profile

if TYPE_CHECKING:
    from extractor.report.identity.title import Front

_LAST_PAGES = 2  # where the imprint stands
_LONGEST = 30  # words of a line that may be a date


def published_of(
    front: Front, text: Text, labels: Labeller, profile: Profile | None
) -> tuple[str | None, list[Problem]]:
    """Return the date of publication (YYYY-MM-DD or YYYY-MM) of the front, the imprint or the page, and what to say."""
    fitting = _printed(front, text, labels, profile)
    if fitting:
        return fitting, []
    of_page = list(_of_web_page(front, "publish", "publication"))
    known = next((date for date in of_page if _is_plausible(date, profile)), None)
    if known:
        return known, []
    said = []
    if of_page:
        of_what = "it is the date of a conversion, not of publication"
        message = f"the page's date {of_page[0]} does not fit the cycle: {of_what}"
        said.append(problem("date_of_conversion", None, message))
    updated = next(_of_web_page(front, "updated"), None)
    if updated:
        what = f"the page says when it was last updated ({updated}), not when it was published"
        message = f"{what}; look the day up before you work out a deadline"
        return None, [*said, problem("no_date", None, message, "doubt")]
    message = "no date of publication is printed; the deadline for the response cannot be worked out"
    return None, [*said, problem("no_date", None, message)]


def is_date_line(words: str, labels: Labeller) -> bool:
    """Say whether a line is a date of publication and nothing else."""
    return date_alone(_after_label(words, labels)) is not None


def _after_label(words: str, labels: Labeller) -> str:
    """A line without `Published on` before its date."""
    match = labels.first(words, "PUBLISHED") if words.count(" ") < _LONGEST else None
    return words[match.end :] if match and not words[: match.start].strip(" -–—•|:*") else words


def _printed(front: Front, text: Text, labels: Labeller, profile: Profile | None) -> str | None:
    """The fullest date of the front, else of the last pages."""
    last = {page.number for page in front.printed.pages[-_LAST_PAGES:]}
    imprint = [block for block in text.blocks if block.page_first in last]
    for blocks in (front.blocks, imprint):
        lines = (line.text.strip() for block in blocks for line in block.lines)
        dates = [date for words in lines if (date := _date_of(words, labels)) and _is_plausible(date, profile)]
        if dates:
            return max(dates, key=lambda date: (len(date), -dates.index(date)))
    return None


def _date_of(words: str, labels: Labeller) -> str | None:
    rights = labels.first(words, "RIGHTS") if words.count(" ") < _LONGEST else None
    return printed_date(words) if rights and rights.start == 0 else date_alone(_after_label(words, labels))


def _of_web_page(front: Front, *words: str) -> Iterator[str]:
    """The dates that a page gives under names with one of these words."""
    for key, value in front.printed.meta.items():
        date = printed_date(value) if any(word in key.lower() for word in words) else None
        if date:
            yield date


def _is_plausible(date: str, profile: Profile | None) -> bool:
    """A date long after the cycle is the date of a web conversion."""
    return profile is None or profile.may_be_published(date)
