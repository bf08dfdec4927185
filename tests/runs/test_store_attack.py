"""Damage of every kind to every file of a workspace: told by whoever reads it, named by `peel check --store`."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import stand_in

from extractor import cli
from extractor.decisions.register import Entry, record, register
from extractor.decisions.search import find
from extractor.decisions.store import Verdict, add_verdicts, read_verdicts
from extractor.decisions.written import foreign_lines
from extractor.errors import PeelError
from extractor.runs import run
from extractor.runs.one_report import kept_lines
from extractor.runs.run import extract_many
from extractor.runs.store_check import check_store
from extractor.tables.read import read_extraction, read_rows
from extractor.tables.schemas import PER_REPORT

FLIPS = int(os.environ.get("PEEL_FLIPS", "1000"))
IDS = ("2016-effectiveness-essex", "2016-efficiency-kent", "2017-legitimacy-surrey")
HELD = "corpus/verdicts.csv", "corpus/register.csv"


@pytest.fixture(autouse=True)
def plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "extract_task", stand_in.extract)
    monkeypatch.setattr(run, "isolated", stand_in.in_process)
    monkeypatch.setattr(run, "rules_version", lambda _root: stand_in.RULES.version)
    monkeypatch.setattr(run, "prepare", lambda _nursery: None)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A workspace with tables, kept lines, a search index, decisions and answers."""
    root = tmp_path / "desk"
    (root / "in").mkdir(parents=True)
    (root / "peel.toml").touch()
    for number, report_id in enumerate(IDS):
        (root / "in" / f"{number}.pdf").write_text(
            f"id {report_id}\nitem one of {number}\nitem two\nwarn look {number}"
        )
    extract_many([root / "in"], root / "outputs")
    find("item", root / "outputs", root / HELD[0])
    finding = f"{IDS[0]}/afi/two"
    add_verdicts([Verdict("finding", finding, verdict="accepted", note="seen")], root / HELD[0])
    record([Entry(finding, "owner", "Supt X", "A", "2024-05-01")], root / HELD[1])
    return root


def everything(root: Path) -> object:
    """All that a user can learn from the workspace."""
    outputs = root / "outputs"
    rows = [read_rows(name, outputs) for name in PER_REPORT]
    whole = [read_extraction(outputs, name) for name in IDS]
    lines = [kept_lines(str(outputs), row["source"], row["sha256"]) for row in rows[0]]
    return (
        rows,
        whole,
        lines,
        find("", outputs, root / HELD[0]),
        read_verdicts(root / HELD[0]),
        register(root / HELD[1]),
    )


def is_told(root: Path, whole: object) -> bool:
    """Tell whether a reader is told of the damage, or reads what was there before."""
    if any(foreign_lines(root / name) for name in HELD):
        return True
    try:
        found = everything(root)
    except (PeelError, OSError):
        return True
    return found == whole or lines_missing(found, whole)


def lines_missing(found: object, whole: object) -> bool:
    """Lines that are not used any more are read again from the report; nothing else may differ."""
    assert isinstance(found, tuple) and isinstance(whole, tuple)
    if found[:2] + found[3:] != whole[:2] + whole[3:]:
        return False
    return all(line in (None, other) for line, other in zip(found[2], whole[2], strict=True))


def stored(root: Path) -> list[Path]:
    own = [file for file in (root / "outputs").rglob("*") if file.suffix in (".parquet", ".sqlite")]
    return sorted([*own, *(root / name for name in HELD)])


def is_named(root: Path, file: Path) -> bool:
    named = {Path(problem.file).name for problem in check_store(root / "outputs")[1]}
    return file.name in named or bool(foreign_lines(file))


