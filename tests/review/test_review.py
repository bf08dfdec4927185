"""The review page, the decisions that come out of it, and what becomes of the tables."""

from __future__ import annotations

import json
import re
import shutil
from base64 import b64decode
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from extractor import cli
from extractor.decisions.apply import verified_findings, verified_gradings
from extractor.decisions.review_file import apply_decisions, apply_file
from extractor.decisions.store import Verdict, add_verdicts, read_verdicts
from extractor.export.tracker import export
from extractor.ids import short_hash
from extractor.models import Box, Extraction, Finding, Grading, Problem, Report, Section
from extractor.review.review_page import as_script, review_data, review_file, write_review
from extractor.tables import storage
from extractor.tables.write import write_tables

SPECIMENS = Path("corpus/specimens")
ID = "2018-19-integrated-norfolk"
HOSTILE = "The force should </script><script>alert('x')</script> & \"check\" it. \u202eevil\u202c =1+1"


def _finding(
    text: str, order: int, kind: str = "area_for_improvement", page: int | None = 2, **more: object
) -> Finding:
    boxes = (Box(page, 70, 100.0 + 40 * order, 500, 112.0 + 40 * order),) if page else ()
    values = {
        "finding_id": f"{ID}/afi/{short_hash(text)}", "report_id": ID, "kind": kind, "question": "How good is it?",
        "question_id": "how-good", "order": order, "text": text, "detail": None, "parent_id": None, "stem": None,
        "limbs": (), "deadline": None, "deadline_on": None, "addressee": None, "status": "new", "origin_cycle": None,
        "page_first": page, "page_last": page, "boxes": boxes, "rule_id": "heading.afi", "flags": (),
    }  # fmt: skip
    return Finding(**{**values, **more})


def _tables(
    outputs: Path,
    *findings: Finding,
    source: str = "gone.pdf",
    pages: int | None = 3,
    sha256: str = "0" * 64,
    status: str = "partial",
) -> None:
    report = Report(
        ID, "PEEL 2018/19 – Norfolk", "norfolk", "Norfolk Constabulary", "HMICFRS", "2018/19", "integrated",
        "2019-09-27", pages, source, sha256, "peel-2018-19", "r", "0", status,
    )  # fmt: skip
    grading = Grading(
        f"{ID}/grade/1", ID, "question", "How good is it?", "how-good", "good", "inspected", None, "Good", 2, (), "r"
    )
    sections = [
        Section(
            f"{ID}/s{each.order}", ID, None, each.order, 1, each.question, "question", "how-good", None, None, each.text
        )
        for each in findings
    ]
    problem = Problem(ID, source, "checks", "unusual_length", "doubt", 2, f"look at “{HOSTILE}”")
    write_tables(Extraction(report, tuple(sections), (grading,), findings, (problem,)), outputs)


def _told(*entries: dict[str, object]) -> dict[str, object]:
    return {"format": "peel-verdicts", "report_id": ID, "verdicts": list(entries)}


def _entry(finding: Finding | None, verdict: str, **more: object) -> dict[str, object]:
    about = (
        {"id": finding.finding_id, "printed": finding.text, "page": finding.page_first, "kind": finding.kind}
        if finding
        else {}
    )
    boxes = [{name: getattr(box, name) for name in Box.__slots__} for box in finding.boxes] if finding else []
    return {"subject": "finding", "verdict": verdict, "boxes": boxes, "question": "How good is it?", **about, **more}


ONE, TWO, THREE = (
    _finding(f"The force should improve {thing} at once.", at) for at, thing in enumerate(("calls", "files", "cars"))
)


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    _tables(tmp_path / "outputs", ONE, TWO, THREE)
    return tmp_path / "outputs"


# the page ------------------------------------------------------------------------------------------------------------


def _data_of(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])  # type: ignore[no-any-return]


