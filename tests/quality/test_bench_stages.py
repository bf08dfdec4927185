"""The stages of a report are counted each for itself, and told; how long any takes, no test says."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extractor import cli
from extractor.quality import bench_stages
from extractor.quality.bench_stages import Stages
from extractor.quality.stages import FLOOR, PLUMBER, STAGES, Stopwatch

SPECIMEN = Path(__file__).parents[2] / "corpus" / "specimens" / "specimen-2018-19.pdf"


def test_a_stage_within_another_counts_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([10.0, 11.0, 13.0, 16.0, 20.0, 25.0])
    monkeypatch.setattr(time, "process_time", lambda: next(clock))
    watch = Stopwatch()
    inner = watch.around("inner", lambda words: words.upper())
    with watch.stage("outer"):
        assert inner("x") == "X"
    with watch.stage("inner"):
        pass
    assert watch.seconds == {"outer": (11 - 10) + (16 - 13), "inner": (13 - 11) + (25 - 20)}


def test_every_stage_of_a_report_is_measured() -> None:
    command = [sys.executable, "-m", "extractor.quality.stages", str(SPECIMEN)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert (found["pages"], found["by_glyph"]) == (8, False)
    assert found["spent"].keys() == {*STAGES, FLOOR, PLUMBER}
    assert all(value > 0 for value in found["spent"].values())


def rounds(reading: float, plumber: float, *, by_glyph: bool = False, pages: int = 10) -> list[dict[str, object]]:
    """A file in two rounds, the second with other work on the machine."""
    spent = dict.fromkeys(STAGES, 0.0) | {"reading": reading, FLOOR: 1.0, PLUMBER: plumber}
    slow = {name: 9 * value for name, value in spent.items()}
    about = {"pages": pages, "by_glyph": by_glyph}
    return [about | {"spent": spent}, about | {"spent": slow}, about | {"spent": spent}]


def test_files_are_put_together_by_their_medians() -> None:
    group = bench_stages._group("some", [rounds(2, 40), rounds(4, 40, pages=5), rounds(6, 60)])
    assert (group.files, group.pages, group.chain, group.floor) == (3, 25, 4, 1)
    assert (group.times_floor, group.times_plumber, group.worst) == (4, 10, 10)
    assert group.stages["reading"] == 4


def test_command_measures_stages_and_writes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    groups = [bench_stages._group("drawn glyph by glyph", [rounds(2, 40)])]
    found = Stages(3, groups, {"a new child": 20.0}, {"import spacy": 600.0})
    monkeypatch.setattr(bench_stages, "measure_stages", lambda files, rounds, _say: found if rounds == 3 else files)
    arguments = ["bench", str(SPECIMEN), "--stages", "--rounds", "3", "--outputs", str(tmp_path)]
    assert cli.main(arguments) == 0
    said = capsys.readouterr().out
    assert "| reading | 2.00 |" in said and "| a new child | 20.00 |" in said and "glyph by glyph: 1 files" in said
    assert cli.main([*arguments, "--json", "-q"]) == 0
    assert json.loads(capsys.readouterr().out)["groups"][0]["times_plumber"] == 20
    assert {file.name for file in (tmp_path / "bench").iterdir()} == {"stages.json", "stages.md"}


def test_what_a_report_costs_is_measured_with_children() -> None:
    spent = bench_stages._report()
    assert 0 < spent["a used child"] < spent["a new child"]
    assert min(spent.values()) > 0
