"""A force with very many findings: its page stays short, and nothing of what it leaves to other pages is lost."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from test_compare import item, report

from extractor.app.listing import Listing
from extractor.comparison import page_rows, pages
from extractor.comparison.compared import Compared
from extractor.comparison.force_part import part_page, part_rows
from extractor.comparison.pages import force_page
from extractor.comparison.year_on_year import Tables, decide

AT = "/forces/cleveland.html"
SILENT = {
    "2015": ("answer letters", "sweep the yards"),
    "2016": ("count its horses", "paint the lamps", "mend its boats"),
}
QUESTIONS = ("investigating-crime", "using-resources")
STEADY = "supervise its investigations"
ASKED = {"part": "silent", "cycle": "", "theme": "", "finding": "", "page": "1"}


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    """A problem in each of four years, and others that nobody saw again."""
    for cycle, pillar in (("2015", "effectiveness"), ("2016", "effectiveness"), ("2017", "effectiveness"),
                          ("2018/19", "integrated")):  # fmt: skip
        steady = item(f"{cycle[:4]}a1", f"The force should {STEADY}.")
        others = [
            item(f"{cycle[:4]}b{at}", f"The force should {words}.", "using-resources")
            for at, words in enumerate(SILENT.get(cycle, ()))
        ]
        report(
            tmp_path, cycle, pillar, steady, *others, grades={"investigating-crime": "good", "using-resources": "good"}
        )
    return tmp_path


@pytest.fixture
def compared(outputs: Path) -> Compared:
    return Tables(outputs, verdicts=outputs / "v.csv").compare("cleveland")


def shown(compared: Compared, **asked: str) -> str:
    """Return the one page with all rows of a part."""
    wanted = ASKED | asked
    rows = part_rows(compared, wanted)
    return part_page(compared, wanted, Listing(rows, 1, len(rows), None, None), "/links", "/forces", AT)


def links(page: str) -> list[dict[str, str]]:
    """Return what the links of a page to its parts ask for."""
    found = (urlsplit(each.replace("&amp;", "&")).query for each in re.findall(rf'href="({AT}\?[^"]*)"', page))
    return [{name: value[0] for name, value in parse_qs(query).items()} for query in found]


def test_what_is_short_stands_on_the_page(compared: Compared) -> None:
    page = force_page(compared, None, "/links", "/forces", AT)
    assert links(page) == [] and "mend its boats" in page


def test_what_is_long_has_pages_of_its_own_by_inspection(compared: Compared, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MANY", 4)
    page = force_page(compared, None, "/links", "/forces", AT)
    assert "mend its boats" not in page
    asked = [link for link in links(page) if link["part"] == "silent"]
    assert asked == [{"part": "silent", "cycle": "2015"}, {"part": "silent", "cycle": "2016"}, {"part": "silent"}]
    assert "2015</a> (2)" in page and "2016</a> (3)" in page and "successor (5)" in page
    assert "mend its boats" in force_page(compared)  # a page in a folder has all on it


def test_a_part_is_narrowed_by_inspection_and_theme(compared: Compared) -> None:
    every = shown(compared)
    assert all(words in every for own in SILENT.values() for words in own) and "1 to 5 of 5" in every
    first = shown(compared, cycle="2015")
    told = re.findall(r"</strong>: The force should ([^.]*)\.", first)
    assert told == list(SILENT["2015"]) and '<option value="2015" selected>' in first
    themes = set(re.findall(r'<option value="([^"]+)">', every)) - set(SILENT)
    assert sum(len(part_rows(compared, ASKED | {"theme": theme})) for theme in themes) >= 5
    assert part_rows(compared, ASKED | {"theme": "dogs"}) == []
    assert "There is none." in shown(compared, cycle="1999")
    assert 'action="/links"' in every and f'<a href="{AT}">' in every


def test_a_long_problem_is_cut_where_it_stands_and_whole_on_its_own_page(
    compared: Compared, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "LONGEST", 2)
    page = force_page(compared, None, "/links", "/forces", AT)
    (link,) = [link for link in links(page) if link["part"] == "problem"]
    assert "All 4 findings of this problem" in page
    whole = shown(compared, **link)
    assert [f"<strong>{cycle}</strong>" in whole for cycle in ("2015", "2016", "2017", "2018/19")] == [True] * 4
    assert part_rows(compared, ASKED | {"part": "problem", "finding": "none"}) == []


def test_problems_that_came_again_have_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for cycle in ("2015", "2016"):
        report(tmp_path, cycle, "effectiveness", item(f"{cycle}a", f"The force should {STEADY}."))
    report(tmp_path, "2017", "effectiveness", item("2017a", "The force should mend its boats.", "using-resources"))
    compared = Tables(tmp_path, verdicts=tmp_path / "v.csv").compare("cleveland")
    monkeypatch.setattr(pages, "MANY", 0)
    page = force_page(compared, None, "/links", "/forces", AT)
    assert {"part": "again"} in links(page) and "<h3>The force should supervise" not in page
    again = shown(compared, part="again")
    assert "<h2>The force should supervise" in again and again.count('class="thread"') == 1


def test_the_longest_is_longer_than_there_are_cycles(compared: Compared) -> None:
    assert len(compared.rules.orders) <= page_rows.LONGEST


# what words on links leave as it is -----------------------------------------------------------------------------------


def test_a_word_on_a_link_weighs_nothing_anew(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = outputs / "v.csv"
    before = Tables(outputs, verdicts=file)
    link = before.compare("cleveland").links[0]
    pair = (before.history("cleveland").items[place].id for place in (link.earlier, link.later))
    decide(before, *pair, "rejected", file, "Ada")
    after = Tables(outputs, verdicts=file, before=before)
    monkeypatch.setattr(Tables, "_learn", lambda _self: pytest.fail("weighed again"))
    monkeypatch.setattr("extractor.comparison.year_on_year.kept_weights", lambda *_: pytest.fail("read again"))
    assert after.compare("cleveland").words and after.weights is before.weights


def test_themes_are_those_of_findings_that_are_at_hand(outputs: Path) -> None:
    report(outputs, "2016", "effectiveness", item("k1", "The force should mend its boats."), force="kent")
    fresh, ready = (Tables(outputs, verdicts=outputs / "v.csv") for _ in range(2))
    ready.history("cleveland")  # and not kent
    assert dict(ready.themes()) == dict(fresh.themes())
    assert len(list(ready.themes())) == len(list(fresh.themes()))


def test_a_new_report_is_weighed(outputs: Path) -> None:
    before = Tables(outputs, verdicts=outputs / "v.csv")
    assert before.compare("cleveland")
    report(outputs, "2016", "effectiveness", item("k1", "The force should mend its boats."), force="kent")
    after = Tables(outputs, verdicts=outputs / "v.csv", before=before)
    assert after.weights.findings == before.weights.findings + 1


def test_a_verdict_reads_the_force_of_its_finding_alone(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report(outputs, "2016", "effectiveness", item("k1", "The force should mend its boats."), force="avon")
    tables = Tables(outputs, verdicts=outputs / "v.csv")
    history, read = Tables.history, list[str]()

    def noted(self: Tables, force: str) -> object:
        read.append(force)
        return history(self, force)

    monkeypatch.setattr(Tables, "history", noted)
    old, new = "2015-effectiveness-cleveland/afi/2015a1", "2016-effectiveness-cleveland/afi/2016a1"
    assert decide(tables, old, new, "confirmed", outputs / "v.csv", "Ada") == "cleveland"
    assert read == ["cleveland"]
