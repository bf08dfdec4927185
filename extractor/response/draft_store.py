"""The drafted actions of reports as the table `actions` keeps them: drafted once for the same words and rules.

What a response was made with stays as the response prints it. Everything else is drafted anew when the words of the
items, their order or the rules have changed; the file itself says what it was drafted from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from extractor import __version__
from extractor.rulebook.folder import digest_of
from extractor.tables.read import read_facts, read_rows
from extractor.tables.rows import ActionRow
from extractor.tables.write import write_rows

Row = Mapping[str, Any]
_FROM = "drafted_from"  # fact of a file of `actions` that no response was made with
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
