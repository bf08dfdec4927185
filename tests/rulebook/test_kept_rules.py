"""The built-in rules are kept as they were loaded, and never taken for others."""

from __future__ import annotations

import shutil
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from extractor.errors import RuleError
from extractor.rulebook import kept_rules, load
from extractor.rulebook.folder import digest_of, rules_root
from extractor.rulebook.kept_rules import keep

ROOT = rules_root()
DIGEST = digest_of(ROOT)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where Python keeps what it compiled, empty, and let it write there."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "kept"


def _files(place: Path) -> list[Path]:
    return [path for path in place.rglob("*") if path.is_file()]


@pytest.mark.usefixtures("place")
def test_what_was_kept_is_what_was_loaded() -> None:
    loaded = load._load(ROOT)
    keep(loaded, DIGEST)
    kept = kept_rules.kept_rules(ROOT, DIGEST)
    assert kept is not None
    for field in fields(loaded):
        assert getattr(kept, field.name) == getattr(loaded, field.name), field.name


@pytest.mark.usefixtures("place")
def test_the_second_start_reads_no_rule_file(monkeypatch: pytest.MonkeyPatch) -> None:
    first = load._built_in(ROOT, DIGEST)
    monkeypatch.setattr(load, "_load", lambda root: pytest.fail(f"{root} is read again"))
    assert load._built_in(ROOT, DIGEST).version == first.version


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("asked", [(ROOT, "0" * 12), (Path("elsewhere"), DIGEST)])
def test_other_files_and_other_folders_are_read(asked: tuple[Path, str]) -> None:
    keep(load._load(ROOT), DIGEST)
    assert kept_rules.kept_rules(*asked) is None


def test_rules_kept_by_another_program_are_not_taken(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(load._load(ROOT), DIGEST)
    changed = place / "changed.py"
    changed.write_text("# a module more")
    monkeypatch.setattr(kept_rules, "_CODE", (*kept_rules._CODE, place))
    assert kept_rules.kept_rules(ROOT, DIGEST) is None


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data[:-9] + b"\0" + data[-8:], lambda _: b""])
def test_damaged_rules_are_not_taken(place: Path, damage: object) -> None:
    keep(load._load(ROOT), DIGEST)
    (file,) = _files(place)
    file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator]
    assert kept_rules.kept_rules(ROOT, DIGEST) is None


def test_nothing_is_kept_where_python_shall_keep_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    load._built_in(ROOT, DIGEST)
    assert not _files(place)


def test_a_place_that_cannot_be_written_is_no_matter(place: Path) -> None:
    place.write_text("a file where a folder should be")
    assert load._built_in(ROOT, DIGEST).root == ROOT


def test_rules_of_somebody_else_and_wrong_ones_are_not_kept(place: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "rules"
    shutil.copytree(ROOT, theirs)
    load.load_rules(theirs)
    (theirs / "common" / "forces.csv").write_text("a,b\n")
    with pytest.raises(RuleError):
        load._built_in(theirs, digest_of(theirs))
    assert not _files(place)
