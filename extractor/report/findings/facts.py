"""What the words around an item say of it: whether it is new, by when it is due, whom it speaks to."""

from __future__ import annotations

from extractor.layout.blocks import Block
from extractor.report.findings.clues import Clues, sentences
from extractor.report.findings.drafts import NEW, FindingDraft, Status
from extractor.rulebook.dates import printed_date
from extractor.rulebook.matcher import Labeller, Match

_DEADLINE_REACH = 60  # characters from `should` within which a time limit belongs to it
_ROOM = 4  # × type size: a line with so much room to spare is a last line
_OPENING = 40  # characters of a bullet below a stem that may hold its own time limit


def status_below(line: Block, clues: Clues) -> Status:
    """Return status and origin of the items that stand below a line."""
    about = clues.first(line, "ABOUT_ITEM") if clues.tells_of_items(line) else None
    if about is not None and about.value:
        return Status(about.value, _origin_in(line.text, clues))
    if not clues.has(line, "CARRIED"):
        return NEW
    return Status("carried_forward", _origin_in(line.text, clues))


def _origin_in(words: str, clues: Clues) -> str | None:
    """The inspection that words name; a sentence with a date tells when an item was published, not where it is from."""
    return None if printed_date(words) else clues.cycles.other_in(words)


def take_status(item: FindingDraft, line: Block, clues: Clues) -> None:
    """Take up what a sentence about an item says of its past."""
    if clues.tells_of_items(line):
        item.status = status_below(line, clues)


def mark_history(concern: FindingDraft, clues: Clues) -> None:
    """Take up what a concern says of its own past."""
    if clues.labels.has(concern.text, "RECURRING"):
        concern.flags.add("recurring")
    told = sentences(f"{concern.text} {concern.detail or ''}")
    sentence = next((sentence for sentence in told if clues.labels.has(sentence, "RESTATED")), None)
    if sentence is not None:
        concern.status = Status("restated", concern.status.origin or _origin_in(sentence, clues))


def deadline_in(words: str, labels: Labeller) -> str | None:
    """Return the time limit in a stem or sentence: near `should` or at the end, else any date.

    `The force should review its plans within three months.` has a limit; `… should see that victims are told within
    three days.` has a standard, since the span stands in a clause of its own.
    """
    should = labels.first(words, "SHOULD")
    begin = should.end if should else 0
    limits = labels.matches(words, "DEADLINE")
    told = [
        match
        for match in limits
        if (match.start <= begin + _DEADLINE_REACH or _ends(words, match))
        and not labels.has(words[begin : match.start], "CLAUSE")
    ] or [match for match in limits if match.value == "date"]
    return min(told, key=lambda match: (match.start, match.start - match.end)).text if told else None


def _ends(words: str, limit: Match) -> bool:
    return not words[limit.end :].strip(" .;")


def has_unsure_limit(item: FindingDraft, labels: Labeller) -> bool:
    """True for a recommendation without a time limit, whose stem or end speaks of time all the same."""
    if item.kind != "recommendation" or deadline_of(item, labels) is not None:
        return False
    if item.stem is not None and labels.has(item.stem, "TIME"):
        return True
    return any(_ends(item.text, limit) for limit in labels.matches(item.text, "DEADLINE"))


def deadline_of(item: FindingDraft, labels: Labeller) -> str | None:
    """Return the printed time limit of a recommendation: its stem's, else its own."""
    if item.kind != "recommendation":
        return None
    if item.stem is None:
        return deadline_in(item.text, labels)
    return deadline_in(item.stem, labels) or deadline_in(item.text[:_OPENING], labels)


def addressee_of(item: FindingDraft, labels: Labeller) -> str | None:
    """Return whom the item speaks to: the subject before `should`."""
    words = item.stem or item.text
    should = labels.first(words, "SHOULD")
    subject = labels.first(words[: should.start], "ADDRESSEE") if should else None
    return subject.text if subject else None


def may_be_cut(item: FindingDraft, clues: Clues) -> bool:
    """Say whether words may follow on an item that has no closing mark.

    Lists are printed without a last full stop too. Their end is seen: the last line had room to spare, more text stands
    below it on the page, and its last word is none that a sentence goes on from.
    """
    passages = item.detail_passages or item.text_passages
    words = passages[-1].text if passages else ""
    last_word = words.rpartition(" ")[2]
    if not words or clues.labels.has(last_word, "OPEN_END") or words.endswith((",", "-", "–")):
        return True
    block, line = passages[-1].block, passages[-1].block.lines[-1]
    if line.box is None:
        return False
    right = clues.text.layout.right_of.get(line.number, line.box.x1)
    later = next((other for other in clues.text.reading if other.number > block.number), None)
    return right - line.box.x1 < _ROOM * line.size or later is None or later.page_first != line.page
