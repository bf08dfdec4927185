"""What README.md claims: its commands exist, its example runs, its files are there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from extractor.cli import VERBS as VERBS_TAKEN
from extractor.cli import main, parser_of

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
TABLE = README.split("\n## What you can do\n")[1].split("\n## ")[0]
VERBS = sorted(set(re.findall(r"`peel (\w+)", README)))


def _fenced(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)\n```$", README, flags=re.MULTILINE | re.DOTALL)


def test_the_test_command_is_the_one_that_ci_runs() -> None:
    command = _fenced("sh")[1]
    assert command.endswith("pytest -n auto")
    assert command in (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_the_options_that_are_promised(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([verb, "--help"])
    told = capsys.readouterr().out
    assert end.value.code == 0
    for option in ("--json", "--quiet", "--outputs"):
        assert option in told, f"{verb} {option}"
    for option in re.findall(rf"`peel {verb} [^`]*?(--[\w-]+)", README):
        assert option in told, f"{verb} {option}"


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`peel (\w[^`]*)`", TABLE))))
def test_every_command_is_one_that_the_program_takes(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("response.docx").touch()
    assert parser_of(VERBS_TAKEN).parse_args(shlex.split(command)).verb == command.split()[0]


def test_the_first_command_names_a_shipped_specimen() -> None:
    setup, install, extraction = _fenced("sh")[0].split(" && ")
    assert setup == "python3 -m venv .venv" and install.endswith("pip install -q .")
    assert extraction.startswith(".venv/bin/peel extract ") and (ROOT / extraction.split()[-1]).is_file()


def test_the_python_example_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    example = _fenced("python")[0]
    names: dict[str, object] = {}
    exec(example.rsplit("\n", 1)[0], names)
    text, page = eval(example.rsplit("\n", 1)[1], names)
    assert text and page >= 1


@pytest.mark.parametrize("path", re.findall(r"\]\(([^)h][^)]*)\)|^\| `([\w./-]+)` \|", README, flags=re.MULTILINE))
def test_every_file_named_is_there(path: tuple[str, str]) -> None:
    assert (ROOT / "".join(path)).exists()


def test_every_extra_of_the_install_is_declared() -> None:
    extras = set(re.findall(r"\[(\w+(?:,\w+)*)\]'", README)[0].split(","))
    declared = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert all(re.search(rf"^{extra} = \[", declared, flags=re.MULTILINE) for extra in extras)


def test_every_promise_names_a_test_that_is_there() -> None:
    section = README.split("## What it promises")[1].split("\n## ")[0]
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", section)
    assert len(named) > 10
    for file, test in named:
        words = (ROOT / file).read_text(encoding="utf-8")
        assert not test or f"def {test}(" in words, f"{file}::{test}"
