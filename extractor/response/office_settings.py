"""The office's settings: the table `[office]` of the workspace's `peel.toml`."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from extractor.errors import BadSetting

LABELS = {
    "responding_body": "Responding body, as it is to be printed",
    "signatory_title": "Title of the person who signs",
    "office_type": "Kind of office, where it is not the one of the list (PCC, PFCC, mayor …)",
    "short": "Short name of the office",
    "plan": "What the office calls its plan",
    "house_capitals": "Words that the office writes with capitals, separated by commas",
}
_TABLE = re.compile(r"^\[office\][^\n]*\n(?:(?!\[)[^\n]*(?:\n|\Z))*", re.MULTILINE)
_LONGEST = 500  # characters of one setting


def read_settings(file: Path) -> dict[str, Any]:
    """Return the office's settings; {} where there are none.

    Raises:
        BadSetting: the file is no TOML, or a setting is unknown or of another kind.
    """
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8")).get("office", {})
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSetting(f"{file}: cannot be read: {error}; mend it in a text editor") from None
    mistakes = [f"{name} is unknown" for name in told if name not in LABELS]
    mistakes += [f"{name} is {_kind(name)}" for name in LABELS if name in told and not _fits(name, told[name])]
    if mistakes:
        raise BadSetting(f"{file}: in [office] {'; '.join(mistakes)}; known are {', '.join(LABELS)}")
    return dict(told)


def _fits(name: str, value: object) -> bool:
    if name == "house_capitals":
        return isinstance(value, list) and all(isinstance(word, str) for word in value)
    return isinstance(value, str)


def _kind(name: str) -> str:
    return "no list of words" if name == "house_capitals" else "no text"


def write_settings(file: Path, given: Mapping[str, str]) -> None:
    """Write the settings of a form in place of those in the file; all else in it stays.

    Raises:
        BadSetting: a setting is too long.
        OSError: the file cannot be written.
    """
    long = [LABELS[name] for name in LABELS if len(given.get(name, "")) > _LONGEST]
    if long:
        raise BadSetting(f"{long[0]}: more than {_LONGEST} characters")
    values = {name: " ".join(given.get(name, "").split()) for name in LABELS}
    lines = [f"{name} = {_toml(name, value)}" for name, value in values.items() if value]
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    rest = _TABLE.sub("", before).rstrip()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join([*([rest, ""] if rest else []), "[office]", *lines, ""]), encoding="utf-8")


def _toml(name: str, value: str) -> str:
    words = [word.strip() for word in value.split(",") if word.strip()]
    return json.dumps(words if name == "house_capitals" else value, ensure_ascii=False)  # JSON's strings are TOML's