def test_the_page_holds_hostile_text_as_data(tmp_path: Path) -> None:
    _tables(tmp_path, _finding(HOSTILE, 0))
    page = review_file(review_data(ID, tmp_path, tmp_path / "v.csv"), {})
    data = _data_of(page)
    assert [item["text"] for item in data["items"] if item["subject"] == "finding"] == [HOSTILE]  # type: ignore[index, union-attr]
    assert "alert(" not in re.sub(r'<script type="application/json".*?</script>', "", page, flags=re.DOTALL)
    assert page.count("<script") == 2
    assert "hidden_marks" in [flag for item in data["items"] for flag, _ in item["flags"]]  # type: ignore[index, union-attr]


def test_no_json_can_leave_its_element() -> None:
    assert not set("<>&\u2028\u2029") & set(as_script({"a": "</script><!--&\u2028\u2029"}))


def test_the_page_allows_its_own_script_and_nothing_else(outputs: Path) -> None:
    page = review_file(review_data(ID, outputs, outputs / "v.csv"), {})
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert "default-src &#39;none&#39;" in policy[1]
    assert "unsafe" not in policy[1]
    assert not re.findall(r"""(?:src|href)=["'](?!#)""", page)


def test_items_stand_in_the_order_of_the_report(outputs: Path) -> None:
    items = review_data(ID, outputs, outputs / "v.csv")["items"]
    assert [item["text"] for item in items] == ["good", ONE.text, TWO.text, THREE.text]


@pytest.mark.parametrize(
    ("source", "pages", "words"),
    [
        ("gone.pdf", 3, "not there any more"),
        ("page.html", None, "saved web page"),
        (__file__, 3, "not the file that was extracted"),
    ],
)
def test_without_pages_the_printed_text_is_shown(tmp_path: Path, source: str, pages: int | None, words: str) -> None:
    _tables(tmp_path, ONE, source=source, pages=pages)
    data = review_data(ID, tmp_path, tmp_path / "v.csv")
    assert words in data["no_pages"]
    assert not data["pages"]
    assert data["text"][0]["paragraphs"] == [ONE.text]


def test_a_file_that_could_not_be_read_is_no_web_page(tmp_path: Path) -> None:
    _tables(tmp_path, source="empty.pdf", pages=None, status="failed")
    assert review_data(ID, tmp_path, tmp_path / "v.csv")["no_pages"] == "the file could not be read"


def test_pages_are_pictures_of_at_most_60_kb(tmp_path: Path) -> None:
    source = SPECIMENS / "specimen-2021-22.pdf"
    _tables(tmp_path, ONE, source=str(source.absolute()), pages=8, sha256=storage.sha256(str(source)))
    path, no_pages = write_review(ID, tmp_path, verdicts=tmp_path / "v.csv")
    page = path.read_text(encoding="utf-8")
    pictures = re.findall(r'<script type="text/plain" id="picture-(\d+)">(.*?)</script>', page)
    assert no_pages is None
    assert [int(number) for number, _ in pictures] == list(range(1, 9))
    for _, address in pictures:
        kind, data = re.fullmatch(r"data:image/(\w+);base64,(.*)", address).groups()  # type: ignore[union-attr]
        assert len(b64decode(data)) <= 60_000
        assert Image.open(BytesIO(b64decode(data))).format == kind.upper()
    assert "Norfolk" in " ".join(line[4] for line in _data_of(page)["pages"][0]["lines"])  # type: ignore[index]


def test_an_unknown_report_is_named(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["review", "2018-19-integrated-nowhere", "--outputs", str(outputs)]) == 2
    assert "2018-19-integrated-nowhere" in capsys.readouterr().err


# decisions -----------------------------------------------------------------------------------------------------------


