"""The drafted actions of reports as the table `actions` keeps them: drafted once for the same words and rules.

What a response was made with stays as the response prints it. Everything else is drafted anew when the words of the
items, their order or the rules have changed; the file itself says what it was drafted from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor import __version__
from extractor.rulebook.folder import digest_of
from extractor.tables.read import read_facts, read_rows
from extractor.tables.rows import ActionRow
from extractor.tables.write import write_rows

if TYPE_CHECKING:
    from extractor.response.draft_actions import Drafts

Row = Mapping[str, Any]
_FROM = "drafted_from"  # fact of a file of `actions` that no response was made with
_PRINTED_FROM = "printed_from"  # fact of a file of `actions` that a response was made with
_ITEMS = "items"  # fact: the drafts of each item beside its words
_OF_FINDINGS = ("finding_id", "kind", "question", "order", "parent_id", "stem", "text")
_OF_GRADINGS = ("level", "question", "grade")


class DraftStore:
    """The drafted actions of the reports of one outputs folder, by the drafting rules of one folder of rules."""

    def __init__(self, outputs: Path | str, rules: Path) -> None:
        self._outputs, self._rules = outputs, rules
        self._version = f"{__version__} {digest_of(rules, ('actions.jsonl',))}"

    def drafts(self, report_id: str, findings: Sequence[Row], gradings: Sequence[Row]) -> list[ActionRow]:
        """Return the drafted actions of a report, in order; drafted and kept where that was not done yet.

        Args:
            report_id: the report.
            findings: its findings, as analysts left them.
            gradings: its gradings.

        Raises:
            RuleError: the drafting rules cannot be used.
            DamagedStore: what was kept is not what was written.
        """
        kept = sorted(read_rows("actions", self._outputs, report_id), key=lambda row: row["order"])
        facts = read_facts("actions", self._outputs, report_id)
        known = {row["finding_id"] for row in findings}
        of_a_response = _FROM not in facts and any(row["finding_id"] in known for row in kept)
        source = self._digest(findings, gradings)
        if of_a_response or facts.get(_FROM) == source:
            return kept
        drafted = self._drafted(findings, gradings)
        with suppress(OSError):  # kept drafts save time, no more; who may not write there is served all the same
            write_rows("actions", drafted, self._outputs, report_id, {_FROM: source})
        return drafted

    def of_items(self, report_id: str, findings: Sequence[Row], gradings: Sequence[Row]) -> list[Drafts]:
        """Return the drafts of each item that asks for something; drafted only where a response did not do it yet.

        Raises:
            RuleError: the drafting rules cannot be used.
            DamagedStore: what was kept is not what was written.
        """
        from extractor.response import draft_actions

        facts = read_facts("actions", self._outputs, report_id)
        if facts.get(_PRINTED_FROM) == self._digest(findings, gradings):
            return [draft_actions.drafts_from(item) for item in facts[_ITEMS]]
        return draft_actions.draft_actions(findings, gradings, self._rules)

    def keep(self, report_id: str, drafts: Sequence[Drafts], findings: Sequence[Row], gradings: Sequence[Row]) -> None:
        """Write the table `actions` of a report as its response prints it.

        Raises:
            OSError: it cannot be written.
        """
        facts = {_PRINTED_FROM: self._digest(findings, gradings), _ITEMS: [asdict(item) for item in drafts]}
        write_rows("actions", [action for item in drafts for action in item.actions], self._outputs, report_id, facts)

    def _drafted(self, findings: Sequence[Row], gradings: Sequence[Row]) -> list[ActionRow]:
        from extractor.response.draft_actions import draft_actions  # loads spaCy, which kept drafts do without

        return [
            ActionRow(
                finding_id=action.finding_id,
                report_id=action.report_id,
                order=action.order,
                text=action.text,
                dropped=list(action.dropped),
                rule_ids=list(action.rule_ids),
            )
            for item in draft_actions(findings, gradings, self._rules)
            for action in item.actions
        ]

    def _digest(self, findings: Sequence[Row], gradings: Sequence[Row]) -> str:
        """Return a short hash of all that drafts are made from."""
        words = [[row[name] for name in _OF_FINDINGS] for row in findings]
        grades = [[row[name] for name in _OF_GRADINGS] for row in gradings]
        return hashlib.sha256(json.dumps([self._version, words, grades]).encode()).hexdigest()[:16]
