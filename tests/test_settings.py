"""The settings of a workspace: every mistake named at once, with its line and its mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.cli import main
from extractor.errors import BadSetting
from extractor.settings import LABELS, blank, read_settings, read_single, write_settings
from extractor.tables.schemas import SCHEMAS
from extractor.tables.write import write_rows
from extractor.workspace import FILE

ALL = """
[office]
responding_body = "Commissioner for Teesside"
signatory_title = "Commissioner"
office_type = "PCC"
short = "the PCC"
plan = "police and crime plan"
house_capitals = ["Plan", "Force Control Room"]
force = "cleveland"
template = "papers/ours.docx"
"""


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / FILE
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize("text", [ALL, ALL.replace("\n", "\r\n"), "\ufeff" + ALL])
def test_every_setting_is_read(tmp_path: Path, text: str) -> None:
    told = read_settings(written(tmp_path, text))
    assert set(told) == set(LABELS) and told["house_capitals"] == ["Plan", "Force Control Room"]


@pytest.mark.parametrize("text", ["", "# nothing\n", "[office]\n", "office = {}\n"])
def test_what_sets_nothing_is_nothing(tmp_path: Path, text: str) -> None:
    assert read_settings(written(tmp_path, text)) == {} == read_settings(tmp_path / "none.toml")


def test_every_mistake_is_named_at_once_with_its_line_and_mend(tmp_path: Path) -> None:
    text = """
        [ofice]
        short = "x"
        [office]
        responding_bdy = "x"
        signatory_title = 3
        house_capitals = "Plan"
        colour = "red"
        plan = "PLAN"
    """.replace("PLAN", "x" * 501)
    with pytest.raises(BadSetting) as error:
        read_settings(written(tmp_path, text))
    told = str(error.value).splitlines()
    assert told[0].startswith(str(tmp_path / FILE)) and error.value.exit_code == 2
    assert sorted(line.strip() for line in told[1:]) == [
        "line 2: table [ofice] is unknown; did you mean office?",
        "line 5: responding_bdy is unknown; did you mean responding_body?",
        'line 6: signatory_title is no text; write "words"',
        'line 7: house_capitals is no list of words; write ["Word", "Other Word"]',
        f"line 8: colour is unknown; known are {', '.join(LABELS)}",
        "line 9: plan has more than 500 characters",
    ]


@pytest.mark.parametrize(
    ("text", "encoding", "words"),
    [
        ('[office]\nshort = "a\n', "utf-8", "line 2"),
        ('[office]\ntemplate = "C:\\new\\user.docx"\n', "utf-8", "'single' quotation marks"),
        ('[office]\nshort = "é"\n', "cp1252", "UTF-8"),
        ("office = 3\n", "utf-8", "line 1: table [office] is no table"),
        ("house_capitals = []\n", "utf-8", "line 1: table [house_capitals] is unknown"),
    ],
)
def test_what_is_no_file_of_settings_is_refused(tmp_path: Path, text: str, encoding: str, words: str) -> None:
    with pytest.raises(BadSetting) as error:
        read_settings(written(tmp_path, text, encoding))
    assert words in str(error.value) and FILE in str(error.value)


def test_a_file_for_one_response_may_do_without_the_table(tmp_path: Path) -> None:
    alone = written(tmp_path, 'force = "cleveland"\npublished = "2024-11-14"\n')
    assert read_single(alone) == {"force": "cleveland", "published": "2024-11-14"}
    assert read_single(written(tmp_path, ALL)) == read_settings(written(tmp_path, ALL))
    with pytest.raises(BadSetting, match="line 1: publised is unknown; did you mean published"):
        read_single(written(tmp_path, 'publised = "2024-11-14"\n'))


def test_a_blank_file_shows_every_setting_and_sets_none(tmp_path: Path) -> None:
    file = written(tmp_path, blank())
    assert read_settings(file) == {}
    shown = [line[2:] for line in blank().splitlines() if line.startswith("# ") and " = " in line]
    assert set(read_settings(written(tmp_path, "[office]\n" + "\n".join(shown)))) == set(LABELS)


def test_what_a_form_saves_is_read_again_and_a_damaged_file_is_left_alone(tmp_path: Path) -> None:
    file = written(tmp_path, blank())
    write_settings(file, {"short": 'the "PCC" \\ here', "house_capitals": "Plan, Force Control Room", "plan": ""})
    assert read_settings(file) == {"short": 'the "PCC" \\ here', "house_capitals": ["Plan", "Force Control Room"]}
    damaged = written(tmp_path, "[office\n").read_bytes()
    with pytest.raises(BadSetting):
        write_settings(file, {"short": "x"})
    assert file.read_bytes() == damaged


def with_a_report(folder: Path) -> None:
    row = {"report_id": "2016-efficiency-essex", "force_id": "essex", "cycle": "2016", "kind": "force", "status": "ok"}
    write_rows("reports", [dict.fromkeys(SCHEMAS["reports"].names) | row], folder / "outputs", row["report_id"])


def test_a_mistake_ends_the_verb_that_needs_the_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path, '[office]\nforse = "cleveland"\n')
    with_a_report(tmp_path)
    assert main(["compare", "--workspace", str(tmp_path)]) == 2
    assert "line 2: forse is unknown; did you mean force?" in capsys.readouterr().err


def test_the_offices_force_is_compared_where_none_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path, '[office]\nforce = "cleveland"\n')
    with_a_report(tmp_path)
    assert main(["compare", "--workspace", str(tmp_path)]) == 2
    assert "no reports of 'cleveland'" in capsys.readouterr().err
