"""How all verbs behave alike: exit codes, suggestions, silence, JSON and CSV, what comes next, asking before harm."""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor import cli
from extractor.cli import main, parser_of
from extractor.phrasing import pages, shortened, typed, with_label

SPECIMENS = Path(__file__).parents[2] / "corpus" / "specimens"
NORFOLK = ("2021-22-integrated-norfolk", "2023-25-integrated-norfolk")
READING = ("list", "show norfolk-2023", "find coast", "due", "compare norfolk", "check", "check --store")
pytestmark = pytest.mark.usefixtures("office")
EXAMPLES = [(verb.NAME, example) for verb in cli.VERBS for example in verb.EXAMPLES]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which two reports of one force were read."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "peel.toml").touch()
    reports = [str(SPECIMENS / f"specimen-{cycle}.pdf") for cycle in ("2021-22", "2023-25")]
    assert main(["extract", *reports, "--workspace", str(folder), "--workers", "1", "-q"]) == 0
    return folder


@pytest.fixture
def office(read: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Path]:
    """The workspace, stood in; the terminal holds nothing yet."""
    monkeypatch.chdir(read)
    monkeypatch.delenv("PEEL_WORKSPACE", raising=False)
    capsys.readouterr()
    yield read


@pytest.fixture
def copy(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of one's own, to do harm in."""
    shutil.copytree(office, tmp_path / "copy")
    monkeypatch.chdir(tmp_path / "copy")
    return tmp_path / "copy"


def peel(line: str) -> int:
    """Run a command line and return how it ends, whether a verb or its parser ended it."""
    try:
        return main(shlex.split(line))
    except SystemExit as end:
        return int(end.code or 0)


# exit codes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("list", 0),
        ("list norfolk", 0),
        ("find coast", 0),
        ("find nothingofthekind", 0),
        ("show norfolk 2023", 0),
        ("show norfolk-2023/q4-coc-1", 0),
        ("show 2021-22-integrated-norfolk/q2-inn-1", 0),
        ("compare Norfolk Constabulary", 0),
        ("check --store", 0),
        ("help", 0),
        ("help find", 0),
        ("due", 1),
        ("check --gold .", 1),
        ("check --from-verdicts", 1),
        ("", 2),
        ("list nosuch", 2),
        ("list --outputs nosuch", 2),
        ("show nosuch", 2),
        ("show norfolk", 2),
        ("show norfolk-2023/Q9-AFI-9", 2),
        ("show norfolk-2023 --why", 2),
        ("show norfolk-2023/Q4-COC-1 --png place.jpg", 2),
        ("find coast --force nosuch", 2),
        ("find coast --year 1899", 2),
        ("find coast --question nosuch", 2),
        ("find coast --theme nosuch", 2),
        ("find coast --kind nosuch", 2),
        ("find coast --json --csv", 2),
        ("find coast --outputs nosuch", 2),
        ("respond nosuch", 2),
        ("respond norfolk 2023 --to answer.pdf", 2),
        ("respond --copy-template ours.doc", 2),
        ("respond --check nosuch.docx", 2),
        ("respond --read nosuch.docx --by A", 2),
        ("respond --publish nosuch.docx", 2),
        ("respond norfolk 2023 --template nosuch.docx", 2),
        ("respond norfolk 2023 --settings nosuch.toml", 2),
        ("due --ics late.pdf", 2),
        ("due --outputs nosuch", 2),
        ("export nosuch", 2),
        ("export --outputs nosuch", 2),
        ("compare nosuch", 2),
        ("compare", 2),
        ("compare norfolk --same Q9-AFI-9 2021 Q4-AFI-1 --by A", 2),
        ("compare --verdict one two confirmed --by A", 2),
        ("review nosuch", 2),
        ("review", 2),
        ("review --apply nosuch.json", 2),
        ("check --gold nosuch", 2),
        ("check --against nosuch", 2),
        ("check --rules nosuch", 2),
        ("check --from-verdicts nosuch.csv", 2),
        ("remove nosuch --yes", 2),
        ("remove 2023", 2),
        ("extract nosuch.pdf", 2),
        ("bench nosuch.pdf", 2),
        ("fetch --manifest nosuch.csv", 2),
        ("list --workspace nosuch", 2),
        ("lst", 2),
        ("help lst", 2),
        ("--hlep", 2),
    ],
)
def test_how_it_ends(line: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert peel(line) == code
    said = capsys.readouterr()
    assert "Traceback" not in said.err and (code != 2 or said.err.strip() or said.out.startswith("usage"))


@pytest.mark.parametrize("verb", ["list", "find x", "due", "show x", "export", "compare --all", "review x", "remove x"])
def test_a_folder_that_is_not_there_is_named_with_what_makes_it(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert peel(f"{verb} --outputs elsewhere") == 2
    told = capsys.readouterr().err
    assert "no folder elsewhere" in told and "`peel extract FILE --outputs elsewhere`" in told


# what may have been meant --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("lst", "did you mean list?"),
        ("exrtact a.pdf", "did you mean extract"),
        ("--hlep", "did you mean --help?"),
        ("find --forse x", "did you mean --force"),
        ("find coast --kind inovative_practice", "did you mean innovative_practice"),
        ("find coast --force norfok", "did you mean norfolk?"),
        ("find coast --year 1999", "there are 2022 or 2024"),
        ("find coast --theme vulnerabilty", "did you mean vulnerability?"),
        ("find coast --question investigatng", "did you mean investigating-crime?"),
        ("find coast --kind aif", "did you mean afi"),
        ("show norfolk-2023/Q4-COC-9", "did you mean Q4-COC-1"),
        ("show norfolk 2023 Q4-COC-9", "did you mean Q4-COC-1"),
        ("show Q4-COC-1", "which report? `peel show 2023-25-integrated-norfolk/Q4-COC-1`"),
        ("list jtai 2023", "did you mean 2023-25-integrated-norfolk?"),
        ("fetch --force clevland", "did you mean cleveland? Or give a publication page"),
        ("remove norfok 2023 --yes", "did you mean 2023-25-integrated-norfolk? `peel list`"),
        ("remove norfolk fire --yes", "'norfolk fire' is no report"),
        ("show Kent Police 2021/22", "'Kent Police 2021-22' is no report"),
        ("bench nope.pdf", "nope.pdf: no such file"),
        ("bench --engines peal", "no engine 'peal'"),
        ("list --workspace 'no office'", "--workspace 'no office'`"),
        ("show norfok 2023", "did you mean 2023-25-integrated-norfolk?"),
        ("compare norflok", "did you mean norfolk?"),
        ("respond --check responze.docx", "did you mean response.docx?"),
        ("respond norfolk 2023 --to answer.pdf", "name it answer.docx"),
        ("list --csv too many words", "no report"),
        ("due norfolk", "put quotes around a name"),
    ],
)
def test_the_nearest_right_word_is_offered(
    line: str, told: str, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (copy / "response.docx").touch()
    assert peel(line) == 2 and told in capsys.readouterr().err


def test_the_usage_shown_is_that_of_the_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert peel("due --forse x") == 2
    told = capsys.readouterr().err
    assert told.startswith("usage: peel due ") and told.rstrip().endswith("`peel help due` shows how")


def test_help_of_a_verb_may_be_asked_for_in_two_ways(capsys: pytest.CaptureFixture[str]) -> None:
    assert peel("help respond") == 0
    asked = capsys.readouterr().out
    assert peel("respond --help") == 0
    assert asked == capsys.readouterr().out and "examples:" in asked


# examples, silence, data ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("verb", "example"), EXAMPLES)
def test_every_example_in_the_help_parses(
    verb: str, example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = shlex.split(example.split(" > ")[0].split(" < ")[0])
    for name in ("answer.docx", "decisions.json", "office.toml", "theirs.xlsx"):
        (tmp_path / name).touch()
    (tmp_path / "earlier-outputs").mkdir()
    args = parser_of(cli.VERBS).parse_args([verb, *words])
    assert isinstance(args, argparse.Namespace) and args.verb == verb


@pytest.mark.parametrize("line", READING)
def test_quiet_is_silent(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert peel(f"{line} -q") in (0, 1)
    assert not capsys.readouterr().err


@pytest.mark.parametrize("line", READING)
def test_rows_are_json_and_csv_alike(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    peel(f"{line} --json -q")
    json.loads(capsys.readouterr().out)
    peel(f"{line} --csv -q")
    head, *rows = csv.reader(io.StringIO(capsys.readouterr().out))
    assert len(head) > 2 and all(len(row) == len(head) for row in rows)


def test_a_name_with_blanks_is_quoted_in_the_command_that_comes_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = tmp_path / "our answer.docx"
    assert peel(f"respond norfolk-2023 --to '{paper}'") == 0
    assert shlex.split(capsys.readouterr().err.split("`")[1]) == ["peel", "respond", "--check", str(paper)]
    assert peel(f"respond --check '{paper}'") == 1
    told = capsys.readouterr()
    assert f"--check {typed(paper)}`" in told.err and f"--publish {typed(paper)}`" in told.out


def test_the_response_due_soonest_comes_next(capsys: pytest.CaptureFixture[str]) -> None:
    assert peel("due") == 1
    assert "`peel respond 2023-25-integrated-norfolk`" in capsys.readouterr().err


def test_a_reference_may_be_typed_without_its_hyphens(capsys: pytest.CaptureFixture[str]) -> None:
    assert peel("show norfolk-2023/q4coc1") == 0
    assert "cause of concern" in capsys.readouterr().out


def test_nothing_on_standard_input_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\n")))
    assert peel("extract -") == 2 and "nothing came on standard input" in capsys.readouterr().err


@pytest.mark.parametrize("line", ["list", "show norfolk-2023", "find coast", "due", "compare norfolk"])
def test_what_comes_next_is_a_command_that_parses(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    peel(line)
    told = capsys.readouterr().err.split("next: ")[1]
    command = told.split("`")[1]
    assert command.startswith("peel ") and parser_of(cli.VERBS).parse_args(shlex.split(command)[1:])


def test_numbers_below_nothing_stay_numbers_in_csv(capsys: pytest.CaptureFixture[str]) -> None:
    peel("due --csv -q")
    (row, *_) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert int(row["days_left"]) < 0 and row["report_published"] == "2022-07-14" and row["published"] == ""


def test_what_is_cut_is_cut_between_words_and_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    peel("show norfolk-2023 --json -q")
    texts = [row["text"] for row in json.loads(capsys.readouterr().out)]
    peel("show norfolk-2023 -q")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(texts) and max(map(len, lines)) <= 100
    for line, text in zip(lines, texts, strict=True):
        shown = line.split("  ", 3)[3].strip()
        whole = shown.removesuffix(" …")
        assert (
            text.startswith(whole)
            and (whole == text or text[len(whole)] == " ")
            and (shown != whole) == (whole != text)
        )


def test_a_narrow_terminal_is_respected(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    peel("find police -q")
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 60


def test_ids_for_a_verdict_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    peel("compare norfolk --json -q")
    link = json.loads(capsys.readouterr().out)["forces"][0]["links"][0]
    shown = []
    for year in ("2021", "2023"):
        peel(f"show norfolk-{year} -q")
        shown += [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert {link["earlier_id"], link["later_id"]} <= set(shown)


@pytest.mark.usefixtures("copy")
def test_a_verdict_taken_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    peel("compare norfolk --json -q")
    link = json.loads(capsys.readouterr().out)["forces"][0]["links"][0]
    pair = f"{link['earlier_id']} {link['later_id']}"
    assert peel(f"compare --verdict {pair} rejected --by Ada") == 0
    told = capsys.readouterr().err
    assert f"rejected by Ada: {pair.replace(' ', ' → ')}" in told and "verdicts.csv" in told


@pytest.mark.usefixtures("copy")
def test_export_names_the_files_that_people_open(capsys: pytest.CaptureFixture[str]) -> None:
    assert peel("export") == 0
    told = capsys.readouterr()
    named = [Path(line) for line in told.out.splitlines()]
    assert [path.name for path in named] == ["tracker.xlsx", "findings.csv", "index.html"]
    assert all(path.is_file() for path in named)
    assert peel("export --json -q") == 0
    assert len(json.loads(capsys.readouterr().out)) > len(named)


# find ----------------------------------------------------------------------------------------------------------------


def test_find_by_theme(capsys: pytest.CaptureFixture[str]) -> None:
    assert peel("find --theme 'quality of investigations' --json -q") == 0
    hits = json.loads(capsys.readouterr().out)
    assert hits and all("investigat" in f"{hit['text']} {hit['question']}".lower() for hit in hits)
    assert peel("find --json -q") == 0
    assert len(json.loads(capsys.readouterr().out)) > len(hits)


@pytest.mark.parametrize("line", ["find coast", "show norfolk", "compare --all", "export", "export --flat"])
def test_where_nothing_was_read_yet_it_is_said(line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert peel(f"{line} --outputs {tmp_path}") == 2
    assert "`peel extract" in capsys.readouterr().err


def test_find_says_which_word_is_nowhere_and_that_there_are_more(capsys: pytest.CaptureFixture[str]) -> None:
    peel("find coast zebra")
    assert "no finding has 'zebra'" in capsys.readouterr().err
    peel("find --most 2")
    assert "the first 2 findings; --most 4 prints more" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["inn", "innovative practice", "Innovative practices", "innovative_practice"])
def test_a_kind_may_be_said_in_any_way(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert peel(f"find --kind '{kind}' --json -q") == 0
    assert {hit["kind"] for hit in json.loads(capsys.readouterr().out)} == {"innovative_practice"}


def test_an_index_that_stands_is_opened_without_the_tables(office: Path) -> None:
    assert peel("find coast -q") == 0
    code = (
        "import sys\nfrom extractor.cli import main\n"
        "assert main(['find', 'coast', '--force', 'norfolk', '-q']) == 0\n"
        "heavy = {'spacy', 'pandas', 'pyarrow', 'numpy', 'pypdfium2', 'fsspec'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, cwd=office)
    assert ran.returncode == 0, ran.stderr


def test_find_tells_what_an_analyst_decided(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    peel("find coast --force norfolk --json -q")
    told = json.loads(capsys.readouterr().out)
    about = {"id": told[0]["finding_id"], "printed": told[0]["text"], "kind": told[0]["kind"], "page": 4}
    for word in ("accepted", "rejected"):
        entries = [{"subject": "finding", "verdict": word, **about}]
        document = {"format": "peel-verdicts", "report_id": told[0]["report_id"], "verdicts": entries}
        (copy / "decisions.json").write_text(json.dumps(document), encoding="utf-8")
        assert peel("review --apply decisions.json --by A.B.") == 0, capsys.readouterr().err
        capsys.readouterr()
        peel("find coast --force norfolk -q")
        printed = capsys.readouterr().out
        assert (", accepted: " in printed, told[0]["finding_id"] in printed) == (word == "accepted",) * 2


# compare -------------------------------------------------------------------------------------------------------------


def test_what_was_met_again_is_named_as_show_takes_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert peel("compare norfolk") == 0
    said = capsys.readouterr()
    named = re.findall(r"(2021/22|2023-25) (Q\d-[A-Z]{3}-\d) p\.", said.out)
    assert len(named) == 10 and "(`peel show 2023-25-integrated-norfolk/" in said.err
    for cycle, reference in set(named):
        assert peel(f"show norfolk {cycle}/{reference} -q") == 0


@pytest.mark.usefixtures("copy")
def test_a_force_with_one_report_has_nothing_to_compare(capsys: pytest.CaptureFixture[str]) -> None:
    assert peel("remove norfolk 2023 --yes -q") == 0
    assert peel("compare norfolk") == 0
    said = capsys.readouterr()
    assert "nothing to compare: no earlier report" in said.out and "met again" not in said.out
    assert "next: `peel extract FILE`" in said.err


# remove --------------------------------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    """Somebody who answers."""

    def isatty(self) -> bool:
        return True


def test_a_report_is_named_by_words_without_quotes(copy: Path) -> None:
    assert peel("remove norfolk 2023 --yes -q") == 0
    kept = [name for name in NORFOLK if (copy / "outputs/reports" / f"{name}.parquet").exists()]
    assert kept == [NORFOLK[0]]


@pytest.mark.parametrize(
    "line",
    [
        "show Norfolk Constabulary 2021/22",
        "show norfolk 2021/22/Q4-AFI-1",
        "show norfolk 2021 Q4-AFI-1",
        "show nor-2021",
    ],
)
def test_a_cycle_is_named_as_it_is_printed(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert peel(line) == 0
    assert NORFOLK[0] in capsys.readouterr().out


def test_nothing_is_removed_where_nobody_can_be_asked(
    copy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    assert peel(f"remove {NORFOLK[0]}") == 2
    assert "--yes" in capsys.readouterr().err and (copy / "outputs/reports" / f"{NORFOLK[0]}.parquet").exists()


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("YES\n", 0), ("\n", 1), ("n\n", 1), ("", 1)])
def test_a_person_is_asked_and_told_what_goes_and_what_stays(
    answer: str, code: int, copy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    assert peel(f"remove {NORFOLK[0]}") == code
    told = capsys.readouterr().err
    assert "6 findings" in told and "specimen-2021-22.pdf" in told and "decisions" in told
    assert (copy / "outputs/reports" / f"{NORFOLK[0]}.parquet").exists() == bool(code)
    assert (copy / "outputs/reports" / f"{NORFOLK[1]}.parquet").exists()


# check ---------------------------------------------------------------------------------------------------------------


def test_gold_of_reports_that_were_not_read_counts_as_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert peel("check") == 0
    said = capsys.readouterr()
    assert "gold: 2 reports" in said.out and "missed" not in said.out and said.out.count("unread") == 3
    assert "3 gold answers left out" in said.err


def test_nothing_to_check_is_no_success(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert peel(f"check --outputs {tmp_path}") == 1
    said = capsys.readouterr()
    assert "nothing to check" in said.out and "1.000" not in said.out
    assert peel(f"check --outputs {tmp_path} --json") == 1
    assert json.loads(capsys.readouterr().out)["f1"] == {}


# ends ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["list", "find police", "show norfolk-2023", "due", "check"])
def test_ctrl_c_is_one_line_and_130(
    verb: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    handlers: list[object] = []
    monkeypatch.setattr("extractor.cli.signal.signal", lambda _, handler: handlers.append(handler))
    monkeypatch.setattr("extractor.cli.common.json.dumps", stop)
    assert peel(f"{verb} --json -q") == 130
    assert capsys.readouterr().err.count("\n") == 1
    assert len(handlers) == 1 and handlers[0] is not signal.default_int_handler  # a second one is no traceback


def test_a_paper_asked_for_is_written_though_nobody_reads_the_words(office: Path, tmp_path: Path) -> None:
    command = f"{shlex.quote(sys.executable)} -m extractor compare norfolk --html {shlex.quote(str(tmp_path))} | true"
    env = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[2])}
    subprocess.run(["sh", "-c", command], capture_output=True, timeout=60, cwd=office, env=env)
    assert (tmp_path / "norfolk.html").is_file()


@pytest.mark.parametrize("line", ["list", "show norfolk-2023", "find police", "due", "compare norfolk --json"])
def test_a_pipe_that_closes_early_is_no_matter(line: str, office: Path) -> None:
    command = f"{shlex.quote(sys.executable)} -m extractor {line} | true"
    env = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[2])}
    ran = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=60, cwd=office, env=env)
    assert "Traceback" not in ran.stderr and "BrokenPipe" not in ran.stderr


# words ---------------------------------------------------------------------------------------------------------------


def test_pages_and_cut_texts_in_words() -> None:
    assert [pages(12), pages(12, 12), pages(12, 13), pages(None)] == ["p. 12", "p. 12", "p. 12–13", ""]
    assert pages(12, 13, "10") == "p. 12 (printed 10)–13" and with_label(12, "12") == "12"
    assert shortened("It should plan ahead of time.", 18) == "It should plan …" and shortened("Short.", 18) == "Short."
