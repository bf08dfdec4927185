"""The settings of a workspace, table `[office]` of its `peel.toml`: every one has its kind and its words here."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractor.errors import BadSetting

LONGEST = 500  # characters of one setting
_TABLE = re.compile(r"^\[office\][^\n]*\n(?:(?!\[)[^\n]*(?:\n|\Z))*", re.MULTILINE)
_HINT = "in a path write / or put it in 'single' quotation marks"

_Kind = TypeVar("_Kind", bound=BaseModel)
Words = Annotated[str, Field(max_length=LONGEST)]


class Office(BaseModel):
    """What an office may say of itself; what it leaves out is taken from the list of policing bodies."""

    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True)

    responding_body: Words = Field(default="", description="Responding body, as it is to be printed")
    signatory_title: Words = Field(default="", description="Title of the person who signs")
    office_type: Words = Field(
        default="", description="Kind of office, where it is not the one of the list (PCC, PFCC, mayor …)"
    )
    short: Words = Field(default="", description="Short name of the office")
    plan: Words = Field(default="", description="What the office calls its plan")
    house_capitals: list[Words] = Field(
        default=[], description="Words that the office writes with capitals, separated by commas"
    )
    force: Words = Field(default="", description="Your force, where a command names none, e.g. cleveland")
    template: Words = Field(default="", description="Word template of the response, as a path from the workspace")


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True)
    office: Office = Field(default_factory=Office)


class _Single(Office):
    """A file for one response: the settings without a table, and the day of publication."""

    published: Words = ""


LABELS = {name: str(field.description) for name, field in Office.model_fields.items()}


def read_settings(file: Path) -> dict[str, Any]:
    """Return the office's settings that stand in a `peel.toml`; {} where there are none.

    Raises:
        BadSetting: the file is no TOML, or a table or setting is unknown or of another kind; every mistake is named.
    """
    try:
        text = _text(file)
    except FileNotFoundError:
        return {}
    if _parsed(file, text) in ({}, {"office": {}}):  # as most are: nothing to check
        return {}
    return _checked(_File, file, text).office.model_dump(exclude_unset=True)


def read_single(file: Path) -> dict[str, Any]:
    """Return the settings for one response: a file of them alone, or one like `peel.toml`.

    Raises:
        BadSetting: as `read_settings`.
        OSError: there is no such file.
    """
    text = _text(file)
    if "office" in _parsed(file, text):
        return _checked(_File, file, text).office.model_dump(exclude_unset=True)
    return _checked(_Single, file, text).model_dump(exclude_unset=True)


def write_settings(file: Path, given: Mapping[str, str]) -> None:
    """Write the settings of a form in place of those in the file; all else in it stays.

    Raises:
        BadSetting: a setting is too long, or the file cannot be read as it stands.
        OSError: the file cannot be written.
    """
    long = [LABELS[name] for name in LABELS if len(given.get(name, "")) > LONGEST]
    if long:
        raise BadSetting(f"{long[0]}: more than {LONGEST} characters")
    read_settings(file)
    values = {name: " ".join(given.get(name, "").split()) for name in LABELS}
    lines = [f"{name} = {_toml(name, value)}" for name, value in values.items() if value]
    rest = _TABLE.sub("", _text(file) if file.exists() else "").rstrip()
    put(file, "\n".join([*([rest, ""] if rest else []), "[office]", *lines, ""]))


def put(file: Path, text: str) -> None:
    """Write a file of settings, whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f".{file.name}.{os.getpid()}.partial")
    try:
        partial.write_text(text, encoding="utf-8")
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


def blank() -> str:
    """Return a `peel.toml` that sets nothing and says what can be set."""
    lines = [
        "# This folder is a workspace of `peel`. To set something, take the mark before its line away.",
        "",
        "[office]",
    ]
    for name, about in LABELS.items():
        lines += [f"# {about}", f"# {name} = {'[]' if name == 'house_capitals' else json.dumps('')}"]
    return "\n".join([*lines, ""])


def _toml(name: str, value: str) -> str:
    words = [word.strip() for word in value.split(",") if word.strip()]
    return json.dumps(words if name == "house_capitals" else value, ensure_ascii=False)  # JSON's strings are TOML's


# checking ------------------------------------------------------------------------------------------------------------


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise BadSetting(f"{file}: is not saved as UTF-8; save it so in a text editor") from None


def _parsed(file: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        hint = f"; {_HINT}" if "\\" in text else ""
        raise BadSetting(f"{file}: is no TOML: {error}{hint}; mend it in a text editor") from None


def _checked(model: type[_Kind], file: Path, text: str) -> _Kind:
    try:
        return model.model_validate(_parsed(file, text))
    except ValidationError as error:
        mistakes = dict.fromkeys(_mistakes(error, model, text))
        raise BadSetting("\n  ".join([f"{file}: nothing was set, since", *mistakes])) from None


def _mistakes(error: ValidationError, model: type[BaseModel], text: str) -> Iterator[str]:
    for each in error.errors(include_url=False):
        path = [str(step) for step in each["loc"] if isinstance(step, str)]
        known = list(model.model_fields) if len(path) == 1 else list(LABELS)
        where = f"line {line}: " if (line := _line_of(path, text)) else ""
        what = f"table [{path[0]}]" if len(path) == 1 and model is _File else path[-1]
        yield f"{where}{what} {_words(each['type'], path[-1], known)}"


def _words(kind: str, name: str, known: list[str]) -> str:
    if kind == "extra_forbidden":
        near = get_close_matches(name.casefold(), known, n=1, cutoff=0.6)
        return f"is unknown; did you mean {near[0]}?" if near else f"is unknown; known are {', '.join(known)}"
    if kind == "string_too_long":
        return f"has more than {LONGEST} characters"
    if name == "house_capitals":
        return 'is no list of words; write ["Word", "Other Word"]'
    return "is no table; write [office] on a line of its own" if name == "office" else 'is no text; write "words"'


def _line_of(path: list[str], text: str) -> int | None:
    """Return the line on which a table or setting begins, where that can be told."""
    name = re.escape(path[-1])
    place = re.search(rf"^\s*(?:\[+\s*)?(?:[\w\"']+\.)*[\"']?{name}[\"']?\s*[=.\]]", text, re.MULTILINE)
    return text.count("\n", 0, place.end()) + 1 if place else None