def test_decisions_reach_the_tables_that_others_read(outputs: Path, tmp_path: Path) -> None:
    file, verdicts = tmp_path / "d.json", tmp_path / "corpus" / "verdicts.csv"
    added = "The force should buy a clock."
    file.write_text(
        json.dumps(
            _told(
                _entry(ONE, "corrected", text="The force should improve calls.", kind="recommendation"),
                _entry(TWO, "rejected"),
                _entry(THREE, "accepted"),
                _entry(
                    None,
                    "added",
                    kind="area_for_improvement",
                    text=added,
                    page=2,
                    boxes=[{"page": 2, "x0": 70, "top": 120, "x1": 300, "bottom": 130}],
                ),
                {"subject": "grading", "id": f"{ID}/grade/1", "verdict": "corrected", "text": "adequate"},
            )
        ),
        encoding="utf-8",
    )
    assert (
        cli.main(
            ["review", "--apply", str(file), "--outputs", str(outputs), "--verdicts", str(verdicts), "-q", "--by", "A."]
        )
        == 0
    )
    assert {each.by for each in read_verdicts(verdicts)} == {"A."}
    rows = verified_findings(outputs, ID, verdicts)
    assert [row["text"] for row in rows] == ["The force should improve calls.", added, THREE.text]
    assert [row["order"] for row in rows] == [0, 1, 2]
    assert [row["kind"] for row in rows] == ["recommendation", "area_for_improvement", "area_for_improvement"]
    assert rows[0]["finding_id"] == ONE.finding_id
    assert rows[1]["finding_id"] == f"{ID}/afi/{short_hash(added)}"
    assert rows[1]["question_id"] == "how-good"
    assert verified_findings(outputs, None, verdicts) == rows
    assert verified_findings(outputs, None, verdicts, ("report_id", "text"))[1] == {"report_id": ID, "text": added}
    assert [row["grade"] for row in verified_gradings(outputs, ID, verdicts)] == ["adequate"]


def test_without_decisions_the_tables_are_as_extracted(outputs: Path, tmp_path: Path) -> None:
    assert [row["text"] for row in verified_findings(outputs, ID, tmp_path / "none.csv")] == [
        ONE.text,
        TWO.text,
        THREE.text,
    ]


def test_a_decision_holds_after_another_extraction(outputs: Path, tmp_path: Path) -> None:
    """By id, then by words, then by place and half of the words; what is not found again stays as it was signed."""
    verdicts = tmp_path / "v.csv"
    apply_decisions(
        _told(
            _entry(ONE, "corrected", text="The force should improve calls."),
            _entry(TWO, "corrected", text="The force should improve files now."),
            _entry(THREE, "accepted"),
        ),
        outputs,
        verdicts,
    )
    other_kind = replace(ONE, finding_id=f"{ID}/rec/{short_hash(ONE.text)}", kind="recommendation")
    longer = replace(TWO, text=TWO.text + " And more", finding_id=f"{ID}/afi/00000000")
    _tables(outputs, other_kind, longer)
    rows = verified_findings(outputs, ID, verdicts)
    assert [row["text"] for row in rows] == [
        "The force should improve calls.",
        "The force should improve files now.",
        THREE.text,
    ]
    assert [row["finding_id"] for row in rows][2] == THREE.finding_id
    assert rows[0]["kind"] == ONE.kind


def test_a_rejected_item_does_not_take_its_neighbour_along(outputs: Path, tmp_path: Path) -> None:
    verdicts = tmp_path / "v.csv"
    apply_decisions(_told(_entry(ONE, "rejected")), outputs, verdicts)
    better = replace(ONE, text="The force should improve calls at once, and letters.", finding_id=f"{ID}/afi/11111111")
    _tables(outputs, better, TWO, THREE)
    assert len(verified_findings(outputs, ID, verdicts)) == 3


def test_an_added_item_that_is_found_later_is_not_there_twice(outputs: Path, tmp_path: Path) -> None:
    verdicts = tmp_path / "v.csv"
    four = _finding("The force should improve boats at once.", 3)
    apply_decisions(_told({**_entry(four, "added", text=four.text), "id": None}), outputs, verdicts)
    _tables(outputs, ONE, TWO, THREE, four)
    assert [row["text"] for row in verified_findings(outputs, ID, verdicts)].count(four.text) == 1


