"""Long lists as pages: what a page of the list shows, and the addresses of its neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

SHOWN = 50  # entries of one page


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list."""

    entries: Sequence[Any]
    first: int  # place of its first entry in the whole list, from 1
    total: int
    before: str | None  # addresses of the pages before and after
    after: str | None

    @property
    def last(self) -> int:
        """Place of its last entry."""
        return self.first + len(self.entries) - 1


def listing(entries: Sequence[Any], asked: Mapping[str, str]) -> Listing:
    """Return the page of the list that the query of a request asks for with `page`; a wrong number means the first."""
    last = max(1, -(-len(entries) // SHOWN))
    told = asked.get("page", "1")
    page = min(int(told), last) if told.isascii() and told.isdigit() and 0 < len(told) < 7 and int(told) else 1
    start = (page - 1) * SHOWN
    shown = entries[start : start + SHOWN]
    before, after = (
        _address(asked, page - 1) if page > 1 else None,
        _address(asked, page + 1) if page < last else None,
    )
    return Listing(shown, start + 1, len(entries), before, after)


def _address(asked: Mapping[str, str], page: int) -> str:
    return f"?{urlencode({**asked, 'page': str(page)})}"
