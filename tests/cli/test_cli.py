"""The command line: what it prints where, how it ends, and that nothing a user does makes a traceback."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from extractor import cli
from extractor.cli import main
from extractor.cli.common import give_json, printable
from extractor.errors import Unreachable
from extractor.phrasing import count

SPECIMENS = Path(__file__).parents[2] / "corpus" / "specimens"
PAGE = SPECIMENS / "specimen-2017-legitimacy.html"
REPORT = SPECIMENS / "specimen-2018-19.pdf"
VERBS = tuple(verb.NAME for verb in cli.VERBS)


class Ran(NamedTuple):
    """How a command ended, and what it printed."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run a command line in this process."""

    def run(*args: str | Path) -> Ran:
        capsys.readouterr()
        return Ran(main([*map(str, args)]), *capsys.readouterr())

    return run


def test_help_names_every_verb_and_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom extractor.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as end:\n    assert not end.code\n"
        "heavy = {'spacy', 'pandas', 'pyarrow', 'numpy', 'pypdfium2', 'lxml', 'pdfplumber', 'docx', 'httpx'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    assert all(f"\n    {verb}" in ran.stdout for verb in VERBS) and {"extract", "find", "bench"} <= set(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_each_verb(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([verb, "--help"])
    assert end.value.code == 0
    said = capsys.readouterr().out
    assert all(option in said for option in ("--outputs", "--json", "--quiet"))


def test_a_shell_can_complete_verbs_and_options(tmp_path: Path) -> None:
    said = tmp_path / "said"
    for line, offered in (("peel ex", {"extract", "export"}), ("peel show --pn", {"--png"})):
        words = {"COMP_LINE": line, "COMP_POINT": str(len(line)), "_ARGCOMPLETE_STDOUT_FILENAME": str(said)}
        env = {**os.environ, "_ARGCOMPLETE": "1", "_ARGCOMPLETE_IFS": "\n", "IFS": "\n", **words}
        code = "from extractor.cli import main; main()"
        subprocess.run([sys.executable, "-c", code], env=env, timeout=60, check=False)
        assert set(said.read_text().replace(" ", "").split("\n")) >= offered


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0 and capsys.readouterr().out.startswith("peel 0.")


@pytest.mark.parametrize("args", [[], ["sing"], ["extract"], ["extract", "--workers", "two", "x.pdf"], ["show"]])
def test_wrong_usage(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = main(args)
    except SystemExit as end:
        code = int(end.code or 0)
    said = capsys.readouterr()
    assert code == 2 and "usage" in said.out + said.err


@pytest.mark.parametrize(
    ("option", "value"),
    [("--workers", "-1"), ("--workers", "0"), ("--time-limit", "0"), ("--time-limit", "nan"), ("--memory-limit", "-5")],
)
def test_values_that_cannot_be_meant_are_wrong_usage(
    option: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["extract", "x.pdf", option, value])
    assert end.value.code == 2 and f"{value!r} is not a" in capsys.readouterr().err


def test_ctrl_c_ends_with_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("extractor.runs.run.extract_many", _raise(KeyboardInterrupt()))
    assert main(["extract", "x.pdf"]) == 130 and "go on" in capsys.readouterr().err


def test_a_mistake_of_the_program_is_not_told_as_wrong_usage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.export.tracker.export", _raise(KeyError("column")))
    with pytest.raises(KeyError):
        main(["export"])


def test_lost_workers_are_told_in_words(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("extractor.runs.run.extract_many", _raise(Unreachable("the workers are lost")))
    assert main(["extract", "x.pdf", "-q"]) == 1 and capsys.readouterr().err == "peel extract: the workers are lost\n"


def _raise(error: BaseException) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


# what is printed -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("plain\nwords", "plain\nwords"),
        ("force’s – 5%", "force’s – 5%"),
        ("\x1b]0;title\x07red", "\\u001b]0;title\\u0007red"),
        ("\x9b31m", "\\u009b31m"),
        ("back\rto the start", "back\\u000dto the start"),
        ("turned \u202e round", "turned \\u202e round"),
    ],
)
def test_no_word_of_a_report_steers_a_terminal(words: str, shown: str) -> None:
    assert printable(words) == shown


