"""Read the files of a folder of rules. A mistake never stops the reading: each is kept, with its file and line."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from extractor.rulebook.schema import TOKENS, WORDS, Row

COMMON, PROFILE, FAMILY = "common", "profile.toml", "family.toml"
_SUFFIXES = (".jsonl", ".csv", ".toml")
_SET_BY_US = ("origin", "pack")

Model = TypeVar("Model", bound=Row)


@dataclass
class RuleFiles:
    """The rule files below one folder, and what is wrong with them."""

    root: Path
    mistakes: list[str] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)  # names of files with a mistake
    known: set[str] = field(default_factory=set)  # names of files that were asked for

    @cached_property
    def packs(self) -> list[str]:
        """The names of the packs: folders with a profile, and those of families of other papers."""
        return sorted(self.holders(PROFILE) + self.holders(FAMILY))

    def holders(self, name: str) -> list[str]:
        """Return the names of the folders that hold a file of this name."""
        return self._folders.get(name, [])

    @cached_property
    def _folders(self) -> dict[str, list[str]]:
        folders: dict[str, list[str]] = {}
        for file in sorted(self.root.glob("*/*")):
            folders.setdefault(file.name, []).append(file.parent.name)
        return folders

    def rows(self, name: str, model: type[Model]) -> tuple[Model, ...]:
        """Return the rows of a file: of `common` and of every pack, or of the one place that `name` gives."""
        self.known.add(name)
        if "/" in name:
            return tuple(self._rows(self.root / name, "", model))
        holders = self.holders(name)
        packs = [pack for pack in self.packs if pack in holders]
        added = [row for pack in packs for row in self._rows(self.root / pack / name, pack, model)]
        needed = COMMON in holders or not packs
        return (*(self._rows(self.root / COMMON / name, "", model) if needed else ()), *added)

    def table(self, name: str, model: type[Model], key: str = "") -> Model:
        """Return what a TOML file holds (as the value of `key`, where given); an empty one where it is wrong."""
        self.known.add(name)
        file = self.root / name
        text = self._text(file)
        if text is None:
            return model.model_construct()
        try:
            values: dict[str, Any] = tomllib.loads(text)
            pack = "" if file.parent.name == COMMON else file.parent.name
            place = {"origin": self._place(file), "pack": pack}
            return model.model_validate({**({key: values} if key else values), **place})
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"at line (\d+)", str(error))
            self._note(file, int(line[1]) if line else None, f"not TOML ({error})")
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self._note(file, _line_in_toml(text, detail["loc"][1 if key else 0 :]), told(detail))
        except (ValueError, RecursionError) as error:  # a number too long, or nested too deep
            self._note(file, None, f"not TOML that can be read ({error})")
        return model.model_construct()

    def note_strangers(self) -> None:
        """Note every file that nothing read: its name is misspelt, or it lies in the wrong folder."""
        packs = {COMMON, *self.packs}
        for file in sorted(self.root.glob("*/*")):
            name = f"{file.parent.name}/{file.name}"
            if file.suffix not in _SUFFIXES or name in self.known:
                continue
            if file.name not in self.known:
                self._note(file, None, "no rule file of this name is read here; README.md lists them")
            elif file.parent.name not in packs:
                self._note(file, None, f"the folder has no {PROFILE} or {FAMILY}, so nothing reads this file")

    def _note(self, file: Path, line: int | None, words: str) -> None:
        self.mistakes.append(f"{self._place(file, line)}: {words}")
        self.broken.add(file.name)

    def _rows(self, file: Path, pack: str, model: type[Model]) -> Iterator[Model]:
        text = self._text(file)
        if text is None:
            return
        read = self._json_lines if file.suffix == ".jsonl" else self._csv_rows
        place = self._place(file)
        for line, values in read(file, text, _columns(model)):
            try:
                yield model.model_validate({**values, "origin": f"{place}:{line}", "pack": pack})
            except ValidationError as error:
                words = "; ".join(told(detail) for detail in error.errors(include_url=False))
                self._note(file, line, words)

    def _text(self, file: Path) -> str | None:
        try:
            data = file.read_bytes()
            return data.decode("utf-8-sig")
        except OSError as error:
            self._note(file, None, (error.strerror or str(error)).lower())
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            self._note(file, line, f"not UTF-8 (byte {data[error.start]:#04x}); save the file as UTF-8")
        return None

    def _json_lines(self, file: Path, text: str, _: Sequence[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
        for number, line in enumerate(text.split("\n"), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                self._note(file, number, f"not JSON ({error})")
                continue
            if not isinstance(row, dict):
                self._note(file, number, "a rule is an object in braces")
            elif set_by_us := [key for key in _SET_BY_US if key in row]:
                self._note(file, number, f"`{set_by_us[0]}` is not a key of a rule")
            else:
                yield number, row

    def _csv_rows(self, file: Path, text: str, columns: Sequence[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            header = next(reader, [])
            if sorted(header) != sorted(columns):
                self._note(file, 1, f"the columns must be {', '.join(columns)}")
                return
            for cells in reader:
                if len(cells) == len(header):
                    yield reader.line_num, dict(zip(header, cells, strict=True))
                elif cells:
                    words = f"{len(cells)} cells where the header has {len(header)}"
                    self._note(file, reader.line_num, f"{words}")
        except csv.Error as error:
            self._note(file, reader.line_num, f"not CSV ({error})")

    def _place(self, file: Path, line: int | None = None) -> str:
        name = file.relative_to(self.root).as_posix()
        return f"{name}:{line}" if line else name


def told(detail: Mapping[str, Any]) -> str:
    """Return one mistake of a row in words: which key, and what is wrong with it."""
    keys = [str(key) for key in detail["loc"] if key not in (WORDS, TOKENS)]
    key = ".".join(keys)
    match detail["type"]:
        case "missing":
            return f"`{key}` is missing"
        case "extra_forbidden":
            return f"`{key}` is not a key that is known here"
        case "value_error":
            words = str(detail["msg"]).removeprefix("Value error, ")
            return f"`{key}`: {words}" if key else words
        case "too_short" | "string_too_short":
            return f"`{key}` needs something in it"
    return f"`{key}`: {str(detail['msg'])[:1].lower()}{str(detail['msg'])[1:]}, not {str(detail['input'])[:60]!r}"


def _columns(model: type[Row]) -> list[str]:
    fields = model.model_fields.items()
    return [info.alias or name for name, info in fields if name not in _SET_BY_US]


def _line_in_toml(text: str, keys: Sequence[int | str]) -> int | None:
    """Return the line where the innermost of the keys stands that is written in the file."""
    found = None
    lines = text.split("\n")
    for key in (re.escape(str(key)) for key in keys if isinstance(key, str)):
        start = (found or 1) - 1
        mine = re.compile(rf"\s*(?:\[{key}\]|\"?{key}\"?\s*=)")
        found = next((number for number, line in enumerate(lines[start:], start + 1) if mine.match(line)), found)
    return found
