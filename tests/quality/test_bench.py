"""The bench tells what it measured; how fast anything is, no test says."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractor import cli
from extractor.quality import bench
from extractor.quality.bench import Bench, Speed, Trial
from extractor.quality.engines import ENGINES, installed, measure


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A PDF of two pages."""
    file = tmp_path / "report.pdf"
    canvas = Canvas(str(file))
    for page in ("PEEL: Police effectiveness 2016", "Essex Police"):
        canvas.drawString(72, 720, page)
        canvas.showPage()
    canvas.save()
    return file


@pytest.mark.parametrize("name", ["peel read", "pdfplumber", "pdfminer.six", "pypdf", "pdfium", "pdftotext"])
def test_engine_reads_the_whole_file(name: str, report: Path) -> None:
    if not installed(name):
        pytest.skip(f"{name} is not installed")
    found = measure(name, str(report))
    assert found["pages"] == 2
    assert found["seconds"] > 0
    assert found["megabytes"] > 0


def test_engines_take_turns_and_are_compared(report: Path) -> None:
    said: list[str] = []
    speeds = bench._speeds(["pdfplumber", "pdfium"], [report], 2, said.append)
    assert said == ["engines, round 1 of 2", "engines, round 2 of 2"]
    by_name = {speed.engine: speed for speed in speeds}
    assert by_name["pdfplumber"].times_pdfplumber == 1
    assert by_name["pdfium"].times_native == 1
    assert all(speed.low <= speed.median <= speed.high for speed in speeds)


def test_engine_that_fails_is_left_out(report: Path) -> None:
    report.write_bytes(b"no PDF")
    said: list[str] = []
    assert bench._speeds(["pdfium"], [report], 1, said.append) == []
    assert "pdfium failed on report.pdf" in said[-1]


def test_runs_cover_sizes_workers_and_second_runs(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[Sequence[str]] = []

    def timed(command: Sequence[str], *, watch: bool = False) -> tuple[float, float | None, float | None]:
        commands.append(command)
        inputs = Path(command[command.index("extract") + 1])
        assert len({file.read_bytes() for file in inputs.iterdir()}) == int(inputs.name.removeprefix("in"))
        return 1.0, 100.0, 200.0 if watch else None

    monkeypatch.setattr(bench, "_timed", timed)
    trials = bench._runs([report], [2, 3], [1, 2], lambda _words: None)
    assert [trial.name for trial in trials] == [
        "2 reports, 1 worker",
        "3 reports, 1 worker",
        "3 reports, 2 workers",
        "3 reports again, unchanged",
        "3 reports, other rules",
    ]
    outputs = [command[command.index("--outputs") + 1] for command in commands]
    assert len(set(outputs)) == 3  # the last two runs go on in the folder of the second
    assert "--rules" in commands[-1]


def test_a_command_is_timed_with_its_memory() -> None:
    seconds, parent, child = bench._timed(["sh", "-c", "python3 -c 'import time; time.sleep(0.3)'; exit 0"], watch=True)
    assert seconds > 0
    if Path("/proc/self/status").exists():
        assert parent is not None
        assert child is not None


FOUND = Bench(
    machine={"machine": "a machine", "python": "3.11"},
    files=["a.pdf"],
    rounds=1,
    speeds=[
        Speed("pdfium", "text", 1.0, 0.9, 1.1, 20, 80, 1.0),
        Speed("peel read", "lines", 2.0, 1.9, 2.5, 30, 40, 2.0),
        Speed("pdfplumber", "text", 80.0, 70, 90, 40, 1, 80.0),
    ],
    starts=[Trial("peel --help", 0.1, 0.1, 0.2)],
    runs=[Trial("4 reports, 1 worker", 2.0, 2.0, 2.0, 100, 150), Trial("the same", 1.0, 1.0, 1.0)],
)


def test_tables_and_plot_are_written(tmp_path: Path) -> None:
    paths = bench.write(FOUND, tmp_path)
    assert {path.name for path in paths} >= {"bench.json", "bench.md"}
    text = (tmp_path / "bench" / "bench.md").read_text(encoding="utf-8")
    assert "| peel read | lines | 2.00 (1.90–2.50) | 40.0 | × 2.0 | 30 |" in text
    assert "| the same | 1.00 |  |  |" in text
    assert json.loads((tmp_path / "bench" / "bench.json").read_text(encoding="utf-8"))["rounds"] == 1
    pytest.importorskip("matplotlib")
    assert (tmp_path / "bench" / "bench.png").read_bytes().startswith(b"\x89PNG")
    assert b"<svg" in (tmp_path / "bench" / "bench.svg").read_bytes()


def test_the_command(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "bench", lambda *_args, **_options: FOUND)
    assert cli.main(["bench", str(report), "--outputs", str(tmp_path), "-q"]) == 0
    assert "| peel read |" in capsys.readouterr().out
    assert cli.main(["bench", str(tmp_path / "none.pdf"), "--outputs", str(tmp_path)]) == 2
    assert cli.main(["bench", str(report), "--engines", "none", "--outputs", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert all(name in told for name in ENGINES)


def test_bench_takes_folders_and_patterns_and_reads_the_pdfs_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("b.pdf", "a.PDF", "page.html", "notes.txt"):
        (tmp_path / name).write_text("x")
    given: list[list[str]] = []
    monkeypatch.setattr(bench, "bench", lambda files, **_: given.append([file.name for file in files]) or FOUND)
    for words in (str(tmp_path), str(tmp_path / "?.*")):
        assert cli.main(["bench", words, "--outputs", str(tmp_path / "out"), "-q"]) == 0
    assert given == [["a.PDF", "b.pdf"]] * 2
