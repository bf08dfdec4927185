"""The rule files with one mistake in one of them, drawn from a seed: as an editor, a spreadsheet or a cut makes it."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path

Change = Callable[[random.Random, bytes], bytes]
_VALUES = (None, True, -1, 10**30, 1.5, "", "x", [], [[]], ["x", 1], {}, {"a": {}}, "\ud800", "a" * 100_000)
_TOKENS = ([], {}, [{}], [{"OP": "*"}] * 9, [{"LOWER": ["a"]}], [{"LOWER": "a", "OP": ["?"]}], [{"OP": "{9,1}"}],
           [{"TEXT": {"REGEX": "(a+)+$"}}], [{"LOWER": "a", "OP": "{0,99999999}"}], [[{"LOWER": "a"}]])  # fmt: skip


def latin_1(_: random.Random, data: bytes) -> bytes:
    return data + b"caf\xe9\n"


def utf_16(_: random.Random, data: bytes) -> bytes:
    return data.decode().encode("utf-16")


def byte_order_mark(_: random.Random, data: bytes) -> bytes:
    return b"\xef\xbb\xbf" + data


def windows_lines(_: random.Random, data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")


def old_mac_lines(_: random.Random, data: bytes) -> bytes:
    return data.replace(b"\n", b"\r")


def cut_short(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data))]


def byte_changed(rng: random.Random, data: bytes) -> bytes:
    place = rng.randrange(len(data))
    return data[:place] + bytes([rng.randrange(256)]) + data[place + 1 :]


def line_twice(rng: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    return b"\n".join([*lines, rng.choice(lines)])


def line_lost(rng: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    lines.pop(rng.randrange(len(lines)))
    return b"\n".join(lines)


def lines_exchanged(rng: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    rng.shuffle(lines)
    return b"\n".join(lines)


def cell_lost(rng: random.Random, data: bytes) -> bytes:
    return _one_line(rng, data, lambda line: line.rpartition(b",")[0])


def cell_more(rng: random.Random, data: bytes) -> bytes:
    return _one_line(rng, data, lambda line: line + rng.choice((b",", b",x", b',"', b"\0", b";")))


def semicolons(_: random.Random, data: bytes) -> bytes:
    return data.replace(b",", b";")


def quotes_lost(rng: random.Random, data: bytes) -> bytes:
    places = [found.start() for found in re.finditer(b'"', data)] or [0]
    place = rng.choice(places)
    return data[:place] + data[place + 1 :]


def number_changed(rng: random.Random, data: bytes) -> bytes:
    numbers = list(re.finditer(rb"-?\d+", data))
    if not numbers:
        return data
    found = rng.choice(numbers)
    return data[: found.start()] + rng.choice((b"-1", b"0", b"9" * 5000, b"1e999", b"nan")) + data[found.end() :]


def word_changed(rng: random.Random, data: bytes) -> bytes:
    found = rng.choice(list(re.finditer(rb"[A-Za-z_]{3,}", data)))
    return data[: found.start()] + rng.choice((b"", b"x", found[0].upper(), b"x" * 99)) + data[found.end() :]


def value_changed(rng: random.Random, data: bytes) -> bytes:
    return _one_rule(rng, data, lambda rule: rule | {rng.choice([*rule]): rng.choice((*_VALUES, *_TOKENS))})


def key_lost(rng: random.Random, data: bytes) -> bytes:
    lost = rng.random()
    return _one_rule(
        rng, data, lambda rule: {k: v for n, (k, v) in enumerate(rule.items()) if n != int(lost * len(rule))}
    )


def pattern_changed(rng: random.Random, data: bytes) -> bytes:
    return _one_rule(
        rng, data, lambda rule: rule | {"pattern": rng.choice((*_TOKENS, "(", "(a*)*b", "(?:a|a)*", ".*" * 9))}
    )


def nested_deep(rng: random.Random, data: bytes) -> bytes:
    return data + rng.choice((b"[" * 100_000, b'{"a":' * 100_000, b"x = " + b"[" * 9_000, b"[" + b"a." * 9_000 + b"a]"))


CHANGES: tuple[Change, ...] = tuple(
    change
    for name, change in list(globals().items())
    if callable(change) and getattr(change, "__module__", "") == __name__ and not name.startswith("_")
)


def _one_line(rng: random.Random, data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    lines = data.split(b"\n")
    number = rng.randrange(len(lines))
    lines[number] = change(lines[number])
    return b"\n".join(lines)


def _one_rule(rng: random.Random, data: bytes, change: Callable[[dict[str, object]], object]) -> bytes:
    def changed(line: bytes) -> bytes:
        return json.dumps(change(json.loads(line))).encode() if line.startswith(b"{") else line

    return _one_line(rng, data, changed)


def mutate(rules: Path, seed: int) -> tuple[str, bytes]:
    """Put one mistake into a folder of rules; return the file's name below it and its bytes before."""
    rng = random.Random(seed)
    files = [file for file in sorted(rules.glob("*/*")) if file.suffix in (".jsonl", ".csv", ".toml")]
    file = rng.choice(files)
    before = file.read_bytes()
    file.write_bytes(rng.choice(CHANGES)(rng, before))
    return file.relative_to(rules).as_posix(), before