def test_decisions_follow_a_report_that_gets_its_name(outputs: Path, tmp_path: Path) -> None:
    unknown = f"unknown-{'0' * 12}"
    verdicts = tmp_path / "v.csv"
    old = Verdict("finding", f"{unknown}/afi/{short_hash(ONE.text)}", verdict="rejected", printed=ONE.text)
    add_verdicts([old, Verdict("grading", f"{unknown}/grade/1", verdict="rejected")], verdicts)
    assert [row["text"] for row in verified_findings(outputs, ID, verdicts)] == [TWO.text, THREE.text]
    assert verified_gradings(outputs, ID, verdicts) == []
    apply_decisions(_told(_entry(ONE, "accepted")), outputs, verdicts)
    assert len(verified_findings(outputs, ID, verdicts)) == 3
    withdrawn = {"subject": "grading", "id": f"{ID}/grade/1", "verdict": "withdrawn"}
    apply_decisions(_told(_entry(ONE, "withdrawn"), withdrawn), outputs, verdicts)
    assert read_verdicts(verdicts) == []


def test_what_a_correction_takes_out_goes_with_it(tmp_path: Path) -> None:
    concern = _finding("Calls go unanswered.", 0, "cause_of_concern")
    asked = _finding(
        "Within three months, the force should: answer calls; and ring back.", 1, "recommendation",
        parent_id=concern.finding_id, limbs=("answer calls; and", "ring back."), deadline="Within three months",
        deadline_on="2019-12-27",
    )  # fmt: skip
    _tables(tmp_path, concern, asked)
    decided = _told(_entry(concern, "rejected"), _entry(asked, "corrected", text="The force should: answer calls; and"))
    apply_decisions(decided, tmp_path, tmp_path / "v.csv")
    row = verified_findings(tmp_path, ID, tmp_path / "v.csv")[0]
    assert (row["parent_id"], row["deadline"], row["deadline_on"], row["limbs"]) == (
        None,
        None,
        None,
        ["answer calls; and"],
    )


def test_a_later_decision_replaces_and_withdraws(outputs: Path, tmp_path: Path) -> None:
    verdicts = tmp_path / "v.csv"
    link = Verdict("link", "a", "b", "confirmed")
    add_verdicts([link], verdicts)
    apply_decisions(_told(_entry(ONE, "rejected"), _entry(TWO, "rejected")), outputs, verdicts)
    apply_decisions(_told(_entry(ONE, "accepted"), _entry(TWO, "withdrawn")), outputs, verdicts)
    assert [(each.subject, each.verdict) for each in read_verdicts(verdicts)] == [
        ("link", "confirmed"),
        ("finding", "accepted"),
    ]


def test_the_review_takes_up_what_was_decided(outputs: Path, tmp_path: Path) -> None:
    verdicts = tmp_path / "v.csv"
    added = "The force should buy a clock."
    apply_decisions(
        _told(_entry(ONE, "rejected", note="a heading"), _entry(None, "added", kind="recommendation", text=added)),
        outputs,
        verdicts,
    )
    items = {item["text"]: item for item in review_data(ID, outputs, verdicts)["items"]}
    assert items[ONE.text]["decision"]["note"] == "a heading"
    assert items[added]["decision"]["verdict"] == "added"
    assert items[TWO.text]["decision"] is None


