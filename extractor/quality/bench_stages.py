"""Where the time goes: a page by stage, a report, a run; beside pdfplumber and the C engine in the same processes."""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from extractor.quality.stages import FLOOR, PLUMBER, STAGES
from extractor.rulebook.folder import rules_root, rules_version
from extractor.rulebook.load import load_rules
from extractor.runs.children import Failure, Nursery, isolated, local_executor
from extractor.runs.limits import Limits
from extractor.runs.one_report import RULES_VARIABLE, Task, failed_report

_NURSERY = Nursery(("extractor.runs.preload",), ((RULES_VARIABLE, str(rules_root())),))
_TIMES = 20  # that what a report costs is done
_STARTS = {
    "the program's own imports": "import extractor.cli.progress, extractor.runs.run, extractor.runs.receipts",
    "the server of children": "import extractor.runs.preload",
    "import spacy": "import spacy",
    "peel --help": "import extractor.cli; extractor.cli.parser_of(extractor.cli.VERBS).format_help()",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Files of one kind; milliseconds a page, each the mean over files of their medians."""

    name: str
    files: int
    pages: int
    stages: dict[str, float]
    chain: float  # all stages together
    floor: float
    plumber: float
    times_floor: float  # median over files
    times_plumber: float  # likewise
    worst: float  # the file that gains least over pdfplumber


@dataclass(frozen=True, slots=True)
class Stages:
    """All that was measured."""

    rounds: int
    groups: list[Group]
    report: dict[str, float]  # ms that a report costs, whatever its pages
    start: dict[str, float]  # ms of the processor that a run costs, whatever its reports


def measure_stages(files: Sequence[Path], rounds: int, say: Callable[[str], None] = lambda _words: None) -> Stages:
    """Measure the stages of each file in a fresh process, as often as there are rounds, in changing order."""
    found: dict[Path, list[dict[str, Any]]] = defaultdict(list)
    chance, turns = random.Random(0), list(files)
    for number in range(rounds):
        say(f"stages, round {number + 1} of {rounds}")
        chance.shuffle(turns)
        for file in turns:
            command = [sys.executable, "-m", "extractor.quality.stages", str(file)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                say(f"{file.name} could not be measured: {done.stderr.strip().splitlines()[-1:]}")
                continue
            found[file].append(json.loads(done.stdout))
    kinds = {"text drawn in lines": False, "drawn glyph by glyph": True}
    groups = {name: [each for each in found.values() if each[0]["by_glyph"] is kind] for name, kind in kinds.items()}
    say("what a report and a run cost")
    return Stages(rounds, [_group(name, each) for name, each in groups.items() if each], _report(), _start(rounds))


def _group(name: str, found: Sequence[Sequence[dict[str, Any]]]) -> Group:
    """Return the means over files of the medians over rounds."""
    files = [_medians([each["spent"] for each in of_file]) for of_file in found]
    chains = [sum(spent[stage] for stage in STAGES) for spent in files]
    gains = [spent[PLUMBER] / chain for spent, chain in zip(files, chains, strict=True)]

    def mean(stage: str) -> float:
        return statistics.mean(spent[stage] for spent in files)

    return Group(
        name=name,
        files=len(files),
        pages=sum(of_file[0]["pages"] for of_file in found),
        stages={stage: mean(stage) for stage in STAGES},
        chain=statistics.mean(chains),
        floor=mean(FLOOR),
        plumber=mean(PLUMBER),
        times_floor=statistics.median(chain / spent[FLOOR] for spent, chain in zip(files, chains, strict=True)),
        times_plumber=statistics.median(gains),
        worst=min(gains),
    )


def _medians(rounds: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: statistics.median(spent[name] for spent in rounds) for name in rounds[0]}


def _report() -> dict[str, float]:
    """Return the ms of the clock that a report costs in a new child, in a used one, and in the program itself."""
    from extractor.runs.receipts import ReportTables

    def new() -> None:
        with local_executor(1) as executor:
            executor.submit(isolated, nothing, [None], Limits(), _NURSERY).result()

    def used() -> None:
        isolated(nothing, [None], Limits(), _NURSERY)

    with tempfile.TemporaryDirectory() as folder:
        tables = ReportTables(folder)
        task = Task("", "report.pdf", "0" * 64, folder, None, rules_version())
        done = failed_report(task, Failure("time_limit", ""))

        def enter() -> None:
            tables.enter(replace(done.receipt), done.files, done.problems)

        def set_up() -> None:
            load_rules()
            failed_report(task, Failure("time_limit", ""))

        steps = {
            "a new child": new,
            "a used child": used,
            "set-up: rules at hand, tables of nothing": set_up,
            "entering it in the tables": enter,
        }
        return {name: _median_ms(step) for name, step in steps.items()}


def nothing(_item: None) -> None:
    """Do nothing, in a child."""


def _median_ms(step: Callable[[], None]) -> float:
    step()
    spent = []
    for _ in range(_TIMES):
        start = time.perf_counter()
        step()
        spent.append(1000 * (time.perf_counter() - start))
    return statistics.median(spent)


def _start(rounds: int) -> dict[str, float]:
    """Return the ms of the processor that each part of the start takes, in a process of its own."""
    spent: dict[str, list[float]] = {name: [] for name in _STARTS}
    for _ in range(rounds):
        for name, code in _STARTS.items():
            before = sum(os.times()[2:4])
            subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
            spent[name].append(1000 * (sum(os.times()[2:4]) - before))
    return {name: statistics.median(each) for name, each in spent.items()}


# telling it -----------------------------------------------------------------------------------------------------------


def markdown(found: Stages) -> str:
    """Return the tables as Markdown."""
    rows = ["# Where the time goes\n", f"{found.rounds} rounds; milliseconds of the processor for a page.\n"]
    rows += [
        "| stage |" + "".join(f" {_about(group)} |" for group in found.groups),
        "|---" * len([0, *found.groups]) + "|",
    ]
    rows += [_row(stage, [group.stages[stage] for group in found.groups]) for stage in STAGES]
    for name in ("chain", "floor", "plumber", "times_floor", "times_plumber", "worst"):
        rows.append(_row(_WORDS[name], [getattr(group, name) for group in found.groups]))
    rows += ["", "| a report, whatever its pages | ms |", "|---|---|", *(_row(*each) for each in _single(found.report))]
    rows += ["", "| a start | ms of the processor |", "|---|---|", *(_row(*each) for each in _single(found.start))]
    return "\n".join(rows) + "\n"


_WORDS = {
    "chain": "**all together**",
    "floor": FLOOR,
    "plumber": f"{PLUMBER}, text alone",
    "times_floor": "all together, times the C calls (median file)",
    "times_plumber": "faster than pdfplumber, times (median file)",
    "worst": "the same, worst file",
}


def _about(group: Group) -> str:
    return f"{group.name}: {group.files} files, {group.pages} pages"


def _single(values: dict[str, float]) -> list[tuple[str, list[float]]]:
    return [(name, [value]) for name, value in values.items()]


def _row(name: str, values: Sequence[float]) -> str:
    return f"| {name} |" + "".join(f" {value:.2f} |" for value in values)


def write(found: Stages, folder: Path) -> list[Path]:
    """Write `stages.json` and `stages.md` into a folder; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / "stages.json", folder / "stages.md"]
    paths[0].write_text(json.dumps(asdict(found), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    paths[1].write_text(markdown(found), encoding="utf-8")
    return paths
