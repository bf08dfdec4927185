"""Change conditions and numbers of the deciding rooms, one at a time, and count how many a test notices.

    python tests/mutation.py --sample 40 --seed 1

A developers' tool (cosmic-ray, in the extra `dev`): it works in a copy of the checkout, takes a seeded sample of all
changes to the rooms, and runs their tests once for each. The last score is in tests/README.md.
"""

from __future__ import annotations

import argparse
import random
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cosmic_ray import commands
from cosmic_ray.config import ConfigDict
from cosmic_ray.modules import filter_paths, find_modules
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkItem, WorkResult

ROOT = Path(__file__).parents[1]
ROOMS = ("extractor/layout", "extractor/report")
TESTS = "tests/layout tests/report tests/test_laws.py tests/quality/test_gold.py"
OPERATORS = (  # those that make another decision; changes to annotations and decorators make none
    "core/AddNot",
    "core/NumberReplacer",
    "core/ReplaceAndWithOr",
    "core/ReplaceOrWithAnd",
    "core/ReplaceComparisonOperator",
    "core/ReplaceFalseWithTrue",
    "core/ReplaceTrueWithFalse",
    "core/ReplaceUnaryOperator_Delete_Not",
    "core/ReplaceBreakWithContinue",
    "core/ReplaceContinueWithBreak",
    "core/ZeroIterationForLoop",
)


def main() -> int:
    """Run the sample and print each change that no test noticed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sample", type=int, default=40, help="changes to try (default: 40)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another sample (default: 1)")
    parser.add_argument("--timeout", type=float, default=300, help="seconds for the tests of one change")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "outputs", "__pycache__"))
        session = Path(folder) / "session.sqlite"
        with use_db(session) as database:
            _plan(copy, database, args.sample, args.seed)
        _run(copy, session, args.timeout)
        with use_db(session) as database:
            return _report(database, copy)


def _plan(copy: Path, database: WorkDB, size: int, seed: int) -> None:
    """List every change, and put all but a sample aside."""
    modules = filter_paths(find_modules([copy / room for room in ROOMS]), [])
    commands.init(modules, database, {})
    jobs = sorted(database.pending_work_items, key=_place)
    deciding = [job for job in jobs if job.mutations[0].operator_name.startswith(OPERATORS)]
    chosen = {job.job_id for job in random.Random(seed).sample(deciding, min(size, len(deciding)))}
    for job in jobs:
        if job.job_id not in chosen:
            database.set_result(job.job_id, WorkResult(worker_outcome=WorkerOutcome.SKIPPED))


def _place(job: WorkItem) -> tuple[str, tuple[int, int], str, int]:
    change = job.mutations[0]
    return str(change.module_path), change.start_pos, change.operator_name, change.occurrence


def _run(copy: Path, session: Path, timeout: float) -> None:
    command = f"{shlex.quote(sys.executable)} -m pytest -x -q -p no:cacheprovider {TESTS}"
    settings = ConfigDict({
        "module-path": [str(copy / room) for room in ROOMS],
        "timeout": timeout,
        "excluded-modules": [],
        "test-command": f"env PYTHONPATH={shlex.quote(str(copy))} {command}",
        "distributor": {"name": "local"},
    })  # fmt: skip
    file = session.with_suffix(".toml")
    from cosmic_ray.config import serialize_config

    file.write_text(serialize_config(settings), encoding="utf-8")
    subprocess.run([Path(sys.executable).with_name("cosmic-ray"), "exec", file, session], cwd=copy, check=True)


def _report(database: WorkDB, copy: Path) -> int:
    tried = list(_tried(database))
    for job, result in tried:
        if result.test_outcome == TestOutcome.SURVIVED:
            change = job.mutations[0]
            where = Path(change.module_path)
            where = where.relative_to(copy) if where.is_relative_to(copy) else where
            print(f"survived {where}:{change.start_pos[0]} {change.operator_name}\n{result.diff or ''}")
    killed = sum(result.test_outcome != TestOutcome.SURVIVED for _, result in tried)
    print(f"{killed} of {len(tried)} changes noticed")
    return 0 if tried and killed / len(tried) >= 0.85 else 1


def _tried(database: WorkDB) -> Iterator[tuple[WorkItem, WorkResult]]:
    jobs = {job.job_id: job for job in database.work_items}
    for job_id, result in database.results:
        if result.worker_outcome == WorkerOutcome.NORMAL:
            yield jobs[job_id], result


if __name__ == "__main__":
    sys.exit(main())
