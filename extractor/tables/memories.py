"""How the lines of a file were read, kept as a Parquet file: what was asked of which rules.

One row per text, with the numbers of the questions about it; the questions, the rules of that time and those that
matched are in the file's metadata. With it, a change of the rules is put to a report without reading its lines again.
A memory names all that it comes from: one of other bytes, another reader or other rules than the tables is not used.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractor import __version__
from extractor.report.rule_changes import Memory, RulesState
from extractor.rulebook.transcript import Question
from extractor.tables import lines_cache, seal
from extractor.tables.write import as_file

_SCHEMA = pa.schema([("text", pa.string()), ("questions", pa.list_(pa.int32()))])


def origin(sha256: str, medium: str, rules_version: str) -> dict[str, str]:
    """Return what a memory comes from: a file by its bytes, what read it, and the version of the rules."""
    return {
        "sha256": sha256,
        "reader": lines_cache.reader_version(medium),
        "extractor_version": __version__,
        "rules_version": rules_version,
    }


def encode(memory: Memory, come_from: Mapping[str, str]) -> bytes:
    """Return the Parquet bytes of a memory with its origin."""
    texts = sorted(memory.asked)
    columns = [pa.array(texts), pa.array([memory.asked[text] for text in texts], _SCHEMA.field("questions").type)]
    about = {
        **come_from,
        "tables": memory.state.tables,
        "patterns": " ".join(memory.state.patterns),
        "headings": memory.state.headings,
        "matching": sorted(memory.matching),
        "questions": [[pack, " ".join(labels), in_part] for pack, labels, in_part in memory.questions],
    }
    table = pa.table(columns, _SCHEMA)
    return as_file(table, {"peel": json.dumps(about)}, use_dictionary=False, write_statistics=False)


def decode(data: bytes, come_from: Mapping[str, str]) -> Memory | None:
    """Return a memory again; None where the file is damaged, or of another origin."""
    if not seal.is_whole(data):
        return None
    try:
        table = pq.ParquetFile(pa.BufferReader(data)).read(use_threads=False)
        about = json.loads(table.schema.metadata[b"peel"])
        return _memory(table, about) if about.items() >= come_from.items() else None
    except (pa.ArrowException, OSError, AttributeError, KeyError, TypeError, ValueError):
        return None


def _memory(table: pa.Table, about: dict[str, Any]) -> Memory:
    state = RulesState(about["tables"], tuple(about["patterns"].split()), tuple(about["headings"]))
    questions = tuple(Question(pack, tuple(labels.split()), in_part) for pack, labels, in_part in about["questions"])
    asked = dict(zip(table["text"].to_pylist(), table["questions"].to_pylist(), strict=True))
    return Memory(state, frozenset(about["matching"]), questions, asked)
