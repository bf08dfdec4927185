"""What a request that cannot be fulfilled is answered: a page in words that says what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

TITLES = {404: "Not found", 403: "This page is closed", 500: "The program has a fault"}
_OTHERWISE = "That did not work"
_WORDS = {
    404: "There is no such page. It may have been removed or renamed.",
    405: "This address cannot be opened by itself; it belongs to a form.",
    500: "It could not answer. Nothing that was saved is lost.",
}
_NEXT = {
    400: "Go back, put it right, and send it again.",
    404: "Look for it among all reports, or search for words of it.",
    409: "Mend what is named here, then load this page again.",
    413: "Send less at once.",
    415: "Choose another file.",
    500: "Load the page again. If it comes back, stop the program and start it again; then report the words above.",
}


def title_of(status: int) -> str:
    """Return the heading of the page."""
    return TITLES.get(status, _OTHERWISE)


def words_of(status: int, detail: str) -> str:
    """Return the reason: ours, or words for one that HTTP has only a name for."""
    known: Mapping[int, str] = _WORDS
    return known.get(status, detail) if detail == HTTPStatus(status).phrase else detail


def next_of(status: int) -> str:
    """Return what to do next."""
    return _NEXT.get(status, "")
