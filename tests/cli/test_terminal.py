"""Nothing that a report, a file name or a decision holds moves, colours or turns the words on a terminal."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from extractor.cli import main

EVIL = "&#27;[31m&#x9b;2J&#x202E;&#x2066;&#x200F;&#7;&#8;&#x0d;&#x2028;"
PAGE = f"""<html><title>PEEL 2021/22: Kent Police {EVIL}</title><h1>PEEL 2021/22: An inspection of Kent Police</h1>
<p>Published on: 4 May 2022</p><h2>Investigating crime</h2><p>Requires improvement</p><h3>Areas for improvement</h3>
<ul><li>The force {EVIL} should make sure that victims are told what happens next within three months {EVIL}.</li></ul>
<div style="display:none">hidden {EVIL} words of it</div><iframe src="http://x/{EVIL}"></iframe></html>"""
NAME = "kent\x1b[2J\x07\u202e.html"
REPORT = "kent-2021-22"
VERBS = (
    ["list"],
    ["show", "{report}"],
    ["show", "{file}"],
    ["show", "{report}", "--json"],
    ["show", "{report}", "--csv"],
    ["show", "kent\x1b[2J"],
    ["find", "victims"],
    ["find", "victims", "--json"],
    ["find", "victims\x1b[2J\u202e"],
    ["due"],
    ["due", "--json"],
    ["compare", "kent\x1b[2J"],
    ["check", "--store"],
    ["respond", "{report}"],
    ["respond", "{file}"],
    ["respond", "--check", "{file}"],
    ["extract", "{file}", "--fresh"],
    ["extract", "none\x1b[2J\u202e.pdf"],
    ["export", "--csv"],
    ["remove", "kent\x1b[2J"],
    ["fetch", "http://[\x1b[2J", "--delay", "0"],
    ["show", "{report}", "--none\x1b[2J"],
    ["extract", "{file}", "--rules", "none\x1b[2J"],
    ["\x1b[2J"],
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("terminal")
    (folder / NAME).write_text(PAGE, encoding="utf-8")
    (folder / "broken\x1b[31m.pdf").write_bytes(b"%PDF-1.7 \x1b[2J")
    main(["extract", str(folder), "--outputs", str(folder / "outputs"), "-q"])
    return folder


def unseen(words: str) -> set[str]:
    return {letter for letter in words if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp")} - {"\n", "\t"}


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: ascii(" ".join(verb)))
def test_verb_prints_nothing_that_a_terminal_obeys(
    verb: list[str], workspace: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace)
    words = [part.format(report=REPORT, file=workspace / NAME) for part in verb]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PEEL_WORKSPACE", str(workspace))
        try:
            main([*words, *(["--outputs", str(workspace / "outputs")] if verb[0] in ("list", "show", "find") else [])])
        except SystemExit as end:
            assert end.code == 2
    printed = capfd.readouterr()
    assert printed.out + printed.err
    assert not unseen(printed.out + printed.err)
