"""Many reports in one run: each in a child of its own, written as it finishes, nothing done twice, nothing lost.

A report is skipped when its bytes, the rules and the program are those of its receipt in the tables. The result does
not depend on the order of the files, on how many work at them and where, or on how often the run was interrupted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from extractor import __version__
from extractor.errors import RuleError, Unreachable
from extractor.rulebook.folder import rules_root, rules_version
from extractor.runs.children import Failure, Nursery, isolated, prepare
from extractor.runs.find_files import Input, find_inputs, with_hashes
from extractor.runs.limits import Limits
from extractor.runs.one_report import RULES_VARIABLE, Task, extract_task, failed_report
from extractor.runs.results import Result, Tally, gravest
from extractor.runs.workers import executor_for
from extractor.tables import storage
from extractor.tables.sources import file_of, root_of, stored_name

if TYPE_CHECKING:
    from extractor.runs.one_report import Done
    from extractor.runs.receipts import Copy, Receipt

# A run may have failed on these for lack of time, memory or access; the next run tries again.
PASSING = ("worker_died", "time_limit", "memory_limit", "program_error", "unreadable_file")
# What fails for one report for these would fail for all.
OF_THE_RUN = {"bad_rules": RuleError, "other_rules": Unreachable, "unreachable": Unreachable}
_MANY = 64  # reports for which preparing the rules once, for all children, pays
_TRIES = 3  # at a report whose cluster worker is lost


def extract_many(
    paths: Sequence[str | Path],
    outputs: str | Path = "outputs",
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    rules: str | Path | None = None,
    fresh: bool = False,
    limits: Limits = Limits(),  # noqa: B008 - immutable
    on_plan: Callable[[int, int], None] = lambda _todo, _unchanged: None,
    on_result: Callable[[Result], None] = lambda _result: None,
) -> Tally:
    """Extract every report at the paths (files, folders, patterns, `s3://…`) into the tables of `outputs`.

    `on_plan` is told how many files are to be read and how many are unchanged, `on_result` of each file, once, as it is
    done.

    The rules are read and checked by whoever reads a report: where nothing is to be read, their bytes alone count.

    Raises:
        RuleError: the rules cannot be used.
        Unreachable: the cluster or object store cannot be reached.
        OSError: the outputs cannot be written.
    """
    folder = storage.absolute(storage.place(outputs))
    found = find_inputs(paths, skip=folder)
    tally = Tally(nothing=found.nothing, passed_over=found.passed_over)
    if not found.inputs:
        return tally
    root = Path(rules).absolute() if rules else rules_root()
    remote = any(map(storage.is_remote, (folder, found.inputs[0].place)))
    nursery = _nursery(str(root), len(found.inputs), remote=remote)
    inputs = with_hashes(_named(found.inputs, folder))
    if scheduler is None and (fresh or not _kept_lines(folder).issuperset(map(_lines_of, inputs))):
        prepare(nursery)  # there is something to read: let the imports run meanwhile
    run = _Run(folder, str(root) if rules else None, rules_version(root), fresh, inputs, on_result)
    on_plan(len(inputs) - run.unchanged, run.unchanged)
    with executor_for(scheduler, workers, len(run.tasks)) as (executor, width):
        run.work(run.tasks, executor, width, limits, nursery)
        for _ in range(_TRIES):
            run.work(run.unsettled(), executor, width, limits, nursery)
    run.tables.sweep()
    tally.results, tally.carried_over = run.results(), run.carried_over
    return tally


def _named(inputs: list[Input], outputs: str) -> list[Input]:
    """Return the inputs with the names that the tables give them."""
    root = root_of(outputs)
    return [replace(item, name=stored_name(item.place, root)) for item in inputs]


def _kept_lines(outputs: str) -> set[str]:
    return storage.names(storage.join(outputs, storage.LINES))


def _lines_of(item: Input) -> str:
    return storage.kept_name(item.sha256)


def _nursery(rules: str, inputs: int, *, remote: bool) -> Nursery:
    preload = ("extractor.runs.preload", "s3fs") if remote else ("extractor.runs.preload",)
    return Nursery(preload, ((RULES_VARIABLE, rules),) if inputs >= _MANY else ())


class _Run:
    """One run: what is to be done, and what the tables hold of the files that take part."""

    def __init__(
        self,
        outputs: str,
        rules: str | None,
        rules_version: str,
        fresh: bool,
        inputs: list[Input],
        on_result: Callable[[Result], None],
    ) -> None:
        from extractor.runs.receipts import ReportTables

        self.tables = ReportTables(outputs)
        self.rules, self.rules_version, self.fresh, self.on_result = rules, rules_version, fresh, on_result
        self.copies: dict[str, list[Input]] = defaultdict(list)  # by the hash of their bytes
        for item in sorted(inputs, key=lambda item: (PurePosixPath(item.source).name, item.source)):
            self.copies[item.sha256].append(item)
        self.held: dict[str, Receipt] = {}  # report_id → what this run found or entered
        self.messages: dict[str, str | None] = {}  # report_id → the problem that matters, of reports just read
        self.kept: list[Result] = []  # files that could not be read anew
        self.told: set[str] = set()  # sources of which `on_result` knows
        self.tables.sweep()
        self.old = self.tables.receipts()
        self.carried_over = 0
        self._drop_superseded()
        self._carry_over()
        self.done = self._already_done()
        self.unchanged = sum(len(self.copies[sha256]) for sha256 in self.done)
        self.touched: set[str] = set()
        self.tasks = [self._task(items[0]) for sha256, items in self.copies.items() if sha256 not in self.done]

    def _drop_superseded(self) -> None:
        """Forget failures of files that now hold other bytes."""
        now = {item.source: item.sha256 for items in self.copies.values() for item in items}
        for report_id, receipt in list(self.old.items()):
            kept = receipt.kept
            failed = report_id.startswith("unknown-") and receipt.row["status"] == "failed"
            if failed and now.get(kept.source, kept.sha256) != kept.sha256 and kept.sha256 not in self.copies:
                self.tables.drop(report_id, kept.sha256)
                del self.old[report_id]

    def _carry_over(self) -> None:
        """Leave reports as they are that a change of the rules does not concern."""
        receipts = (receipt for receipt in self.old.values() if receipt.kept.sha256 in self.copies)
        waiting = [receipt for receipt in receipts if self._is_of_other_rules(receipt) and self._is_as_given(receipt)]
        if waiting:
            from extractor.runs.carry_over import carried_over

            current = carried_over(waiting, self.tables, self.rules, self.rules_version)
            self.carried_over = len(current)
            self.old |= current

    def _already_done(self) -> set[str]:
        """Return the hashes of the bytes that need no work, and take over their receipts."""
        owners = defaultdict(list)
        for receipt in self.old.values():
            owners[receipt.kept.sha256].append(receipt)
        done = set()
        for sha256, receipts in owners.items():
            if sha256 in self.copies and len(receipts) == 1 and self._is_current(receipts[0]):
                if not self._is_where_it_was(receipts[0]):
                    continue
                receipt = self._as_given(receipts[0])
                self.held[receipt.report_id] = receipt
                done |= {sha256, *(copy.sha256 for copy in receipt.others)}
        return done

    def _is_where_it_was(self, receipt: Receipt) -> bool:
        """Tell whether the tables name the file by a name it still has; one that failed is told under its own."""
        place = receipt.kept.source
        if any(item.source == place for item in self.copies[receipt.kept.sha256]):
            return True
        return receipt.row["status"] != "failed" and (
            storage.is_remote(place) or file_of(place, self.tables.outputs).is_file()
        )

    def _is_current(self, receipt: Receipt) -> bool:
        return receipt.row["rules_version"] == self.rules_version and self._may_stand(receipt)

    def _is_of_other_rules(self, receipt: Receipt) -> bool:
        return receipt.row["rules_version"] != self.rules_version and self._may_stand(receipt)

    def _is_as_given(self, receipt: Receipt) -> bool:
        """Tell whether the tables name a report's files as they would if the files of this run were read anew."""
        named = self.copies[receipt.kept.sha256][0].source == receipt.kept.source
        return named and self._as_given(receipt).others == receipt.others

    def _as_given(self, receipt: Receipt) -> Receipt:
        """Return the receipt with those of its other files that take part in this run, as they are called in it."""
        return self._with_others(receipt, [copy for copy in receipt.others if copy.sha256 in self.copies])

    def _may_stand(self, receipt: Receipt) -> bool:
        same_program = receipt.row["extractor_version"] == __version__
        return not self.fresh and same_program and receipt.cause not in PASSING

    def _with_others(self, receipt: Receipt, others: list[Copy]) -> Receipt:
        """Return the receipt with other copies, and with every file of this run that has the bytes of one of them."""
        every = {
            replace(copy, source=item.source)
            for copy in (receipt.kept, *others)
            for item in self.copies[copy.sha256]
            if (copy.sha256, item.source) != (receipt.kept.sha256, receipt.kept.source)
        }
        return replace(receipt, others=tuple(sorted(every, key=lambda copy: copy.rank)))

    def _task(self, item: Input) -> Task:
        place = item.place if item.trouble else storage.absolute(item.place)
        return Task(place, item.source, item.sha256, self.tables.outputs, self.rules, self.rules_version, self.fresh)

    # doing it ---------------------------------------------------------------------------------------------------------

    def work(self, tasks: list[Task], executor: Executor, width: int, limits: Limits, nursery: Nursery) -> None:
        """Extract the tasks' files, and enter each into the tables as it is done."""
        queue = iter(self._in_order(tasks))
        pending: dict[Future[list[Any]], tuple[Task, int]] = {}
        while True:
            while len(pending) < 2 * width and (task := next(queue, None)):
                pending[executor.submit(isolated, extract_task, [task], limits, nursery)] = (task, 1)
            if not pending:
                return
            for future in wait(pending, return_when=FIRST_COMPLETED).done:
                task, tries = pending.pop(future)
                lost = CancelledError("the scheduler is gone") if future.cancelled() else future.exception()
                if lost is None:
                    self._take(task, future.result()[0])
                elif tries < _TRIES and not isinstance(lost, CancelledError):
                    pending[executor.submit(isolated, extract_task, [task], limits, nursery)] = (task, tries + 1)
                else:
                    raise Unreachable(
                        f"the workers are lost ({type(lost).__name__}: {lost}); what was finished is written: start "
                        "the scheduler and its workers again, then run the same command again"
                    )

    def _in_order(self, tasks: list[Task]) -> Iterator[Task]:
        """Yield large files first, then those with kept lines."""
        kept = set() if self.fresh else _kept_lines(self.tables.outputs)
        again, new = [], []
        for task in tasks:
            item = self.copies[task.sha256][0]
            if item.trouble:
                self._take(task, Failure("unreadable_file", f"cannot be opened: {item.trouble}"))
            elif storage.kept_name(task.sha256) in kept:
                again.append(task)
            else:
                new.append((item.size, task))
        yield from (task for _, task in sorted(new, key=lambda pair: -pair[0]))
        yield from again

    def _take(self, task: Task, answer: Done | Failure) -> None:
        """Enter what came back into the tables, beside or in place of another file of the same inspection."""
        done = self._failed(task, answer) if isinstance(answer, Failure) else answer
        if done is None:
            return
        receipt, kept = self._enter(done), done.receipt.kept
        report_id = receipt.report_id
        self.held[report_id] = receipt
        self.touched.add(report_id)
        self.messages[report_id] = _lost(self.old.get(report_id), receipt) or gravest(done.problems)
        self._drop_under_other_ids(receipt, kept)
        same = (copy for copy in receipt.others if copy.sha256 == kept.sha256 and copy != kept)
        for copy in (kept, *same):
            self._tell(self._result(receipt, copy))

    def _failed(self, task: Task, failure: Failure) -> Done | None:
        """Return what a failure puts into the tables; None where they keep what an earlier run found.

        Raises:
            PeelError: no other report of the run would fare better.
        """
        if failure.code in OF_THE_RUN:
            raise OF_THE_RUN[failure.code](failure.message)
        if failure.code in PASSING and (good := self._good(task)):
            self._keep(good, task, failure)
            return None
        return failed_report(task, failure)

    def _drop_under_other_ids(self, receipt: Receipt, kept: Copy) -> None:
        """Take out what other rules made of the same bytes, where they named the report otherwise."""
        for earlier in self.old.values():
            if earlier.kept.sha256 == kept.sha256 and earlier.report_id != receipt.report_id:
                self.tables.drop(earlier.report_id, kept.sha256)

    def _tell(self, result: Result) -> None:
        """Tell of a file, once: it is read again where another run interfered."""
        if result.source not in self.told:
            self.told.add(result.source)
            self.on_result(result)

    def _enter(self, done: Done) -> Receipt:
        """Write what was read in place of what stands there, or beside it where that ranks higher."""
        kept, holder = done.receipt.kept, self.held.get(done.receipt.report_id)
        if holder is None or kept.sha256 == holder.kept.sha256 or kept.rank < holder.kept.rank:
            rest = [] if holder is None else [*holder.others, holder.kept]
            receipt = self._with_others(done.receipt, [copy for copy in rest if copy.sha256 != kept.sha256])
            self.tables.enter(receipt, done.files, done.problems)
        else:
            receipt = self._with_others(holder, [*holder.others, kept])
            self.tables.add_others(receipt)
        return receipt

    def _good(self, task: Task) -> Receipt | None:
        """Return the receipt of what an earlier run made of the same bytes, where that was good."""
        for receipt in self.old.values():
            copies = (receipt.kept, *receipt.others)
            if receipt.row["status"] != "failed" and any(copy.sha256 == task.sha256 for copy in copies):
                return receipt
        return None

    def _keep(self, receipt: Receipt, task: Task, failure: Failure) -> None:
        """Tell of a failure that may pass; the tables keep what they have of the report."""
        words = f"{PurePosixPath(task.source).name}: {failure.message}; the tables keep what an earlier run found"
        self.kept.append(Result(task.source, receipt.report_id, "failed", message=words))
        self._tell(self.kept[-1])

    def unsettled(self) -> list[Task]:
        """Write down what is known of duplicates; return the files to read again because another run interfered."""
        again = []
        for report_id, receipt in self.held.items():
            before = self.old.get(report_id)
            new = set(receipt.others) - set(before.others if before else ())
            if receipt.others and (report_id in self.touched or new) and not self.tables.add_others(receipt):
                again.append(self._task(self.copies[receipt.kept.sha256][0]))
        return again

    def results(self) -> list[Result]:
        """Return what became of each file, in order of source."""
        given = {item.source for items in self.copies.values() for item in items}
        found = [
            self._result(receipt, copy)
            for receipt in self.held.values()
            for copy in (receipt.kept, *receipt.others)
            if copy.source in given
        ]
        return sorted([*found, *self.kept], key=lambda result: result.source)

    def _result(self, receipt: Receipt, copy: Copy) -> Result:
        unchanged = copy.sha256 in self.done
        message = self.messages.get(receipt.report_id)
        if receipt.status == "failed" and message is None:
            message = gravest(self.tables.problems(receipt.report_id))
        if copy != receipt.kept and receipt.status == "failed":
            name = PurePosixPath(receipt.kept.source.replace("\\", "/")).name
            words = f"{message.removeprefix(f'{name}: ')} (the same file as {name})" if message else None
            return Result(copy.source, receipt.report_id, "failed", unchanged=unchanged, message=words)
        if copy != receipt.kept:
            same = "file" if copy.sha256 == receipt.kept.sha256 else "inspection"
            words = f"the same {same} as {receipt.kept.source}, which is read already: {receipt.report_id}"
            return Result(copy.source, receipt.report_id, "duplicate", unchanged=unchanged, message=words)
        return Result(
            copy.source, receipt.report_id, receipt.status, receipt.findings, receipt.flagged, unchanged, message
        )


def _lost(before: Receipt | None, now: Receipt) -> str | None:
    """Say that a file given alone has taken the place of one in which more was found, perhaps as a part of it."""
    if before is None or before.kept.sha256 == now.kept.sha256 or before.findings <= now.findings:
        return None
    name = PurePosixPath(before.kept.source.replace("\\", "/")).name
    return (
        f"{name} gave {before.findings} findings, this file {now.findings}; if it is only a part, read the whole again"
    )
