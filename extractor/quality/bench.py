"""Measure speed, side by side in one run: against the PDF engines, and against itself with more workers and reports.

Machines differ and other work disturbs, so engines take turns, each in a fresh process, and medians with their spread
are told; ratios can be trusted further than milliseconds.
"""

from __future__ import annotations

import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from extractor import __version__
from extractor.quality.engines import ENGINES, NATIVE, installed
from extractor.rulebook.folder import rules_root

FOLDER = "bench"
_PEEL = (sys.executable, "-m", "extractor")


@dataclass(frozen=True, slots=True)
class Speed:
    """One engine over all files and rounds; a page's milliseconds are a file's, divided by its pages."""

    engine: str
    does: str
    median: float  # ms per page
    low: float
    high: float
    megabytes: float  # peak, the largest of all
    times_pdfplumber: float | None  # how many pages it reads while pdfplumber reads one
    times_native: float | None  # its time, over that of the fastest engine written in C


@dataclass(frozen=True, slots=True)
class Trial:
    """One whole run of a command."""

    name: str
    seconds: float  # median
    low: float
    high: float
    parent: float | None = None  # peak MB of the program itself
    child: float | None = None  # peak MB of its largest other process


@dataclass(frozen=True, slots=True)
class Bench:
    """All that was measured, and on what."""

    machine: dict[str, str]
    files: list[str]
    rounds: int
    speeds: list[Speed]
    starts: list[Trial]
    runs: list[Trial]


def bench(
    files: Sequence[Path],
    *,
    rounds: int = 5,
    sizes: Sequence[int] = (4, 8, 16),
    workers: Sequence[int] = (1, 2),
    engines: Sequence[str] | None = None,
    say: Callable[[str], None] = lambda _words: None,
) -> Bench:
    """Measure engines, start-up and whole runs over copies of the files."""
    names = [name for name in (engines or ENGINES) if installed(name)]
    speeds = _speeds(names, files, rounds, say)
    starts = _starts(files[0], rounds, say)
    runs = _runs(files, sizes, workers, say)
    return Bench(_machine(), [str(file) for file in files], rounds, speeds, starts, runs)


# engines --------------------------------------------------------------------------------------------------------------


