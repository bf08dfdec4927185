"""Many reports in one run: nothing twice, nothing lost, the same bytes whatever happens on the way."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import stand_in

from extractor import cli
from extractor.errors import Unreachable
from extractor.models import Box, Line, Page, Panel, Printed, Problem, Run
from extractor.reading import SUFFIXES
from extractor.runs import receipts, run
from extractor.runs.children import Failure, Limits
from extractor.runs.results import Result
from extractor.runs.run import extract_many
from extractor.tables import lines_cache, storage
from extractor.tables.read import read_extraction, read_rows


@pytest.fixture(autouse=True)
def plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files of plain words, in this process."""
    monkeypatch.setattr(run, "extract_task", stand_in.extract)
    monkeypatch.setattr(run, "isolated", stand_in.in_process)
    monkeypatch.setattr(run, "rules_version", lambda _root: stand_in.RULES.version)
    monkeypatch.setattr(run, "prepare", lambda _nursery: None)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with four reports, one of them partial, and one that fails."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, words in {
        "a.pdf": "id 2016-effectiveness-essex\nitem one\nitem two",
        "b.pdf": "id 2016-efficiency-essex\nitem a long one",
        "c.HTML": "id 2017-legitimacy-essex",
        "d.htm": "id 2015-legitimacy-essex\nwarn look here",
        "e.pdf": "break",
        "notes.txt": "not a report",
    }.items():
        (folder / name).write_text(words)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with its bytes."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def opened(tmp_path: Path) -> list[str]:
    """Names of the files that were opened, in order."""
    log = tmp_path / stand_in.OPENED
    return log.read_text().split() if log.exists() else []


# what is read and what is skipped -------------------------------------------------------------------------------------


def test_folder_becomes_tables_and_counts(reports: Path, tmp_path: Path) -> None:
    tally = extract_many([reports], tmp_path / "out")
    assert [tally.count(status) for status in ("ok", "partial", "failed")] == [3, 1, 1]
    assert (tally.findings, tally.flagged, tally.unchanged, tally.complete) == (3, 1, 0, False)
    assert {row["report_id"] for row in read_rows("reports", tmp_path / "out")} >= {"2016-effectiveness-essex"}
    assert [row["text"] for row in read_rows("findings", tmp_path / "out", "2016-effectiveness-essex")] == [
        "one",
        "two",
    ]


def test_second_run_opens_nothing_but_what_failed_in_passing(reports: Path, tmp_path: Path) -> None:
    extract_many([reports], tmp_path / "out")
    before, count = files(tmp_path / "out"), len(opened(tmp_path))
    tally = extract_many([reports], tmp_path / "out")
    assert opened(tmp_path)[count:] == ["e.pdf"]
    assert tally.unchanged == 4
    assert (tally.findings, tally.flagged, tally.count("partial")) == (3, 1, 1)
    assert files(tmp_path / "out") == before


def test_changed_bytes_are_read_again(reports: Path, tmp_path: Path) -> None:
    extract_many([reports], tmp_path / "out")
    (reports / "a.pdf").write_text("id 2016-effectiveness-essex\nitem three")
    count = len(opened(tmp_path))
    extract_many([reports], tmp_path / "out")
    assert sorted(opened(tmp_path)[count:]) == ["a.pdf", "e.pdf"]
    assert [row["text"] for row in read_rows("findings", tmp_path / "out", "2016-effectiveness-essex")] == ["three"]


