"""The workspace: found from anywhere below it, named when wished, and never a matter of where one stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.cli import main
from extractor.decisions.store import Verdict, add_verdicts
from extractor.errors import BadSetting
from extractor.workspace import FILE, VARIABLE, shipped, workspace


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a folder below it, and nothing around it."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    (tmp_path / "desk" / "deep" / "er").mkdir(parents=True)
    (tmp_path / "desk" / FILE).touch()
    (tmp_path / "elsewhere").mkdir()
    return tmp_path / "desk"


def test_it_is_found_from_every_folder_below(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in (desk, desk / "deep", desk / "deep" / "er"):
        monkeypatch.chdir(folder)
        assert workspace().root == desk and workspace().outputs == desk / "outputs"


def test_a_name_goes_before_the_variable_and_the_variable_before_the_folder(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk)
    monkeypatch.setenv(VARIABLE, str(desk.parent / "elsewhere"))
    assert workspace().root == desk.parent / "elsewhere"
    assert workspace(desk / "deep").root == desk / "deep"
    with pytest.raises(BadSetting, match="nowhere is no folder"):
        workspace(desk / "nowhere")


def test_without_one_it_is_the_users_data_folder(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk.parent / "elsewhere")
    assert "data folder" in workspace().why and workspace().root.name == "peel"


def test_decisions_belong_to_the_tables_wherever_one_stands(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = set()
    for folder in (desk, desk / "deep", desk.parent / "elsewhere"):
        monkeypatch.chdir(folder)
        found.add(workspace(outputs=desk / "outputs").verdicts)
    assert found == {desk / "corpus" / "verdicts.csv"}


def test_a_workspace_can_be_moved(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_verdicts([Verdict("finding", "r/afi/1", verdict="rejected", printed="x")], desk / "corpus" / "verdicts.csv")
    moved = desk.rename(desk.with_name("moved"))
    monkeypatch.chdir(moved / "deep")
    assert workspace().verdicts.read_text(encoding="utf-8").count("r/afi/1") == 1


def test_the_verbs_tell_which_workspace_it_is(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(desk / "deep")
    assert main(["list"]) == 0
    assert f"workspace: {desk} (peel.toml is there)" in capsys.readouterr().err
    assert main(["list", "-q"]) == 0 and not capsys.readouterr().err
    assert main(["list", "--workspace", str(desk / "nowhere")]) == 2


def test_the_verbs_that_write_make_a_workspace_and_say_so(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(desk.parent / "elsewhere")
    own, data = desk / "deep" / "own", desk.parent / "home" / "peel"
    for arguments, made in ((["--workspace", str(own)], own), ([], data)):
        assert main(["list", *arguments]) == (2 if arguments else 0) and not (made / FILE).exists()
        capsys.readouterr()
        assert main(["extract", "none.pdf", *arguments]) == 2
        assert f"workspace: {made} (" in (told := capsys.readouterr().err) and "made now" in told
        assert main(["extract", "none.pdf", *arguments]) == 2
        assert f"workspace: {made} (" in (told := capsys.readouterr().err) and "made now" not in told
        assert workspace(outputs=made / "outputs").root == made


def test_a_clone_is_a_workspace_and_what_the_program_needs_travels_with_it() -> None:
    assert workspace(outputs=Path(__file__).parents[1] / "outputs").root == Path(__file__).parents[1]
    assert shipped("manifest.csv").is_file() and list(shipped("gold").glob("*.gold.json"))
    assert list(shipped("specimens").glob("*.pdf"))
