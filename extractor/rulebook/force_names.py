"""The names of the 43 forces in running text: where they stand, and whether they can only be a force's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.rulebook.load import RulePacks
from extractor.rulebook.tables import Force

_AROUND = re.compile(r"^the\s+|(?:[;,.]|(?<!\s)\s+and){1,9}$")
_OWN_WORD = re.compile(r"\b(?:police|constabulary|heddlu)\b", re.I)
_ACRONYM = re.compile(r"[A-Z][A-Za-z]?[A-Z]{1,2}|the Met")
_CAPITALS = re.compile(r"[A-Z]\w*")
_ANY = ""
_SHORTEST = 2  # letters
_LONGEST = 200  # characters of a name with what stands around it


@dataclass(frozen=True, slots=True)
class ForceName:
    """One printed name: characters `start` to `end` of a text; `full` when nothing but a force has it."""

    force_id: str
    start: int
    end: int
    full: bool


class ForceNames:
    """Finds names of forces, the longest first, in the case they are printed in."""

    def __init__(self, forces: Iterable[Force]) -> None:
        self._forces = {name: force.id for force in forces for name in (force.name, *force.aliases)}
        names = sorted((name for name in self._forces if len(name) > _SHORTEST), key=len, reverse=True)
        self._pattern = re.compile("|".join(rf"\b{_printed(name)}\b" for name in names))
        self._capitals = frozenset(map(_capital, names))
        self._ids = {_key(name): force_id for name, force_id in self._forces.items()}

    def find(self, text: str) -> Sequence[ForceName]:
        """Return every name in a text, in order."""
        found: list[ForceName] = []
        if self._capitals.isdisjoint((_ANY, *_CAPITALS.findall(text))):
            return found
        for hit in self._pattern.finditer(text):
            words = hit.group()
            force_id = self._ids.get(_key(words))
            if force_id:
                full = bool(_OWN_WORD.search(words) or _ACRONYM.fullmatch(words))
                found.append(ForceName(force_id, hit.start(), hit.end(), full))
        return found

    def only(self, text: str) -> ForceName | None:
        """Return the name that a text consists of, but for an article and closing marks."""
        if len(text) > _LONGEST:
            return None
        words = _AROUND.sub("", text.strip())
        found = self.find(words)
        return found[0] if len(found) == 1 and (found[0].start, found[0].end) == (0, len(words)) else None


def _capital(name: str) -> str:
    """Return a word in capitals that is printed wherever the name is; any where it has none."""
    return next((word for word in _CAPITALS.findall(name) if not _OWN_WORD.fullmatch(word)), _ANY)


def _printed(name: str) -> str:
    """A name as it may be printed: `Kent Police` also as `Kent police`, blanks of any width."""
    words = [f"(?i:{word})" if _OWN_WORD.fullmatch(word) else re.escape(word) for word in name.split()]
    return r"\s+".join(words)


def _key(name: str) -> str:
    return " ".join(name.lower().split())


_known: dict[str, ForceNames] = {}


def force_names(packs: RulePacks) -> ForceNames:
    """Return the names of the forces of these rules; made once per process and rules version."""
    if packs.version not in _known:
        _known[packs.version] = ForceNames(packs.forces)
    return _known[packs.version]
