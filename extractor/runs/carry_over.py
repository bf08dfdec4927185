"""After a change of the rules: the reports that it does not concern stay as they are, and count as unchanged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extractor.report.rule_changes import Memory, RuleChange, state_of
from extractor.rulebook.load import RulePacks, load_rules
from extractor.runs.receipts import Receipt, ReportTables
from extractor.tables import memories, storage


def carried_over(
    receipts: Iterable[Receipt], tables: ReportTables, rules: str | None, rules_version: str
) -> dict[str, Receipt]:
    """Mark the reports that the rules of this version would read as they were read; return their receipts by id.

    Raises:
        RuleError: the rules have mistakes.
        OSError: the tables cannot be written.
    """
    packs = load_rules(rules)
    if packs.version != rules_version:  # they changed this moment: whoever reads a report will say so
        return {}
    change = None
    done = {}
    for receipt in receipts:
        kept = _memories(receipt, tables.outputs)
        for memory in kept.values():
            if change is None or change.old != memory.state:
                change = RuleChange(memory.state, packs)
            if change.concerns(memory):
                break
        else:
            if kept and (now := _carry_over(receipt, kept, tables, packs)):
                done[receipt.report_id] = now
    return done


def _files(receipt: Receipt) -> dict[str, str]:
    """Return the medium of each file that a receipt speaks of, by the hash of its bytes."""
    return {copy.sha256: copy.medium for copy in (receipt.kept, *receipt.others)}


def _memories(receipt: Receipt, outputs: str) -> dict[str, Memory]:
    """Return how the files of a report were read for the tables as they stand; nothing where one is not known."""
    found = {}
    for sha256, medium in _files(receipt).items():
        come_from = memories.origin(sha256, medium, receipt.row["rules_version"])
        try:
            memory = memories.decode(storage.read_bytes(storage.memory_place(outputs, sha256)), come_from)
        except OSError:
            memory = None
        if memory is None:
            return {}
        found[sha256] = memory
    return found


def _carry_over(receipt: Receipt, kept: dict[str, Memory], tables: ReportTables, packs: RulePacks) -> Receipt | None:
    """Mark one report and its memories as current; a run that ends between the two reads the report again."""
    media = _files(receipt)
    for sha256, memory in kept.items():
        come_from = memories.origin(sha256, media[sha256], packs.version)
        data = memories.encode(replace(memory, state=state_of(packs)), come_from)
        storage.write_bytes(storage.memory_place(tables.outputs, sha256), data)
    return tables.carry_over(receipt, packs.version)
