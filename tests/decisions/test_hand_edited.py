"""Files of decisions as hands and spreadsheets leave them, made by chance: read rightly, or refused with a place."""

from __future__ import annotations

import csv
import io
import os
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.decisions.store import COLUMNS, Verdict, read_verdicts

FILES = int(os.environ.get("PEEL_HAND_EDITED", "60"))
WORDS = (
    "It’s a “heading”",
    "see p. 4; then 5",
    "naïve – test",
    "a, b",
    "two\nlines",
    "£5",
    "'quoted'",
    "=1+1",
    "tab\there",
)
Cells = dict[str, str]


def made(chance: random.Random) -> list[Cells]:
    """Rows as the program would write them, apostrophes before formulas among them."""
    rows = []
    for number in range(chance.randint(1, 6)):
        verdict = chance.choice(["accepted", "corrected", "rejected", "added"])
        row = dict.fromkeys(COLUMNS, "") | {"subject": "finding", "id": f"2016-efficiency-essex/afi/{number:08x}"}
        row |= {
            "verdict": verdict,
            "kind": "recommendation",
            "text": chance.choice(WORDS),
            "note": chance.choice(WORDS),
        }
        rows.append(row | {"by": "A. Clerk", "on": f"2024-11-{chance.randint(13, 28)}", "page": str(number + 1)})
    return rows


def other_capitals(rows: list[Cells], chance: random.Random) -> None:
    for row in rows:
        row["verdict"] = chance.choice([row["verdict"].title(), row["verdict"].upper(), f" {row['verdict']} "])


def excels_days(rows: list[Cells], chance: random.Random) -> None:
    for row in rows:
        year, month, day = row["on"].split("-")
        row["on"] = chance.choice([f"{day}/{month}/{year}", row["on"] + " "])


def odd_days(rows: list[Cells], chance: random.Random) -> None:
    for row in rows:
        row["on"] = chance.choice(["14-Nov-24", "45610", "11/28/2024", "28.11.2024", "2024-11-31"])


def odd_words(rows: list[Cells], chance: random.Random) -> None:
    chance.choice(rows)[chance.choice(["verdict", "subject", "id", "kind", "page"])] = "what is this?"


def other_column(rows: list[Cells], _chance: random.Random) -> None:
    for row in rows:
        row["Lead"] = "Ms B"


def fewer_columns(rows: list[Cells], _chance: random.Random) -> None:
    for row in rows:
        for name in ("later_id", "boxes", "printed"):
            row.pop(name)


def no_verdicts(rows: list[Cells], _chance: random.Random) -> None:
    for row in rows:
        row.pop("verdict")


def nothing(_rows: list[Cells], _chance: random.Random) -> None:
    pass


EDITS: tuple[Callable[[list[Cells], random.Random], None], ...] = (
    *(nothing, other_capitals, excels_days, odd_days, odd_words, other_column, fewer_columns, no_verdicts),
)
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "mac-roman")


def stray_mark(text: str) -> str:
    return text.replace(",finding", ',"finding', 1) if ",finding" in text else text.replace("finding", 'fin"ding', 1)


def zero(text: str) -> str:
    return text[:-3] + "\0" + text[-3:]


def cut(text: str) -> str:
    return text[: text.rindex("finding") + 5]


def lone_returns(text: str) -> str:
    return text.replace("two\nlines", "two\rlines")


TEXTS: tuple[Callable[[str], str], ...] = (*((str,) * 8), stray_mark, zero, cut, lone_returns)


def edited(seed: int) -> tuple[bytes, list[Cells]]:
    """Return a file's bytes and the rows that were meant."""
    chance = random.Random(seed)
    meant = made(chance)
    rows = [dict(row) for row in meant]
    chance.choice(EDITS)(rows, chance)
    header = list(rows[0])
    if chance.random() < 0.4:
        chance.shuffle(header)
    sink = io.StringIO()
    ends = chance.choice(["\r\n", "\r\n", "\n", "\r"])
    writer = csv.writer(sink, delimiter=chance.choice(",,;\t"), lineterminator=ends)
    writer.writerow(header)
    writer.writerows([f"'{row[name]}" if row[name].startswith("=") else row[name] for name in header] for row in rows)
    text = chance.choice(TEXTS)(sink.getvalue())
    return text.encode(chance.choice(ENCODINGS), "replace"), meant


def as_read(row: Cells) -> Verdict:
    return Verdict(**{name: row.get(name, "") for name in COLUMNS})


@pytest.mark.parametrize("seed", range(FILES))
def test_a_hand_edited_file_is_read_rightly_or_refused_with_its_place(tmp_path: Path, seed: int) -> None:
    file = tmp_path / "verdicts.csv"
    data, meant = edited(seed)
    file.write_bytes(data)
    try:
        found = read_verdicts(file)
    except ValueError as error:
        assert str(file) in str(error)
        assert re.search(r"line \d+|zero bytes|cut off|encoding", str(error)), error
        return
    assert [kept(each) for each in found] == [kept(as_read(row)) for row in meant]


def kept(verdict: Verdict) -> tuple[str, ...]:
    """Return what a decision says; line ends within a cell are all one."""
    says = (verdict.subject, verdict.id, verdict.verdict, verdict.text, verdict.note, verdict.page, verdict.on)
    return tuple(re.sub("\r\n?", "\n", part) for part in says)
