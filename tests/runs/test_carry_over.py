"""After a change of the rules only the reports it concerns are read again; what is left alone is what would be read."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.errors import RuleError
from extractor.rulebook.folder import rules_root
from extractor.runs import one_report, run
from extractor.runs.carry_over import carried_over
from extractor.runs.receipts import ReportTables
from extractor.runs.results import Tally
from extractor.runs.run import extract_many

SPECIMENS = Path(__file__).parents[2] / "corpus" / "specimens"
WEB, PDF = "specimen-2017-legitimacy.html", "specimen-2018-19.pdf"
STRANGE = {
    "id": "strange", "label": "CONTENTS", "pattern": "xylophone lessons",
    "examples": ["Xylophone lessons"], "counter": ["lessons"],
}  # fmt: skip


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Read reports in this process; return the names of those that were read, from their file or their lines."""
    names: list[str] = []

    def extract(task: one_report.Task) -> object:
        names.append(Path(task.source).name)
        return one_report.extract_task(task)

    monkeypatch.setattr(run, "extract_task", extract)
    monkeypatch.setattr(run, "isolated", lambda work, items, *_: [work(item) for item in items])
    monkeypatch.setattr(run, "prepare", lambda _nursery: None)
    return names


class Desk:
    """Some reports, tables, and rules that can be changed."""

    def __init__(self, folder: Path, opened: list[str], *specimens: str) -> None:
        self.folder, self.opened = folder, opened
        self.reports, self.rules, self.out = folder / "reports", folder / "rules", folder / "out"
        self.reports.mkdir()
        for name in specimens:
            shutil.copy(SPECIMENS / name, self.reports)
        shutil.copytree(rules_root(), self.rules)

    def extract(self, out: Path | None = None, **how: bool) -> Tally:
        self.opened.clear()
        return extract_many([self.reports], out or self.out, rules=self.rules, workers=1, **how)

    def change(self, name: str, change: Callable[[str], str]) -> None:
        file = self.rules / "common" / name
        file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")

    def files(self, out: Path | None = None) -> dict[str, bytes]:
        out = out or self.out
        return {file.relative_to(out).as_posix(): file.read_bytes() for file in sorted(out.rglob("*.parquet"))}


@pytest.fixture
def desk(tmp_path: Path, opened: list[str]) -> Desk:
    desk = Desk(tmp_path, opened, WEB, PDF)
    desk.extract()
    assert sorted(opened) == [WEB, PDF]
    return desk


def with_rule(**said: object) -> Callable[[str], str]:
    return lambda text: f"{text}{json.dumps(STRANGE | said)}\n"


def test_what_a_change_does_not_concern_is_not_read_and_is_as_if_it_had_been(desk: Desk) -> None:
    desk.change("headings.jsonl", with_rule())
    tally = desk.extract()
    assert not desk.opened and tally.count("ok") == 2 and all(result.unchanged for result in tally.results)
    assert tally.carried_over == 2 and desk.extract().carried_over == 0
    desk.extract(anew := desk.folder / "anew")
    assert sorted(desk.opened) == [WEB, PDF]
    assert desk.files() == desk.files(anew)


def test_one_change_after_another(desk: Desk) -> None:
    for number in range(3):
        desk.change("headings.jsonl", with_rule(id=f"strange.{number}", pattern=f"xylophone {'la ' * number}lessons"))
        desk.extract()
        assert not desk.opened
    desk.extract(anew := desk.folder / "anew")
    assert desk.files() == desk.files(anew)
    desk.change("headings.jsonl", lambda text: "\n".join(line for line in text.splitlines() if "strange" not in line))
    desk.extract()
    assert not desk.opened


def test_only_the_reports_that_a_change_concerns_are_read(desk: Desk) -> None:
    desk.change("headings.jsonl", with_rule(label="SUMMARY", pattern="overall summary", examples=["Overall summary"]))
    desk.extract()
    assert desk.opened == [PDF]
    desk.extract(anew := desk.folder / "anew")
    assert desk.files() == desk.files(anew)


def test_each_report_is_asked_about_all_that_changed_since_it_was_read(desk: Desk) -> None:
    away = (desk.reports / PDF).rename(desk.folder / PDF)
    desk.change("headings.jsonl", with_rule(label="SUMMARY", pattern="overall summary", examples=["Overall summary"]))
    assert desk.extract().carried_over == 1
    away.rename(desk.reports / PDF)
    desk.change("headings.jsonl", with_rule(id="other"))
    assert desk.extract().carried_over == 1 and desk.opened == [PDF]


@pytest.mark.parametrize("name", ["questions.csv", "settings.toml", "forces.csv"])
def test_another_table_concerns_every_report(desk: Desk, name: str) -> None:
    desk.change(name, lambda text: text + "\n")
    desk.extract()
    assert sorted(desk.opened) == [WEB, PDF]


def test_another_rule_for_the_furniture_of_web_pages_concerns_every_report(desk: Desk) -> None:
    desk.change("furniture.jsonl", with_rule(label="FURNITURE"))
    desk.extract()
    assert sorted(desk.opened) == [WEB, PDF]


def harmed(data: bytes) -> bytes:
    return data[:200] + bytes([data[200] ^ 1]) + data[201:]


@pytest.mark.parametrize("harm", [harmed, lambda _: b"", lambda data: data[:300], lambda _: b"PAR1"])
def test_report_is_read_where_its_memory_is_harmed(desk: Desk, harm: Callable[[bytes], bytes]) -> None:
    for file in (desk.out / "memories").iterdir():
        file.write_bytes(harm(file.read_bytes()))
    desk.change("headings.jsonl", with_rule())
    desk.extract()
    assert sorted(desk.opened) == [WEB, PDF]