@pytest.mark.slow
def test_no_flipped_bit_anywhere_is_silent(desk: Path) -> None:
    whole, files, chance = everything(desk), stored(desk), random.Random(20)
    silent, unnamed = [], []
    for number in range(FLIPS):
        file = files[number % len(files)]
        before = file.read_bytes()
        bit = chance.randrange(8 * len(before))
        file.write_bytes(before[: bit // 8] + bytes([before[bit // 8] ^ 1 << bit % 8]) + before[bit // 8 + 1 :])
        if not is_named(desk, file):
            unnamed.append((file, bit, before))
        if not is_told(desk, whole):
            silent.append((file.name, bit))
        file.write_bytes(before)
    print(f"\n{FLIPS} bits of {len(files)} files: {len(silent)} silent, {len(unnamed)} not named")
    assert not silent
    for _, bit, before in unnamed:  # the name of the seal's own mark, which holds nothing
        assert before.rindex(b"peel-seal:") - 30 <= bit // 8 < before.rindex(b"peel-seal:") + 10


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def made_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def a_broken_link(file: Path) -> None:
    file.unlink()
    file.symlink_to(file.with_name("nothing"))


def lost(file: Path) -> None:
    file.unlink()


@pytest.mark.parametrize("harm", [emptied, cut, made_a_folder, a_broken_link, lost])
def test_every_harm_to_every_file_is_told_and_named(desk: Path, tmp_path: Path, harm: Callable[[Path], None]) -> None:
    whole = everything(desk)
    for file in stored(desk):
        shutil.rmtree(tmp_path / "harmed", ignore_errors=True)
        shutil.copytree(desk, tmp_path / "harmed")
        harmed = tmp_path / "harmed" / file.relative_to(desk)
        harm(harmed)
        gone = harm is lost and harmed.parent.name in ("lines", "outputs")  # made again when wanted
        assert gone or is_named(tmp_path / "harmed", harmed), harmed
        undone = harm is lost and harmed.parent.name == "reports"  # as if the report were not read yet
        assert undone or is_told(tmp_path / "harmed", whole), harmed
        for verb in ("list", "find item", f"show {IDS[0]}", f"show {IDS[1]}/afi/two --why"):
            assert cli.main([*verb.split(), "--workspace", str(tmp_path / "harmed")]) in (0, 1, 2)


@pytest.mark.parametrize("table", [*PER_REPORT, "lines"])
def test_files_that_changed_places_are_told_and_named(desk: Path, table: str) -> None:
    whole = everything(desk)
    one, two = sorted((desk / "outputs" / table).iterdir())[:2]
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    assert is_told(desk, whole) and is_named(desk, one) and is_named(desk, two)
    if table != "lines":
        with pytest.raises(PeelError, match="put under another name"):
            read_rows(table, desk / "outputs", one.stem)


def test_a_table_in_another_tables_place_is_told(desk: Path) -> None:
    outputs = desk / "outputs"
    shutil.copy(outputs / "gradings" / f"{IDS[0]}.parquet", outputs / "findings" / f"{IDS[0]}.parquet")
    with pytest.raises(PeelError, match="put under another name"):
        read_rows("findings", outputs)


def test_a_file_that_may_not_be_read_is_named(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shut = desk / "outputs" / "findings" / f"{IDS[1]}.parquet"
    real = Path.read_bytes

    def read_bytes(self: Path) -> bytes:
        if self == shut:
            raise PermissionError(13, "Permission denied", str(self))
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    assert is_named(desk, shut)
    assert cli.main(["show", IDS[1], "--workspace", str(desk)]) == 1


def test_the_next_run_makes_all_tables_anew_whatever_was_done_to_them(desk: Path) -> None:
    whole, chance = everything(desk), random.Random(3)
    for file in stored(desk)[2:]:
        if file.suffix == ".parquet":
            chance.choice([emptied, cut, lost])(file)
    extract_many([desk / "in"], desk / "outputs")
    assert everything(desk) == whole
    assert check_store(desk / "outputs")[1] == []


def test_check_store_names_decisions_that_were_changed(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["check", "--store", "--workspace", str(desk)]
    assert cli.main(arguments) == 0
    file = desk / HELD[1]
    file.write_bytes(file.read_bytes().replace(b"Supt X", b"Supt Y"))
    capsys.readouterr()
    assert cli.main(arguments) == 1
    told = capsys.readouterr()
    assert f"{file}: line 2 is not as `peel` wrote it" in told.out
    assert cli.main(["list", "--workspace", str(desk)]) == 0
    assert "was changed by hand or damaged" in capsys.readouterr().err