def test_json_stays_json_when_escapes_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    told = {"text": "\x1b[31m \x9b \u202e ’"}
    give_json(told)
    said = capsys.readouterr().out
    assert json.loads(said) == told and "\x9b" not in said and "\x1b" not in said


def test_rows_as_csv(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = findings(outputs, capsys)
    report = str(rows[0]["report_id"])
    assert main(["show", report, "--outputs", str(outputs), "--csv", "--quiet"]) == 0
    said = capsys.readouterr()
    told = list(csv.DictReader(said.out.splitlines()))
    assert [row["text"] for row in told] == [row["text"] for row in rows] and not said.err


def test_counts_have_their_number() -> None:
    assert [count(number, "report") for number in (0, 1, 2)] == ["0 reports", "1 report", "2 reports"]


# extract -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run") / "outputs"
    command = [sys.executable, "-m", "extractor", "extract", REPORT, PAGE, "--outputs", folder, "--workers", "2"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert "GRADES" in ran.stdout and "FINDINGS" in ran.stdout and "2 reports: 2 ok" in ran.stderr
    return folder


def test_unchanged_reports_are_not_read_again(outputs: Path, run: Callable[..., Ran]) -> None:
    ran = run("extract", REPORT, PAGE, "--outputs", outputs, "--json")
    told = json.loads(ran.stdout)
    assert ran.returncode == 0 and told["counts"]["unchanged"] == 2


def test_quiet_says_nothing_but_the_data(outputs: Path, run: Callable[..., Ran]) -> None:
    ran = run("extract", PAGE, "--outputs", outputs, "--quiet")
    assert ran.returncode == 0 and not ran.stderr and "GRADES" in ran.stdout


def bad_files(folder: Path) -> dict[str, Path]:
    whole = REPORT.read_bytes()
    files = {
        "empty.pdf": b"",
        "cut.pdf": whole[: len(whole) // 3],
        "words.pdf": b"Dear sir, this is no PDF.",
        "page.html": b" ",
        "binary.html": bytes(range(256)) * 20,
        "other.html": b"<html><head><title>Cake</title></head><body><h1>Cake</h1><p>Eat it.</p></body></html>",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return {name: folder / name for name in files}


def test_bad_files_are_named_and_the_others_are_read(tmp_path: Path, run: Callable[..., Ran]) -> None:
    bad = bad_files(tmp_path)
    ran = run("extract", *bad.values(), PAGE, "--outputs", tmp_path / "out", "--workers", "2")
    assert ran.returncode == 1 and "Traceback" not in ran.stdout + ran.stderr
    lines = ran.stderr.splitlines()
    for name in bad:
        assert len([line for line in lines if name in line]) == 1, ran.stderr
    kept = {path.name for path in (tmp_path / "out" / "findings").glob("*.parquet")}
    assert any(name.startswith("2017-legitimacy") for name in kept)
    assert {path.suffix for path in (tmp_path / "out").rglob("*.*") if path.name != ".lock"} == {".parquet"}


@pytest.mark.parametrize(
    ("path", "words"),
    [("nowhere.pdf", "no such file"), ("*.pdf", "nothing to read"), (".", "nothing to read")],
    ids=["file", "pattern", "folder"],
)
def test_nothing_to_read(
    path: str, words: str, tmp_path: Path, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("extract", path, "--outputs", tmp_path / "out")
    assert ran.returncode == 2 and words in ran.stderr and "Traceback" not in ran.stderr


def test_outputs_that_cannot_be_written(tmp_path: Path, run: Callable[..., Ran]) -> None:
    (tmp_path / "taken").write_text("a file")
    ran = run("extract", PAGE, "--outputs", tmp_path / "taken")
    assert ran.returncode in (1, 2) and "taken" in ran.stderr and "Traceback" not in ran.stderr


def test_rules_that_are_none(tmp_path: Path, run: Callable[..., Ran]) -> None:
    ran = run("extract", PAGE, "--outputs", tmp_path / "out", "--rules", tmp_path)
    assert ran.returncode == 2 and "rules cannot be used" in ran.stderr and "Traceback" not in ran.stderr


# show, check ---------------------------------------------------------------------------------------------------------


def findings(outputs: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    report = next(path.stem for path in (outputs / "findings").glob("2018-19*.parquet"))
    assert main(["show", report, "--outputs", str(outputs), "--json"]) == 0
    rows: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return rows


def test_show(outputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = findings(outputs, capsys)
    name = str(rows[0]["finding_id"])
    picture = tmp_path / "place.png"
    assert main(["show", name, "--outputs", str(outputs), "--png", str(picture)]) == 0
    said = capsys.readouterr().out
    assert str(rows[0]["text"])[:40] in said and f"p. {rows[0]['page_first']}" in said and name in said
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert main(["show", name.split("/")[0], "--outputs", str(outputs)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(rows)


def test_show_what_is_not_there(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("nothing", "2018-19-integrated-gloucestershire/afi/00000000"):
        assert main(["show", name, "--outputs", str(outputs)]) == 2
        assert name in capsys.readouterr().err


@pytest.mark.parametrize(
    "name",
    [
        "../findings/x",
        "a/../../b",
        "*",
        "",
    ],
)
def test_show_reads_no_file_by_an_odd_name(name: str, outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", name, "--outputs", str(outputs)]) == 2 and capsys.readouterr().err


def test_check(outputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    for report in (REPORT, PAGE):
        name = f"{report.stem}.gold.json"
        (gold / name).write_bytes((SPECIMENS.parent / "gold" / name).read_bytes())
    assert main(["check", "--gold", str(gold), "--outputs", str(outputs), "--against", str(outputs), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["rules"] > 100 and not told["rule_mistakes"] and told["f1"] == {"gradings": 1.0, "findings": 1.0}
    assert told["lost"] == told["gained"] == []


def test_check_says_what_was_lost(outputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = ["check", "--gold", str(tmp_path), "--outputs", str(tmp_path), "--against", str(outputs)]
    assert main(gold) == 1
    assert "lost " in capsys.readouterr().out


def test_list_find_and_remove(outputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(outputs, mine)
    assert main(["list", "--outputs", str(mine), "--json"]) == 0
    reports = [row["report_id"] for row in json.loads(capsys.readouterr().out)]
    assert len(reports) == 2 and reports == sorted(reports)
    word = max(str(findings(mine, capsys)[0]["text"]).split(), key=len).strip(".,;")
    assert main(["find", word, "--outputs", str(mine), "--json", "-q"]) == 0
    assert any(word in hit["text"] for hit in json.loads(capsys.readouterr().out))
    assert main(["remove", reports[0], "--yes", "--outputs", str(mine)]) == 0
    assert "brings it back" in capsys.readouterr().err
    assert not [file for file in mine.rglob("*.parquet") if reports[0] in file.name]
    assert main(["find", "no-such-word", "--outputs", str(mine), "--csv", "-q"]) == 0
    assert capsys.readouterr().out.startswith("finding_id,force_name,cycle,kind,")
    assert main(["remove", reports[0], "--outputs", str(mine)]) == 2 and "peel list" in capsys.readouterr().err
    assert main(["check", "--store", "--outputs", str(mine), "-q"]) == 0


def test_a_report_from_standard_input(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "extractor", "extract", "-", "--outputs", str(tmp_path)]
    ran = subprocess.run(command, input=PAGE.read_bytes(), capture_output=True, timeout=120)
    assert ran.returncode == 0 and b"GRADES" in ran.stdout and b"next: `peel review 2017" in ran.stderr


def test_a_form_that_nobody_filled_in_is_published_with_a_warning(
    outputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(outputs, mine)
    form, register = tmp_path / "form.docx", str(tmp_path / "register.csv")
    main(
        [
            "respond",
            "2018-19-integrated-gloucestershire",
            "--outputs",
            str(mine),
            "--to",
            str(form),
            "--register",
            register,
        ]
    )
    capsys.readouterr()
    assert main(["respond", "--publish", str(form), "--outputs", str(mine)]) == 1
    said = capsys.readouterr()
    assert Path(said.out.strip()).is_file() and "needed by law" in said.err


def test_answers_go_into_the_register_under_a_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = tmp_path / "form.docx"
    form.write_bytes(b"")
    assert main(["respond", "--read", str(form), "--outputs", str(tmp_path)]) == 2
    assert "--by" in capsys.readouterr().err