def test_changed_rules_use_kept_lines(reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (reports / "e.pdf").unlink()
    extract_many([reports], tmp_path / "out")
    count = len(opened(tmp_path))
    rules = type("Rules", (), {"version": "other"})
    monkeypatch.setattr(run, "rules_version", lambda _root: rules.version)
    tally = extract_many([reports], tmp_path / "out")
    assert (tally.unchanged, len(opened(tmp_path))) == (0, count)
    assert {row["rules_version"] for row in read_rows("reports", tmp_path / "out")} == {"other"}


def test_fresh_reads_everything_again(reports: Path, tmp_path: Path) -> None:
    extract_many([reports], tmp_path / "out")
    before = files(tmp_path / "out")
    assert extract_many([reports], tmp_path / "out", fresh=True).unchanged == 0
    assert len(opened(tmp_path)) == 10
    assert files(tmp_path / "out") == before


def test_rules_that_differ_in_a_child_stop_the_run(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "extract_task", lambda _task: Failure("other_rules", "rules a are not b"))
    with pytest.raises(Unreachable, match="rules a are not b"):
        extract_many([reports], tmp_path / "out")
    assert not read_rows("reports", tmp_path / "out")


# files of one inspection ----------------------------------------------------------------------------------------------


def write_family(folder: Path) -> list[Path]:
    """Write four files of one inspection; `b.pdf` is the one to keep."""
    folder.mkdir()
    for name, words in {
        "z.html": "id 2016-effectiveness-essex\nitem one\nitem two\nmuch more text than the others have on their pages",
        "a.pdf": "id 2016-effectiveness-essex\nitem one",
        "b.pdf": "id 2016-effectiveness-essex\nitem one\nitem two",
        "c.pdf": "id 2016-effectiveness-essex\nitem one\nitem two",
    }.items():
        (folder / name).write_text(words)
    return sorted(folder.iterdir())


def test_pdf_then_longer_then_first_by_name_is_kept(tmp_path: Path) -> None:
    paths = write_family(tmp_path / "in")
    tally = extract_many([tmp_path / "in"], tmp_path / "out")
    (report,) = read_rows("reports", tmp_path / "out")
    assert Path(report["source"]).name == "b.pdf"
    found = {Path(row["source"]).name: row for row in read_rows("problems", tmp_path / "out")}
    assert {name: (row["code"], row["severity"]) for name, row in found.items()} == {
        "a.pdf": ("duplicate_report", "doubt"),  # its findings differ
        "c.pdf": ("duplicate_report", "note"),  # the same bytes
        "z.html": ("duplicate_report", "note"),  # the same findings
    }
    assert report["status"] == "partial"
    assert (len(tally.reports), tally.count("duplicate"), len(paths)) == (1, 3, 4)
    count = len(opened(tmp_path))
    assert extract_many([tmp_path / "in"], tmp_path / "out").unchanged == 4
    assert len(opened(tmp_path)) == count


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)])
def test_order_and_interruptions_do_not_matter(
    tmp_path: Path, order: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = write_family(tmp_path / "in")
    extract_many([tmp_path / "in"], tmp_path / "whole", workers=2)
    queue = run._Run._in_order

    def reordered(run: Any, tasks: list[Any]) -> Iterator[Any]:
        return iter(sorted(queue(run, tasks), key=lambda task: order.index(paths.index(Path(task.place)))))

    monkeypatch.setattr(run._Run, "_in_order", reordered)

    def stop(_result: Result) -> None:
        raise KeyboardInterrupt

    for _ in paths:
        with pytest.raises(KeyboardInterrupt):
            extract_many(
                [paths[number] for number in order], tmp_path / "parts", workers=1, on_result=stop, fresh=False
            )
            stop(Result("", "", ""))
    extract_many([paths[number] for number in order], tmp_path / "parts", workers=1)
    assert files(tmp_path / "parts") == files(tmp_path / "whole")


def test_better_file_that_comes_later_replaces_the_first(tmp_path: Path) -> None:
    write_family(tmp_path / "in")
    extract_many([tmp_path / "in" / "z.html"], tmp_path / "out")
    extract_many([tmp_path / "in"], tmp_path / "out")
    extract_many([tmp_path / "in"], tmp_path / "whole")
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_file_given_alone_is_extracted(tmp_path: Path) -> None:
    write_family(tmp_path / "in")
    extract_many([tmp_path / "in"], tmp_path / "out")
    extract_many([tmp_path / "in" / "z.html"], tmp_path / "out")
    assert [Path(row["source"]).name for row in read_rows("reports", tmp_path / "out")] == ["z.html"]
    assert not read_rows("problems", tmp_path / "out")


def test_a_part_that_takes_the_place_of_the_whole_is_told(reports: Path, tmp_path: Path) -> None:
    (reports / "whole.pdf").write_text("id 2015-effectiveness-kent\nitem one\nitem two")
    (reports / "part.pdf").write_text("id 2015-effectiveness-kent\nitem one")
    extract_many([reports / "whole.pdf"], tmp_path / "out")
    (result,) = extract_many([reports / "part.pdf"], tmp_path / "out").results
    assert result.message and "whole.pdf gave 2 findings, this file 1" in result.message
    (result,) = extract_many([reports / "whole.pdf"], tmp_path / "out").results
    assert result.message is None


# interruption ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", range(1, 30, 4))
def test_killed_at_any_write_one_more_run_gives_the_same_bytes(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: int
) -> None:
    (reports / "f.pdf").write_text("id 2016-effectiveness-essex\nitem one\nitem two\nlonger than the other")
    extract_many([reports], tmp_path / "whole", workers=1)
    real, left = storage._replace, [write]

    def dying(final: Path, data: bytes) -> None:
        left[0] -= 1
        if left[0] > 0:
            real(final, data)
            return
        final.parent.mkdir(parents=True, exist_ok=True)
        final.with_name(f".{final.name}.999999999-1.partial").write_bytes(data[:10])
        raise SystemExit("killed")

    monkeypatch.setattr(storage, "_replace", dying)
    with pytest.raises((SystemExit, OSError, Unreachable)):
        extract_many([reports], tmp_path / "killed", workers=1)
    monkeypatch.setattr(storage, "_replace", real)
    extract_many([reports], tmp_path / "killed", workers=1)
    assert files(tmp_path / "killed") == files(tmp_path / "whole")


def test_report_without_all_its_files_is_done_again(reports: Path, tmp_path: Path) -> None:
    extract_many([reports], tmp_path / "out")
    whole = files(tmp_path / "out")
    (tmp_path / "out/gradings/2016-effectiveness-essex.parquet").unlink()
    (tmp_path / "out/reports/2016-efficiency-essex.parquet").write_bytes(b"PAR1 torn")
    extract_many([reports], tmp_path / "out")
    assert files(tmp_path / "out") == whole


def test_report_that_is_recognised_otherwise_leaves_nothing_under_its_old_name(reports: Path, tmp_path: Path) -> None:
    words = (reports / "a.pdf").read_text()
    (reports / "a.pdf").write_text("break")
    extract_many([reports], tmp_path / "out")
    (reports / "a.pdf").write_text(words)
    (reports / "e.pdf").write_text("id 2015-efficiency-essex")
    extract_many([reports], tmp_path / "out")
    extract_many([reports], tmp_path / "whole")
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_two_runs_at_once_lose_nothing(reports: Path, tmp_path: Path) -> None:
    write_family(tmp_path / "more")
    paths = [reports, tmp_path / "more"]
    extract_many(paths, tmp_path / "whole")
    other = [0]

    def meanwhile(_result: Result) -> None:
        other[0] += 1
        if other[0] in (2, 5):  # a whole other run between two reports of this one
            extract_many(list(reversed(paths)), tmp_path / "both", fresh=other[0] == 5)

    extract_many(paths, tmp_path / "both", on_result=meanwhile)
    assert files(tmp_path / "both") == files(tmp_path / "whole")


def test_interference_is_noticed_and_mended(tmp_path: Path) -> None:
    write_family(tmp_path / "in")
    extract_many([tmp_path / "in"], tmp_path / "whole")
    after = [4]

    def other_run(_result: Result) -> None:
        after[0] -= 1
        if after[0] == 1:  # before the last file another run enters its own choice
            extract_many([tmp_path / "in" / "z.html"], tmp_path / "out")

    extract_many([tmp_path / "in"], tmp_path / "out", on_result=other_run)
    assert files(tmp_path / "out") == files(tmp_path / "whole")


# children, for once ---------------------------------------------------------------------------------------------------


def test_bad_reports_cost_only_themselves(reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(run, "extract_task", stand_in.extract)
    (reports / "crash.pdf").write_text("crash")
    (reports / "hang.pdf").write_text("hang")
    (reports / "bomb.pdf").write_text("bomb")
    tally = extract_many([reports], tmp_path / "out", workers=2, limits=Limits(seconds=2))
    codes = {Path(row["source"]).name: row["code"] for row in read_rows("problems", tmp_path / "out")}
    assert codes == {
        "bomb.pdf": "memory_limit",
        "crash.pdf": "worker_died",
        "d.htm": "stand_in",
        "e.pdf": "program_error",
        "hang.pdf": "time_limit",
    }
    assert (tally.count("ok"), tally.count("failed")) == (3, 4)
    failed = [row for row in read_rows("reports", tmp_path / "out") if row["status"] == "failed"]
    assert all(row["report_id"] == f"unknown-{row['sha256'][:12]}" for row in failed)


def test_killed_for_real(reports: Path, tmp_path: Path) -> None:
    for number in range(6):
        (reports / f"more{number}.pdf").write_text(f"id 2014-effectiveness-f{number}\nitem {number}")
    script = (
        "import stand_in; from extractor.runs import run; run.extract_task = stand_in.extract\n"
        "run.rules_version = lambda root: stand_in.RULES.version\n"
        "from pathlib import Path; import sys\n"
        "run.extract_many([sys.argv[1]], sys.argv[2], workers=2, on_result=lambda r: print(r.source, flush=True))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), *sys.path])}

    def run(outputs: str) -> subprocess.Popen[str]:
        arguments = [sys.executable, "-c", script, str(reports), str(tmp_path / outputs)]
        return subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True)

    with run("killed") as process:
        assert process.stdout is not None
        for _ in range(3):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    assert 0 < len(read_rows("reports", tmp_path / "killed")) <= 11
    extract_many([reports], tmp_path / "killed")
    extract_many([reports], tmp_path / "whole")
    assert files(tmp_path / "killed") == files(tmp_path / "whole")


# inputs ---------------------------------------------------------------------------------------------------------------


def test_odd_places_are_named_not_skipped(reports: Path, tmp_path: Path) -> None:
    (reports / "folder.pdf").mkdir()
    (reports / "loop.pdf").symlink_to("loop.pdf")
    (reports / "round").symlink_to(".")
    (reports / "._a.pdf").write_bytes(b"\0\5\26\7")
    os.mkfifo(reports / "pipe.pdf")
    for name in ("--flag.pdf", "a b\n\u202eünï.pdf", os.fsdecode(b"bad\xff.pdf")):
        (reports / name).write_text(f"id 2014-efficiency-x{len(name)}")
    tally = extract_many([reports], tmp_path / "out")
    troubles = {Path(result.source).name: result.message for result in tally.results if result.status == "failed"}
    assert troubles.keys() == {"e.pdf", "folder.pdf", "loop.pdf", "pipe.pdf"}
    assert "folder with no report" in (troubles["folder.pdf"] or "")
    assert "pipe" in (troubles["pipe.pdf"] or "")
    assert tally.count("ok") == 6
    assert [row["sha256"] for row in read_rows("reports", tmp_path / "out") if "loop" in row["source"]] == [None]
    assert extract_many([reports], tmp_path / "out").unchanged == 7


def test_patterns_are_expanded_and_outputs_are_not_inputs(reports: Path, tmp_path: Path) -> None:
    (reports / "out").mkdir()
    (reports / "out" / "page.html").write_text("id 2014-efficiency-essex")
    (reports / "below").mkdir()
    (reports / "below" / "g.PDF").write_text("id 2014-effectiveness-essex")
    names = {Path(result.source).name for result in extract_many([reports], reports / "out").results}
    assert names == {"a.pdf", "b.pdf", "c.HTML", "d.htm", "e.pdf", "g.PDF"}
    tally = extract_many([f"{reports}/*.pdf", f"{reports}/**/*.PDF"], tmp_path / "out")
    assert {Path(result.source).name for result in tally.results} == {"a.pdf", "b.pdf", "e.pdf", "g.PDF"}


def test_every_kind_of_saved_page_is_found_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number, suffix in enumerate(SUFFIXES):
        (tmp_path / "in" / f"page{suffix.upper()}").write_text(f"id 2014-effectiveness-f{number}")
    names = {Path(result.source).suffix.lower() for result in extract_many([tmp_path / "in"], tmp_path / "out").results}
    assert names == set(SUFFIXES) and ".webarchive" in names


def test_a_file_is_told_under_the_name_it_was_given(tmp_path: Path) -> None:
    for name in ("note.txt", "note.pdf"):
        (tmp_path / name).write_text("break")
        (result,) = extract_many([tmp_path / name], tmp_path / "out").results
        assert Path(result.source).name == name and result.status == "failed"


def test_a_copy_of_a_report_is_told_as_read_already(tmp_path: Path) -> None:
    for name in ("first.pdf", "again.pdf"):
        (tmp_path / name).write_text("id 2014-effectiveness-essex\nitem one")
        (result,) = extract_many([tmp_path / name], tmp_path / "out").results
    assert (Path(result.source).name, result.status) == ("again.pdf", "duplicate")
    assert "the same file as" in (result.message or "") and "read already" in (result.message or "")
    assert [Path(row["source"]).name for row in read_rows("reports", tmp_path / "out")] == ["first.pdf"]


def test_a_report_that_was_moved_is_found_in_its_new_place(tmp_path: Path) -> None:
    (tmp_path / "first.pdf").write_text("id 2014-effectiveness-essex\nitem one")
    extract_many([tmp_path / "first.pdf"], tmp_path / "out")
    (tmp_path / "first.pdf").rename(tmp_path / "moved.pdf")
    (result,) = extract_many([tmp_path / "moved.pdf"], tmp_path / "out").results
    assert (Path(result.source).name, result.status) == ("moved.pdf", "ok")
    assert [Path(row["source"]).name for row in read_rows("reports", tmp_path / "out")] == ["moved.pdf"]


def test_same_file_twice_is_one_file(reports: Path, tmp_path: Path) -> None:
    tally = extract_many([reports / "a.pdf", reports, f"{reports}/../reports/a.pdf"], tmp_path / "out")
    assert len(tally.results) == 5


# the command ----------------------------------------------------------------------------------------------------------


def test_command_counts_and_exits(reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outputs = str(tmp_path / "out")
    assert cli.main(["extract", str(reports), "--outputs", outputs]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    closing = f"5 reports: 3 ok, 1 partial, 1 failed · 3 findings (1 flagged) · {outputs}/problems"
    assert closing in printed.err.splitlines()[-2:] and "next: `peel review" in printed.err
    assert "FAILED    reports/e.pdf: break" not in printed.err
    assert "FAILED    reports/e.pdf: no such luck" in printed.err
    assert cli.main(["extract", str(reports), "--outputs", outputs, "--json", "-q"]) == 1
    printed = capsys.readouterr()
    assert printed.err == ""
    document = json.loads(printed.out)
    assert document["counts"]["unchanged"] == 4
    assert len(document["files"]) == 5


def test_nothing_to_read_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["extract", str(tmp_path / "none"), "--outputs", str(tmp_path / "out")]) == 2
    assert "no such file or folder" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_control_characters_of_names_do_not_reach_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a\x1b[31m\n\u202e.pdf").write_text("break")
    (tmp_path / "in" / "b.pdf").write_text("break it")
    cli.main(["extract", str(tmp_path / "in"), "--outputs", str(tmp_path / "out")])
    assert "a\\u001b[31m\\n\\u202e.pdf" in capsys.readouterr().err


# kept lines -----------------------------------------------------------------------------------------------------------


def test_kept_lines_come_back_as_they_were() -> None:
    run = Run("A ‘quoted’ word\u00ad", 70.1, 99.000001, 11.04, True, True, 0x112233, True)
    printed = Printed(
        source="x.pdf",
        sha256="ab" * 32,
        medium="pdf",
        lines=(
            Line(0, run.text, 1, Box(1, 70.1, 20.2, 99.000001, 31.3), "Arial", 11.04, True, False, 5, "P", (run, run)),
            Line(1, "no box, no runs"),
        ),
        pages=(Page(1, 595.32, 841.92, 17, 0.25),),
        panels=(Panel(Box(1, 0.1, 0.2, 0.3, 0.4), 0xFFFFFF, None), Panel(Box(1, 1, 2, 3, 4), None, 0)),
        meta={"Title": "“Ünï”"},
        problems=(Problem("", "x.pdf", "read", "page_damaged", "doubt", 1, "x.pdf: page 1 …"),),
    )
    kept = lines_cache.encode(printed)
    assert lines_cache.decode(kept, "x.pdf") == printed
    assert lines_cache.encode(printed) == kept
    moved = lines_cache.decode(kept, "new/other.pdf")
    assert moved is not None
    assert (moved.source, moved.problems[0].source) == ("new/other.pdf", "new/other.pdf")


@pytest.mark.parametrize(("medium", "before", "after"), [("pdf", "x: ", "y: "), ("web", "old/x: ", "new/y: ")])
def test_kept_lines_name_the_file_as_it_is_called_now(medium: str, before: str, after: str) -> None:
    def read(source: str, *words: str) -> Printed:
        problems = tuple(Problem("", source, "read", "page_damaged", "doubt", 1, said) for said in words)
        return Printed(source, "ab" * 32, medium, (Line(0, "text"),), problems=problems)

    kept = lines_cache.encode(read("old/x", f"{before}page 1", "page 2"))
    moved = read("new/y", f"{after}page 1", "page 2")
    assert lines_cache.decode(kept, "new/y") == moved and lines_cache.encode(moved) == kept


def test_damaged_or_older_lines_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = lines_cache.encode(Printed("x.pdf", "ab" * 32, "pdf", (Line(0, "text"),)))
    assert lines_cache.decode(kept[: len(kept) // 2], "x.pdf") is None
    monkeypatch.setattr(lines_cache, "reader_version", lambda _medium: "newer")
    assert lines_cache.decode(kept, "x.pdf") is None


def test_reader_version_covers_every_module_that_reads() -> None:
    code = "import sys, {0}; print(*(m.__file__ for n, m in sys.modules.items() if n.startswith('extractor.reading')))"
    for module in ("extractor.reading.pdf.document", "extractor.reading.web.page"):
        done = subprocess.run([sys.executable, "-c", code.format(module)], capture_output=True, text=True, check=True)
        assert {Path(name) for name in done.stdout.split()} <= set(lines_cache.reader_files()), module


def test_another_version_of_a_reading_library_reads_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before = lines_cache.digest_of_reader("pdf")
    monkeypatch.setattr(lines_cache, "version", lambda _library: "99")
    assert lines_cache.digest_of_reader("pdf") != before


# storage --------------------------------------------------------------------------------------------------------------


def test_extraction_is_read_back_from_the_tables(reports: Path, tmp_path: Path) -> None:
    extract_many([reports], tmp_path / "out")
    extraction = read_extraction(tmp_path / "out", "2016-effectiveness-essex")
    assert extraction is not None
    assert [finding.boxes for finding in extraction.findings] == [(Box(1, 70, 20, 300.25, 32),)] * 2
    assert read_extraction(tmp_path / "out", "2011-none") is None


def test_write_leaves_the_old_file_when_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = str(tmp_path / "deep" / "x.parquet")
    storage.write_bytes(place, b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        storage.write_bytes(place, b"new")
    assert {path.name: path.read_bytes() for path in (tmp_path / "deep").iterdir()} == {"x.parquet": b"old"}


def test_sweep_spares_files_of_living_processes(tmp_path: Path) -> None:
    (tmp_path / f".x.parquet.{os.getpid()}-0.partial").touch()
    (tmp_path / ".x.parquet.999999999-0.partial").touch()
    storage.sweep(str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == [f".x.parquet.{os.getpid()}-0.partial"]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_sweep_takes_files_of_killed_processes_that_nobody_waited_for(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    partial = tmp_path / f".x.parquet.{process.pid}-0.partial"
    partial.touch()
    storage.sweep(str(tmp_path))
    assert partial.exists()
    process.kill()
    while partial.exists():  # a killed process takes a moment to die
        storage.sweep(str(tmp_path))
    process.communicate()


def test_place_restores_an_address_that_a_path_folded() -> None:
    assert storage.place(Path("s3://bucket/x")) == "s3://bucket/x"
    assert storage.place("C:/reports") == "C:/reports"
    assert storage.join("s3://bucket/x/", "reports", "a") == "s3://bucket/x/reports/a"


def test_receipt_is_in_the_metadata_of_the_reports_file(reports: Path, tmp_path: Path) -> None:
    extract_many([reports / "a.pdf"], tmp_path / "out")
    receipt = receipts.ReportTables(str(tmp_path / "out")).receipts()["2016-effectiveness-essex"]
    assert (receipt.findings, receipt.flagged, receipt.status) == (2, 0, "ok")
    assert dict(receipt.row) == read_rows("reports", tmp_path / "out")[0]