def test_the_tracker_holds_the_verified_words(outputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    apply_decisions(_told(_entry(ONE, "corrected", text="Verified words."), _entry(TWO, "rejected")), outputs)
    export(outputs, tmp_path / "export")
    told = (tmp_path / "export" / "findings.csv").read_text(encoding="utf-8-sig")
    assert "Verified words." in told
    assert TWO.text not in told


def test_formulas_in_the_file_of_verdicts_come_back_as_they_were(tmp_path: Path) -> None:
    texts = ["=1+1", "-3", "'=x", "'quoted'", "@a", "+b", "\tc", "plain"]
    add_verdicts([Verdict("finding", f"{ID}/afi/{at}", note=text) for at, text in enumerate(texts)], tmp_path / "v.csv")
    assert [each.note for each in read_verdicts(tmp_path / "v.csv")] == texts
    assert not re.search(r"(?m)(^|,)=", (tmp_path / "v.csv").read_text(encoding="utf-8"))


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n", '"\r', "\u2028"])
def test_no_line_end_in_a_text_becomes_a_decision_on_another_report(outputs: Path, tmp_path: Path, end: str) -> None:
    verdicts = tmp_path / "v.csv"
    smuggled = f"a note{end}finding,2016-effectiveness-kent/afi/1,,rejected,,,,,,,,,,{end}"
    apply_decisions(_told(_entry(ONE, "accepted", note=smuggled, text=smuggled)), outputs, verdicts)
    assert [each.id for each in read_verdicts(verdicts)] == [ONE.finding_id]


def test_a_verdict_typed_by_hand_never_takes_an_explanation_away(tmp_path: Path) -> None:
    explained = replace(ONE, detail="Calls wait for minutes.")
    _tables(tmp_path, explained)
    for word in ("ok", "Accepted", ""):
        row = f"subject,id,verdict,detail\r\nfinding,{explained.finding_id},{word},\r\n"
        (tmp_path / "v.csv").write_text(row, encoding="utf-8")
        assert verified_findings(tmp_path, ID, tmp_path / "v.csv")[0]["detail"] == explained.detail


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ([], "not a file of decisions"),
        ({"format": "other", "verdicts": []}, "not a file of decisions"),
        ({**_told(), "report_id": "../../etc/passwd"}, "extract that report first"),
        ({**_told(), "report_id": "2018-19-integrated-kent"}, "extract that report first"),
        (_told({"subject": "link"}), "decision 1 is about neither"),
        (_told(_entry(ONE, "deleted")), "'deleted' is no verdict"),
        (_told(_entry(ONE, "accepted", kind="opinion")), "'opinion' is no kind"),
        (_told(_entry(ONE, "accepted", id="other-report/afi/1")), "is not of the report"),
        (_told(_entry(ONE, "corrected", text=" ")), "needs its text"),
        (_told(_entry(ONE, "corrected", text=["x"])), "text is not text"),
        (_told(_entry(ONE, "corrected", text="x" * 60_000)), "longer than"),
        (_told(_entry(ONE, "accepted", page=-1)), "-1 is no page"),
        (_told(_entry(ONE, "accepted", on="yesterday")), "is no date"),
        (_told(_entry(ONE, "accepted", boxes=[{"page": 1}])), "needs numbers"),
        (
            _told(_entry(ONE, "accepted", boxes=[{"page": 1, "x0": float("nan"), "top": 0, "x1": 0, "bottom": 0}])),
            "needs numbers",
        ),
        (
            _told(_entry(ONE, "accepted", boxes=[{"page": 1, "x0": 1e300, "top": 0, "x1": 0, "bottom": 0}])),
            "needs numbers",
        ),
        (_told(_entry(ONE, "accepted", id=f"{ID}/afi/1\nfinding,other/afi/2")), "is not of the report"),
        (_told(_entry(ONE, "accepted", id=f"{ID}x/afi/1")), "is not of the report"),
        (_told(_entry(ONE, "accepted", note=7)), "note is not text"),
        (
            _told({"subject": "grading", "id": f"{ID}/grade/1", "verdict": "corrected", "text": "superb"}),
            "'superb' is no grade",
        ),
    ],
)
def test_a_file_that_cannot_be_used_changes_nothing(outputs: Path, tmp_path: Path, told: object, words: str) -> None:
    file = tmp_path / "d.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(words)) as error:
        apply_file(file, outputs, tmp_path / "v.csv")
    assert str(file) in str(error.value)
    assert not (tmp_path / "v.csv").exists()


