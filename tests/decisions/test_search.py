"""Findings by their words: what is asked for, nothing of what was taken away, no operator by accident."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.decisions import search
from extractor.decisions.search import Filter, find, unused
from extractor.decisions.store import Verdict, add_verdicts
from extractor.errors import BadSetting, UnknownForce
from extractor.tables.schemas import SCHEMAS
from extractor.tables.write import write_rows

FILE = "verdicts.csv"
ESSEX = "2016-effectiveness-essex/afi/1"
ITEMS = {
    "2016-effectiveness-essex": ("Essex Police", "2016", "It should find missing children sooner.", "Missing persons"),
    "2021-22-integrated-west-mercia": (
        "West Mercia Police",
        "2021/22",
        "Children who go missing wait.",
        "Vulnerability",
    ),
    "2023-25-integrated-essex": ("Essex Police", "2023-25", "The crèche “rota” isn’t kept.", "Leadership"),
}


def put(outputs: Path, report_id: str, text: str) -> None:
    name, cycle, _, question = ITEMS[report_id]
    about = {"report_id": report_id, "force_name": name, "cycle": cycle, "published": f"{cycle[:4]}-05"}
    about["force_id"] = report_id.split("-", 2)[2] if cycle == "2016" else report_id.split("integrated-")[1]
    write_rows("reports", [dict.fromkeys(SCHEMAS["reports"].names) | about], outputs, report_id)
    item = {"finding_id": f"{report_id}/afi/1", "report_id": report_id, "kind": "area_for_improvement", "text": text}
    row = dict.fromkeys(SCHEMAS["findings"].names) | item | {"question": question, "page_first": 7}
    write_rows("findings", [row], outputs, report_id)


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    for report_id, (_, _, text, _) in ITEMS.items():
        put(tmp_path, report_id, text)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("missing children", 2),
        ("missing child", 2),
        ("Missing CHILD", 2),
        ("waiting", 1),
        ("missing AND sooner", 0),  # no operator: there is no word “and”
        ('"missing children"', 1),
        ("creche", 1),
        ("isn't", 1),
        ("text:missing", 0),
        ("vulnerability", 1),
        ("missing) OR (", 0),
        ("", 3),
    ],
)
def test_words(words: str, found: int, outputs: Path) -> None:
    assert len(find(words, outputs, outputs / FILE)) == found


@pytest.mark.parametrize(
    ("only", "report"),
    [
        (Filter(force="west-mercia"), "2021-22-integrated-west-mercia"),
        (Filter(force="West Mercia Police"), "2021-22-integrated-west-mercia"),
        (Filter(force="essex", year="2016"), "2016-effectiveness-essex"),
        (Filter(question="leader"), "2023-25-integrated-essex"),
    ],
)
def test_filters(only: Filter, report: str, outputs: Path) -> None:
    assert [hit.report_id for hit in find("", outputs, outputs / FILE, only)] == [report]
    assert not find("", outputs, outputs / FILE, Filter(kind="cause_of_concern"))


def test_what_changes_in_the_tables_changes_what_is_found(outputs: Path) -> None:
    assert find("sooner", outputs, outputs / FILE)
    put(outputs, "2016-effectiveness-essex", "It should train its dogs.")
    assert not find("sooner", outputs, outputs / FILE) and find("dog", outputs, outputs / FILE)
    (outputs / "findings" / "2016-effectiveness-essex.parquet").unlink()
    assert not find("dog", outputs, outputs / FILE)


def test_a_report_that_is_told_otherwise_is_found_otherwise(outputs: Path) -> None:
    (essex,) = find("sooner", outputs, outputs / FILE)
    about = {"report_id": essex.report_id, "force_id": "kent", "force_name": "Kent Police", "cycle": "2016"}
    write_rows("reports", [dict.fromkeys(SCHEMAS["reports"].names) | about], outputs, essex.report_id)
    assert [hit.force_name for hit in find("sooner", outputs, outputs / FILE)] == ["Kent Police"]


def test_a_word_of_the_text_counts_for_more_than_one_of_the_heading(outputs: Path) -> None:
    put(outputs, "2016-effectiveness-essex", "It should ask for help with vulnerability and with its plans.")
    put(outputs, "2023-25-integrated-essex", "It should ask for help with vulnerability and with its plans.")
    put(outputs, "2021-22-integrated-west-mercia", "It should ask for help with children and with its plans.")
    found = [hit.report_id for hit in find("vulnerability", outputs, outputs / FILE)]
    assert len(found) == 3 and found[-1] == "2021-22-integrated-west-mercia"
    assert len(find("vulnerability", outputs, outputs / FILE, most=2)) == 2


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_an_index_with_a_wrong_byte_is_made_anew(outputs: Path, place: float) -> None:
    whole = find("", outputs, outputs / FILE)
    data = bytearray((outputs / search.FILE).read_bytes())
    data[int(place * len(data))] ^= 1
    (outputs / search.FILE).write_bytes(data)
    assert find("", outputs, outputs / FILE) == whole
    assert (outputs / search.FILE).read_bytes() != data


def test_an_index_that_stands_is_not_made_again(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find("missing", outputs, outputs / FILE)
    add_verdicts([Verdict("finding", ESSEX, verdict="accepted")], outputs / FILE)
    first = find("missing", outputs, outputs / FILE)
    for name in ("_made", "_decide", "_keep"):
        monkeypatch.setattr(search, name, None)
    assert find("missing", outputs, outputs / FILE) == first


def test_an_index_is_read_once_while_it_stands(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(find("missing", outputs, outputs / FILE)) == 2 and find("missing", outputs, outputs / FILE)
    monkeypatch.setattr(search.seal, "is_whole", lambda _data: pytest.fail("checked again"))
    assert len(find("missing", outputs, outputs / FILE)) == 2


def test_an_index_damaged_or_not_kept_does_no_harm(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (outputs / search.FILE).write_bytes(b"SQLite format 3\0 torn")
    assert len(find("missing", outputs, outputs / FILE)) == 2
    monkeypatch.setattr(search, "FILE", "no/such/folder.sqlite")
    assert len(find("missing", outputs, outputs / FILE)) == 2


def test_nothing_to_search_for_is_said(outputs: Path) -> None:
    with pytest.raises(BadSetting, match="no word"):
        find("?!", outputs, outputs / FILE)
    assert find("missing", outputs / "nowhere", outputs / FILE) == []


# filters that nothing can pass ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("only", "told"),
    [
        (Filter(force="esex"), "did you mean essex"),
        (Filter(question="leadersip"), "did you mean Leadership"),
        (Filter(year="1999"), "there are 2016, 2021 or 2023"),
        (Filter(theme="dogs"), "no theme 'dogs'"),
    ],
)
def test_a_filter_of_what_is_not_there_is_refused_with_what_is(only: Filter, told: str, outputs: Path) -> None:
    with pytest.raises((BadSetting, UnknownForce), match=told):
        find("missing", outputs, outputs / FILE, only)


def test_words_that_no_finding_has_are_named(outputs: Path) -> None:
    assert unused('missing zebra "missing children" "children missing"', outputs, outputs / FILE) == [
        "zebra",
        "children missing",
    ]


class Subjects:
    """Themes as a caller gives them; `asked` counts how often."""

    def __init__(self, version: str, **findings: str) -> None:
        self.version, self._findings, self.asked = version, findings, 0

    def names(self) -> dict[str, str]:
        return {"animals": "Dogs and horses", "people": "People who go missing"}

    def of_findings(self) -> list[tuple[str, str]]:
        self.asked += 1
        return [(f"{name}/afi/1", theme) for name, theme in self._findings.items()] + [("not/in/tables", "people")]


def test_themes_are_asked_for_once_and_again_when_they_change(outputs: Path) -> None:
    essex, mercia = "2016-effectiveness-essex", "2021-22-integrated-west-mercia"
    first = Subjects("1", **{essex: "people", mercia: "people"})
    for words in ("people", "go missing", "peop"):
        assert [hit.report_id for hit in find("", outputs, outputs / FILE, Filter(theme=words), themed=first)] == [
            essex,
            mercia,
        ]
    assert first.asked == 1
    later = Subjects("2", **{essex: "animals"})
    assert [hit.report_id for hit in find("missing", outputs, outputs / FILE, Filter(theme="dogs"), themed=later)] == [
        essex
    ]
    assert find("", outputs, outputs / FILE, Filter(theme="people"), themed=later) == []
    put(outputs, essex, "It should train its dogs.")
    assert find("", outputs, outputs / FILE, Filter(theme="animals"), themed=later) and later.asked == 2


# decisions -----------------------------------------------------------------------------------------------------------


def test_decisions_change_what_is_found_and_withdrawing_them_changes_it_back(outputs: Path) -> None:
    file = outputs / FILE
    find("missing", outputs, file)
    add_verdicts([Verdict("finding", ESSEX, verdict="corrected", text="It should look for runaways.")], file)
    (hit,) = find("runaway", outputs, file)
    assert (hit.finding_id, hit.decision) == (ESSEX, "corrected")
    assert not find("sooner", outputs, file)
    add_verdicts([Verdict("finding", ESSEX, verdict="rejected")], file)
    assert len(find("", outputs, file)) == 2 and not find("runaway", outputs, file)
    add_verdicts([], file, withdrawn=[("finding", ESSEX, "")])
    assert len(find("missing", outputs, file)) == 2
    assert find("sooner", outputs, file)[0].decision is None


def test_only_reports_with_decisions_are_read_again(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = outputs / FILE
    find("missing", outputs, file)
    add_verdicts([Verdict("finding", ESSEX, verdict="accepted")], file)
    monkeypatch.setattr(search, "_made", None)
    assert {hit.decision for hit in find("missing", outputs, file)} == {None, "accepted"}
    assert len(find("", outputs, file)) == 3


def test_words_within_a_theme_are_looked_up_once(outputs: Path) -> None:
    themed = Subjects("1", **{ESSEX.split("/")[0]: "people"})
    find("missing", outputs, outputs / FILE, Filter(theme="people"), themed=themed)
    with search._index(str(outputs), outputs / FILE) as index:
        tests = [("findings MATCH ?", ("missing",)), *search._tests(index, Filter(theme="people"), themed)]
        asked = f"EXPLAIN QUERY PLAN {search._statement(tests, 50, by_words=True)}"
        plan = " ".join(row[3] for row in index.execute(asked, [value for _, own in tests for value in own]))
    assert "VIRTUAL TABLE INDEX" in plan and ":=" not in plan  # `=`: once for each finding of the theme


def test_words_of_two_themes_are_refused_with_both(outputs: Path) -> None:
    class Alike(Subjects):
        def names(self) -> dict[str, str]:
            return {"missing-adults": "Adults", "missing-children": "Children"}

    with pytest.raises(BadSetting, match="missing-adults"):
        find("", outputs, outputs / FILE, Filter(theme="missing"), themed=Alike("1"))


def test_themes_hold_after_a_decision(outputs: Path) -> None:
    file, themed = outputs / FILE, Subjects("1", **{ESSEX.split("/")[0]: "people"})
    assert find("", outputs, file, Filter(theme="people"), themed=themed)
    add_verdicts([Verdict("finding", ESSEX, verdict="accepted")], file)
    (hit,) = find("", outputs, file, Filter(theme="people"), themed=themed)
    assert (hit.finding_id, hit.decision) == (ESSEX, "accepted")
