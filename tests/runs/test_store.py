"""What an outputs folder promises: nothing of two runs side by side, no damage unseen, nothing good lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import stand_in
from test_bulk import files

from extractor import cli
from extractor.errors import DamagedStore
from extractor.runs import run
from extractor.runs.children import Limits
from extractor.runs.receipts import ReportTables
from extractor.runs.run import extract_many
from extractor.runs.store_check import check_store
from extractor.tables import storage
from extractor.tables.read import read_rows

ESSEX = "2016-effectiveness-essex"
OTHER = SimpleNamespace(version="other")


@pytest.fixture(autouse=True)
def plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "extract_task", stand_in.extract)
    monkeypatch.setattr(run, "isolated", stand_in.in_process)
    monkeypatch.setattr(run, "rules_version", lambda _root: stand_in.RULES.version)
    monkeypatch.setattr(run, "prepare", lambda _nursery: None)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.pdf").write_text(f"id {ESSEX}\nitem one\nby other two\nwarn look")
    (folder / "b.pdf").write_text("id 2016-efficiency-essex\nitem a\nby other b")
    (folder / "c.html").write_text("id 2017-legitimacy-essex\nby stand-in old")
    (folder / "d.pdf").write_text(f"id {ESSEX}\nitem one\nby other two\nwarn look\nlonger")
    return folder


def texts(outputs: Path) -> dict[str, list[str]]:
    """The findings of each report that counts as done."""
    done = ReportTables(str(outputs)).receipts()
    return {name: [row["text"] for row in read_rows("findings", outputs, name)] for name in done}


# killed ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", range(1, 31, 6))
def test_killed_under_other_rules_no_report_is_of_two_runs(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    extract_many([reports], tmp_path / "out", workers=1)
    old = texts(tmp_path / "out")
    monkeypatch.setattr(run, "rules_version", lambda _root: OTHER.version)
    extract_many([reports], tmp_path / "whole", workers=1)
    new = texts(tmp_path / "whole")
    left = [moment]

    def dying(real):  # type: ignore[no-untyped-def]
        def act(*args: object) -> None:
            left[0] -= 1
            if left[0] <= 0:
                raise SystemExit("killed")
            real(*args)

        return act

    with monkeypatch.context() as patched:
        patched.setattr(storage, "_replace", dying(storage._replace))
        patched.setattr(storage, "remove", dying(storage.remove))
        with pytest.raises(SystemExit):
            extract_many([reports], tmp_path / "out", workers=1)
    for name, found in texts(tmp_path / "out").items():
        assert found in (old[name], new[name])
    for name, receipt in ReportTables(str(tmp_path / "out")).receipts().items():
        assert texts(tmp_path / "out")[name] == (new if receipt.row["rules_version"] == "other" else old)[name]
    extract_many([reports], tmp_path / "out", workers=1)
    assert files(tmp_path / "out") == files(tmp_path / "whole")


@pytest.mark.slow
@pytest.mark.parametrize("reported", range(12))
def test_killed_by_the_system_at_any_report_under_other_rules(reports: Path, tmp_path: Path, reported: int) -> None:
    for number in range(12):
        (reports / f"more{number}.pdf").write_text(f"id 2014-effectiveness-f{number}\nitem {number}\nby other more")
    script = (
        "import stand_in, sys; from types import SimpleNamespace; from extractor.runs import run\n"
        "run.extract_task = stand_in.extract; run.rules_version = lambda root: sys.argv[3]\n"
        "run.extract_many([sys.argv[1]], sys.argv[2], workers=2, on_result=lambda r: print(r.source, flush=True))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), *sys.path])}

    def start(outputs: str, version: str) -> subprocess.Popen[str]:
        arguments = [sys.executable, "-c", script, str(reports), str(tmp_path / outputs), version]
        return subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True)

    for outputs, version in (("out", "stand-in"), ("whole", "other")):
        assert start(outputs, version).communicate()[0]
    with start("out", "other") as process:
        assert process.stdout is not None
        for _ in range(reported):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    assert start("out", "other").communicate() is not None
    assert files(tmp_path / "out") == files(tmp_path / "whole")


# damaged --------------------------------------------------------------------------------------------------------------


def flip(file: Path, chance: random.Random) -> None:
    data = bytearray(file.read_bytes())
    bit = chance.randrange(8 * len(data))
    data[bit // 8] ^= 1 << bit % 8
    file.write_bytes(data)


@pytest.mark.parametrize("seed", range(8))
def test_one_flipped_bit_is_rebuilt_by_the_next_run(reports: Path, tmp_path: Path, seed: int) -> None:
    extract_many([reports], tmp_path / "out")
    whole, chance = files(tmp_path / "out"), random.Random(seed)
    tables = sorted(file for file in (tmp_path / "out").rglob("*.parquet") if file.parent.name != "lines")
    flip(chance.choice(tables), chance)
    extract_many([reports], tmp_path / "out")
    assert files(tmp_path / "out") == whole


@pytest.mark.parametrize("seed", range(8))
def test_damaged_lines_are_read_from_the_report_instead(
    reports: Path, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract_many([reports], tmp_path / "out")
    chance = random.Random(seed)
    flip(chance.choice(sorted((tmp_path / "out" / "lines").iterdir())), chance)
    monkeypatch.setattr(run, "rules_version", lambda _root: OTHER.version)
    extract_many([reports], tmp_path / "out")
    extract_many([reports], tmp_path / "whole")
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_exchanged_lines_put_no_report_under_another_source(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract_many([reports], tmp_path / "out")
    first, second = sorted((tmp_path / "out" / "lines").iterdir())[:2]
    one, two = first.read_bytes(), second.read_bytes()
    first.write_bytes(two)
    second.write_bytes(one)
    assert {Path(problem.file) for problem in check_store(tmp_path / "out")[1]} == {first, second}
    monkeypatch.setattr(run, "rules_version", lambda _root: OTHER.version)
    extract_many([reports], tmp_path / "out")
    extract_many([reports], tmp_path / "whole")
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_a_table_of_an_earlier_run_is_noticed(reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    extract_many([reports], tmp_path / "out")
    table = tmp_path / "out" / "findings" / f"{ESSEX}.parquet"
    earlier = table.read_bytes()
    monkeypatch.setattr(run, "rules_version", lambda _root: OTHER.version)
    extract_many([reports], tmp_path / "out")
    later = table.read_bytes()
    table.write_bytes(earlier)
    assert [problem.file for problem in check_store(tmp_path / "out")[1]] == [str(table)]
    assert extract_many([reports], tmp_path / "out").unchanged == 2  # not the report, nor its duplicate
    assert table.read_bytes() == later


def test_the_store_is_checked_whole(reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outputs = tmp_path / "out"
    outputs.mkdir()
    assert cli.main(["check", "--store", "--outputs", str(outputs)]) == 1  # there is nothing to promise anything about
    extract_many([reports], outputs)
    assert cli.main(["check", "--store", "--outputs", str(outputs)]) == 0
    assert "none damaged" in capsys.readouterr().err
    for file in sorted(outputs.rglob("*.parquet")):
        whole = file.read_bytes()
        file.write_bytes(whole[:40] + bytes([whole[40] ^ 1]) + whole[41:])
        assert cli.main(["check", "--store", "--outputs", str(outputs)]) == 1
        assert str(file) in capsys.readouterr().out
        file.write_bytes(whole)
    (outputs / "reports" / f"{ESSEX}.parquet").unlink()
    assert cli.main(["check", "--store", "--outputs", str(outputs)]) == 1
    assert "no receipt" in capsys.readouterr().out


def test_damage_is_named_by_every_reader(reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    extract_many([reports], tmp_path / "out")
    flip(tmp_path / "out" / "findings" / f"{ESSEX}.parquet", random.Random(0))
    with pytest.raises(DamagedStore, match=ESSEX):
        read_rows("findings", tmp_path / "out")
    assert cli.main(["show", ESSEX, "--outputs", str(tmp_path / "out")]) == 1
    assert "peel extract" in capsys.readouterr().err


# nothing good is lost -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["hang", "crash", "bomb", "break"])
def test_a_failure_that_may_pass_replaces_nothing_good(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    good = files_of(tmp_path, reports)
    monkeypatch.undo()  # real children
    monkeypatch.setattr(run, "extract_task", stand_in.failing(words))
    monkeypatch.setattr(run, "rules_version", lambda _root: stand_in.RULES.version)
    tally = extract_many([reports], tmp_path / "out", fresh=True, limits=Limits(seconds=1))
    assert tally.count("failed") == 4 and not tally.complete
    assert all("the tables keep" in (result.message or "") for result in tally.results)
    assert files(tmp_path / "out") == good


def files_of(tmp_path: Path, reports: Path) -> dict[str, bytes]:
    extract_many([reports], tmp_path / "out")
    return files(tmp_path / "out")


def test_a_file_that_failed_is_told_under_its_own_name_and_can_be_removed(reports: Path, tmp_path: Path) -> None:
    (reports / "note.txt").write_text("break")
    outputs = tmp_path / "out"
    first = extract_many([reports / "note.txt"], outputs).results[0]
    (reports / "note.txt").rename(reports / "note.pdf")
    second = extract_many([reports / "note.pdf"], outputs).results[0]
    assert [result.source for result in (first, second)] == ["reports/note.txt", "reports/note.pdf"]
    assert "note.txt" not in (second.message or "")
    assert [row["source"] for row in read_rows("reports", outputs)] == ["reports/note.pdf"]
    assert cli.main(["remove", second.report_id, "--outputs", str(outputs), "--yes"]) == 0
    assert read_rows("reports", outputs) == read_rows("problems", outputs) == []