def test_a_file_that_is_no_json_is_named(outputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(SPECIMENS / "specimen-2021-22.pdf", tmp_path / "d.json")
    assert cli.main(["review", "--apply", str(tmp_path / "d.json"), "--outputs", str(outputs)]) == 2
    assert "d.json: not a file of decisions" in capsys.readouterr().err


def test_decisions_measure_the_tables_and_draft_gold(
    outputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    verdicts = tmp_path / "v.csv"
    check = ["check", "--from-verdicts", str(verdicts), "--outputs", str(outputs), "--json"]
    verdicts.touch()
    assert cli.main(check) == 1
    assert json.loads(capsys.readouterr().out) == []
    apply_decisions(_told(_entry(ONE, "accepted"), _entry(TWO, "corrected", text="Other words.")), outputs, verdicts)
    assert cli.main(check) == 1
    held = json.loads(capsys.readouterr().out)[0]
    assert (held["holding"], len(held["differing"]), held["undecided"], held["gold"]) == (1, 1, 2, None)
    grade = {"subject": "grading", "id": f"{ID}/grade/1", "verdict": "accepted"}
    apply_decisions(_told(_entry(THREE, "rejected"), grade), outputs, verdicts)
    assert cli.main(check) == 1
    gold = json.loads(capsys.readouterr().out)[0]["gold"]
    assert [row["text"] for row in gold["findings"]] == [ONE.text, "Other words."]
    assert gold["report"]["force"] == "norfolk"
    _tables(outputs, ONE, replace(TWO, text="Other words."))
    assert cli.main(check[:-1]) == 0
    assert "4 decisions hold, 0 differ" in capsys.readouterr().out


def test_decisions_without_a_name_are_refused_or_signed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _tables(tmp_path, ONE, TWO)
    file, verdicts = tmp_path / "d.json", tmp_path / "v.csv"
    file.write_text(json.dumps(_told(_entry(ONE, "rejected"), _entry(TWO, "accepted", by="B."))), encoding="utf-8")
    command = ["review", "--apply", str(file), "--outputs", str(tmp_path), "--verdicts", str(verdicts)]
    assert cli.main(command) == 2 and not verdicts.exists()
    assert "1 decision has no name; add --by 'NAME'" in capsys.readouterr().err
    assert cli.main([*command, "--by", "A."]) == 0
    assert {each.id: each.by for each in read_verdicts(verdicts)} == {ONE.finding_id: "A.", TWO.finding_id: "B."}


def test_a_rejected_concern_tells_which_recommendations_it_leaves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    concern = _finding("The force lacks a plan.", 0, "cause_of_concern")
    left = _finding("The force should write a plan.", 1, "recommendation", parent_id=concern.finding_id)
    gone = _finding("The force should print a plan.", 2, "recommendation", parent_id=concern.finding_id)
    _tables(tmp_path, concern, left, gone)
    file = tmp_path / "d.json"
    told = _told(_entry(concern, "rejected", by="A."), _entry(gone, "rejected", by="A."))
    file.write_text(json.dumps(told), encoding="utf-8")
    command = ["review", "--apply", str(file), "--outputs", str(tmp_path), "--verdicts", str(tmp_path / "v.csv")]
    assert cli.main(command) == 0
    said = capsys.readouterr().err
    assert (
        f"{concern.finding_id} is rejected and 1 recommendation stands without a concern now: {left.finding_id}" in said
    )
    rows = verified_findings(tmp_path, ID, tmp_path / "v.csv")
    assert [(row["finding_id"], row["parent_id"]) for row in rows] == [(left.finding_id, None)]