def _speeds(names: Sequence[str], files: Sequence[Path], rounds: int, say: Callable[[str], None]) -> list[Speed]:
    turns = [(name, file) for name in names for file in files]
    chance = random.Random(0)
    times: dict[str, list[float]] = {name: [] for name in names}
    peaks: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds):
        say(f"engines, round {number + 1} of {rounds}")
        chance.shuffle(turns)
        for name, file in turns:
            command = [sys.executable, "-m", "extractor.quality.engines", name, str(file)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                say(f"{name} failed on {file.name}: {done.stderr.strip().splitlines()[-1:]}")
                continue
            found = json.loads(done.stdout)
            times[name].append(1000 * found["seconds"] / found["pages"])
            peaks[name].append(found["megabytes"])
    return _compared(times, peaks)


def _compared(times: Mapping[str, Sequence[float]], peaks: Mapping[str, Sequence[float]]) -> list[Speed]:
    """Return what was measured of each engine (ms a page, MB), the fastest first, as multiples of pdfplumber."""
    medians = {name: statistics.median(values) for name, values in times.items() if values}
    plumber = medians.get("pdfplumber")
    native = min((medians[name] for name in NATIVE if name in medians), default=None)
    speeds = [
        Speed(
            engine=name,
            does=ENGINES[name][0],
            median=median,
            low=min(times[name]),
            high=max(times[name]),
            megabytes=max(peaks[name]),
            times_pdfplumber=plumber / median if plumber else None,
            times_native=median / native if native else None,
        )
        for name, median in medians.items()
    ]
    return sorted(speeds, key=lambda speed: speed.median)


# whole commands -------------------------------------------------------------------------------------------------------


def _starts(file: Path, rounds: int, say: Callable[[str], None]) -> list[Trial]:
    say("start-up")
    plumber = (
        "import sys, pdfplumber\n"
        "with pdfplumber.open(sys.argv[1]) as d:\n"
        "    for p in d.pages[:25]: p.extract_text(); p.close()"
    )
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "peel --help": [*_PEEL, "--help"],
            "import spacy": [sys.executable, "-c", "import spacy"],
            f"peel extract {file.name}": [*_PEEL, "extract", str(file), "--outputs", f"{folder}/out", "--fresh", "-q"],
            f"pdfplumber, 25 pages of {file.name}": [sys.executable, "-c", plumber, str(file)],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                times[name].append(_timed(command)[0])
    return [Trial(name, statistics.median(spent), min(spent), max(spent)) for name, spent in times.items()]


def _runs(
    files: Sequence[Path], sizes: Sequence[int], workers: Sequence[int], say: Callable[[str], None]
) -> list[Trial]:
    """Run over copies: more reports, more workers, nothing changed, only rules changed."""
    trials = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in sizes:
            _copies(files, folder / f"in{size}", size)
            trials.append(_run(f"{size} reports, 1 worker", folder, size, 1, (), say))
        largest = max(sizes)
        for count in workers:
            if count > 1:
                outputs = ("--outputs", str(folder / f"out{largest}-{count}"))
                trials.append(_run(f"{largest} reports, {count} workers", folder, largest, count, outputs, say))
        trials.append(_run(f"{largest} reports again, unchanged", folder, largest, 1, (), say))
        rules = folder / "rules"
        shutil.copytree(rules_root(), rules)
        with (rules / "common" / "settings.toml").open("a", encoding="utf-8") as file:
            file.write("\n# other rules\n")
        trials.append(_run(f"{largest} reports, other rules", folder, largest, 1, ("--rules", str(rules)), say))
    return trials


def _copies(files: Sequence[Path], folder: Path, size: int) -> None:
    """Write copies of the files that differ in their last bytes."""
    folder.mkdir()
    for number in range(size):
        file = files[number % len(files)]
        (folder / f"{number:05}-{file.name}").write_bytes(file.read_bytes() + b"\n%% copy %d\n" % number)


def _run(name: str, folder: Path, size: int, workers: int, more: tuple[str, ...], say: Callable[[str], None]) -> Trial:
    say(name)
    outputs = () if "--outputs" in more else ("--outputs", str(folder / f"out{size}"))
    command = [*_PEEL, "extract", str(folder / f"in{size}"), "-q", "--workers", str(workers), *outputs, *more]
    seconds, parent, child = _timed(command, watch=True)
    return Trial(name, seconds, seconds, seconds, parent, child)


def _timed(command: Sequence[str], *, watch: bool = False) -> tuple[float, float | None, float | None]:
    """Run a command; return seconds, and the peak MB of it and of the largest process it started, where known."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    parent = child = None
    while watch and process.poll() is None and Path("/proc").is_dir():
        for pid, peak in _peaks(process.pid).items():
            if pid == process.pid:
                parent = max(parent or 0.0, peak)
            else:
                child = max(child or 0.0, peak)
        time.sleep(0.05)
    process.wait()
    return time.perf_counter() - start, parent, child


def _peaks(session: int) -> dict[int, float]:
    """Return the peak resident MB of each process of a session."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if os.getsid(int(entry.name)) == session:
                    status = (entry / "status").read_text()
                    found[int(entry.name)] = int(status.split("VmHWM:")[1].split()[0]) * 1024 / 1_000_000
            except (OSError, IndexError, ValueError):
                continue
    return found


def _machine() -> dict[str, str]:
    versions = {}
    for name in ("pypdfium2", "pdfplumber", "pdfminer.six", "pypdf", "spacy", "pyarrow"):
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            continue
    return {
        "measured": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}",
        "python": platform.python_version(),
        "peel": __version__,
        **versions,
    }


# telling it -----------------------------------------------------------------------------------------------------------


def markdown(found: Bench) -> str:
    """Return the tables as Markdown."""
    about = " · ".join(f"{name} {value}" for name, value in found.machine.items())
    rows = [
        f"# Speed\n\n{about}\n",
        f"{len(found.files)} files, {found.rounds} rounds, engines in turn, each in a fresh process. Median "
        "(lowest–highest).\n",
        "| engine | gives | ms per page | × pdfplumber | of the fastest C engine's time | peak MB |",
        "|---|---|---|---|---|---|",
    ]
    for speed in found.speeds:
        spread = f"{speed.median:.2f} ({speed.low:.2f}–{speed.high:.2f})"
        faster = f"{speed.times_pdfplumber:.1f}" if speed.times_pdfplumber else ""
        native = f"× {speed.times_native:.1f}" if speed.times_native else ""
        rows.append(f"| {speed.engine} | {speed.does} | {spread} | {faster} | {native} | {speed.megabytes:.0f} |")
    rows += ["", "| whole command | seconds |", "|---|---|"]
    rows += [f"| {trial.name} | {trial.seconds:.2f} ({trial.low:.2f}–{trial.high:.2f}) |" for trial in found.starts]
    rows += ["", "| run | seconds | peak MB, program | peak MB, its largest process |", "|---|---|---|---|"]
    for trial in found.runs:
        memory = [f"{peak:.0f}" if peak else "" for peak in (trial.parent, trial.child)]
        rows.append(f"| {trial.name} | {trial.seconds:.2f} | {memory[0]} | {memory[1]} |")
    return "\n".join(rows) + "\n"


def write(found: Bench, outputs: Path) -> list[Path]:
    """Write `bench.json`, `bench.md` and, where matplotlib is installed, the plot; return the paths."""
    folder = outputs / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / "bench.json", folder / "bench.md"]
    paths[0].write_text(json.dumps(asdict(found), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    paths[1].write_text(markdown(found), encoding="utf-8")
    try:
        from extractor.quality.bench_plot import plot
    except ImportError:
        return paths
    return paths + plot(found, folder)