def test_report_is_read_where_its_memory_is_lost_or_of_another_file(desk: Desk) -> None:
    first, second = sorted((desk.out / "memories").iterdir())
    first.write_bytes(second.read_bytes())
    second.unlink()
    desk.change("headings.jsonl", with_rule())
    desk.extract()
    assert sorted(desk.opened) == [WEB, PDF]


def test_memory_of_another_page_is_not_used(tmp_path: Path, opened: list[str]) -> None:
    desk = Desk(tmp_path, opened, WEB)
    page = (SPECIMENS / WEB).read_text(encoding="utf-8")
    (desk.reports / "second.html").write_text(page.replace("Dorset", "Essex"), encoding="utf-8")
    assert desk.extract().count("ok") == 2
    first, second = (desk.out / "memories").iterdir()
    first.write_bytes(second.read_bytes())
    desk.change("headings.jsonl", with_rule())
    desk.extract()
    assert len(opened) == 1


def test_memory_of_other_rules_than_the_tables_is_not_used(desk: Desk) -> None:
    """As a run leaves it that is killed when it has read a report and not yet written its tables."""
    before = desk.files()
    desk.change("headings.jsonl", with_rule())
    desk.extract()
    for name, data in before.items():
        if not name.startswith("memories/"):
            (desk.out / name).write_bytes(data)
    desk.extract()
    assert sorted(desk.opened) == [WEB, PDF]


def test_memory_of_another_program_or_reader_is_not_used(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.tables.lines_cache.reader_version", lambda medium: f"other {medium}")
    desk.change("headings.jsonl", with_rule())
    desk.extract()
    assert sorted(desk.opened) == [WEB, PDF]


def test_report_of_another_program_is_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "__version__", "other")
    desk.change("headings.jsonl", with_rule())
    assert desk.extract().carried_over == 0 and sorted(desk.opened) == [WEB, PDF]


def test_report_that_another_run_has_read_meanwhile_is_not_marked(desk: Desk) -> None:
    tables = ReportTables(str(desk.out))
    before = tables.receipts()
    desk.change("headings.jsonl", with_rule())
    desk.extract(fresh=True)
    now = desk.files()
    assert all(tables.carry_over(receipt, "older") is None for receipt in before.values())
    assert desk.files() == now


def test_a_report_with_two_files_is_left_alone_when_neither_is_concerned(tmp_path: Path, opened: list[str]) -> None:
    desk = Desk(tmp_path, opened, WEB)
    page = (SPECIMENS / WEB).read_text(encoding="utf-8")
    (desk.reports / "second.html").write_text(page.replace("</body>", "<p>One more line.</p></body>"), encoding="utf-8")
    first = desk.extract()
    assert first.count("duplicate") == 1 and len(opened) == 2
    desk.change("headings.jsonl", with_rule())
    desk.extract()
    assert not opened
    desk.extract(anew := tmp_path / "anew")
    assert desk.files() == desk.files(anew)
    for number, memory in enumerate(sorted((desk.out / "memories").iterdir())):
        memory.unlink()
        desk.change("headings.jsonl", with_rule(id=f"strange.{number}"))
        desk.extract()
        assert len(opened) == 2
    desk.change("headings.jsonl", with_rule(id="other", pattern="one more line.", examples=["One more line."]))
    desk.extract()
    assert len(opened) == 2


def test_report_is_read_where_anew_its_files_would_be_named_otherwise(tmp_path: Path, opened: list[str]) -> None:
    """As without a memory: what is read again forgets files that are not given, and goes by the first name."""
    desk = Desk(tmp_path, opened, WEB)
    shutil.copy(desk.reports / WEB, desk.reports / "second.html")
    assert desk.extract().count("duplicate") == 1
    (desk.reports / WEB).unlink()
    for number, names in enumerate((["second.html"], ["second.html", WEB])):
        shutil.copy(SPECIMENS / WEB, desk.reports / names[-1])
        desk.change("headings.jsonl", with_rule(id=f"strange.{number}"))
        desk.extract()
        assert desk.opened == [sorted(names)[0]]
        desk.extract(anew := tmp_path / f"anew {number}")
        assert desk.files() == desk.files(anew)


def test_nothing_is_left_alone_by_rules_that_changed_since_the_run_began(desk: Desk) -> None:
    tables, before = ReportTables(str(desk.out)), desk.files()
    desk.change("headings.jsonl", with_rule())
    assert carried_over(tables.receipts().values(), tables, str(desk.rules), "those of the run") == {}
    assert desk.files() == before


def test_fresh_reads_all_again(desk: Desk) -> None:
    desk.change("headings.jsonl", with_rule())
    desk.extract(fresh=True)
    assert sorted(desk.opened) == [WEB, PDF]


def test_rules_with_mistakes_are_named_and_change_nothing(desk: Desk) -> None:
    before = desk.files()
    desk.change("headings.jsonl", lambda text: text + '{"id": "broken"}\n')
    with pytest.raises(RuleError, match="`label` is missing"):
        desk.extract()
    assert desk.files() == before


def test_report_is_read_where_its_memory_cannot_be_written(tmp_path: Path, opened: list[str]) -> None:
    desk = Desk(tmp_path, opened, WEB)
    desk.out.mkdir()
    (desk.out / "memories").write_text("in the way", encoding="utf-8")
    assert desk.extract().count("ok") == 1


def test_removed_report_leaves_no_memory(desk: Desk) -> None:
    tables = ReportTables(str(desk.out))
    for report_id in tables.receipts():
        tables.remove(report_id)
    assert not desk.files()
