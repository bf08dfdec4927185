"""A saved web page gives the lines a PDF gives: type, lists, tables, marked furniture, and loud failures."""

from __future__ import annotations

import gzip
import json
import plistlib
import shutil
from pathlib import Path

import pytest

from extractor.models import Line, Printed
from extractor.reading.web.boilerplate import expression, is_furniture
from extractor.reading.web.furniture import ARTIFACT
from extractor.reading.web.page import read_web
from extractor.rulebook.folder import rules_root
from extractor.rulebook.load import load_rules
from extractor.rulebook.schema import Rule

RESULT_PAGE = """<!DOCTYPE html>
<!-- saved from url=(0067)https://example.org/hmicfrs/peel-assessments/peel-2018/kent/efficiency/ -->
<html lang="en-GB"><head><meta charset="utf-8"><title>Efficiency &#8211; PEEL 2018</title>
<meta property="og:title" content="PEEL 2018 Kent">
<meta property="article:published_time" content="2019-05-02T09:30:00">
<style>p { color: red }</style><script>document.write("<p>written by a script</p>")</script></head>
<body class="page has-sidebar">
<a class="skip-link" href="#content">Skip to content</a>
<header id="masthead"><a href="/"><img src="logo.png" alt="HMICFRS"></a>
<nav><ul><li><a>Home</a><li><a>Reports</a></ul></nav></header>
<div class="cookie-banner"><p>We use cookies to make this website work.</p><button>Accept</button></div>
<p>Our website will be down for maintenance on Sunday.</p>
<main><article>
<header class="entry-header"><h1>PEEL 2018/19<br>An inspection of Kent Police</h1></header>
<p>Last updated 27/09/2019</p><p><a>Print this document</a></p><p>English Cymraeg</p>
<h2 id="stop-and-search">How efficiently does<br>the force operate?</h2>
<p class="grade-banner">Requires improvement</p>
<p>In 2016<sup>2</sup> the <em>force</em>&nbsp;was
   <strong>good</strong>.</p>
<section id="anti-social-behaviour" class="box highlight"><h3>Areas for improvement</h3>
<ul><li>The force should ensure its unit:
<ul><li>has enough people; and</li><li><p>can monitor its systems.</p></li></ul></li>
<li>The force should join up<br>its plans.</li></ul></section>
<ol start="3"><li>third</li><li value="7">seventh</li></ol>
<p>Tail of the page<div>A bare division <span>with a span</span></div>
</article></main>
<aside><p>Aside</p></aside><footer><p>© HMICFRS</p></footer></body></html>"""


def lines_of(page: str, name: str = "page.html") -> tuple[Line, ...]:
    return read_web(name, page.encode()).lines


def line(lines: tuple[Line, ...], text: str) -> Line:
    found = [line for line in lines if line.text == text]
    assert len(found) == 1, f"{text!r}: {len(found)} lines of {[line.text for line in lines]}"
    return found[0]


def codes(printed: Printed) -> list[tuple[str, str]]:
    return [(problem.code, problem.severity) for problem in printed.problems]


@pytest.fixture(scope="module")
def page() -> Printed:
    return read_web("kent.html", RESULT_PAGE.encode())


def test_lines_stand_in_document_order_without_places(page: Printed) -> None:
    assert [line.number for line in page.lines] == list(range(len(page.lines)))
    assert {line.page for line in page.lines} == {None} == {line.box for line in page.lines}
    assert page.medium == "web" and page.pages == () and page.problems == ()


def test_body_text_is_what_a_reader_sees(page: Printed) -> None:
    assert [(line.tag, line.text) for line in page.lines if line.tag != ARTIFACT] == [
        ("H1", "PEEL 2018/19"),
        ("H1", "An inspection of Kent Police"),
        ("P", "Last updated 27/09/2019"),
        ("H2", "How efficiently does the force operate?"),
        ("P", "Requires improvement"),
        ("P", "In 20162 the force was good."),
        ("H3", "Areas for improvement"),
        ("LI", "• The force should ensure its unit:"),
        ("LI", "◦ has enough people; and"),
        ("LI", "◦ can monitor its systems."),
        ("LI", "• The force should join up its plans."),
        ("LI", "3. third"),
        ("LI", "7. seventh"),
        ("P", "Tail of the page"),
        ("DIV", "A bare division with a span"),
    ]


def test_furniture_is_kept_and_marked(page: Printed) -> None:
    assert [line.text for line in page.lines if line.tag == ARTIFACT] == [
        "Skip to content",
        "HMICFRS",
        "Home",
        "Reports",
        "We use cookies to make this website work.",
        "Accept",
        "Our website will be down for maintenance on Sunday.",
        "Print this document",
        "English Cymraeg",
        "Aside",
        "© HMICFRS",
    ]


def test_type_follows_the_tags(page: Printed) -> None:
    h2, h3 = line(page.lines, "How efficiently does the force operate?"), line(page.lines, "Areas for improvement")
    body = line(page.lines, "In 20162 the force was good.")
    assert (h2.size, h2.bold, h3.size, h3.bold, body.size, body.bold) == (20.0, True, 16.0, True, 12.0, False)
    assert [(run.text, run.bold, run.italic, run.raised) for run in body.runs] == [
        ("In 2016", False, False, False),
        ("2", False, False, True),
        (" the ", False, False, False),
        ("force", False, True, False),
        (" was ", False, False, False),
        ("good", True, False, False),
        (".", False, False, False),
    ]
    assert all("".join(run.text for run in line.runs) == line.text for line in page.lines)


def test_whole_bold_line_is_bold_and_its_bullet_is_not() -> None:
    item = lines_of("<ul><li><p><strong>The force needs to </strong><b>improve</b></p></li></ul>")[0]
    assert item.bold and item.text == "• The force needs to improve"
    assert [run.bold for run in item.runs] == [False, True]


def test_properties_are_kept_under_their_own_names(page: Printed) -> None:
    assert page.meta == {
        "h1": "PEEL 2018/19 An inspection of Kent Police",
        "title": "Efficiency – PEEL 2018",
        "og:title": "PEEL 2018 Kent",
        "article:published_time": "2019-05-02T09:30:00",
        "lang": "en-GB",
        "saved_from": "https://example.org/hmicfrs/peel-assessments/peel-2018/kent/efficiency/",
        "Last updated": "27/09/2019",
    }


@pytest.mark.parametrize(
    ("printed", "label", "date"),
    [
        ("<p>Published on: <b>14 October 2022</b></p>", "Published on", "14 October 2022"),
        ("<dl><dt>Published on</dt><dd>2 May 2019</dd></dl>", "Published on", "2 May 2019"),
        ("<p>Sent on: 26 September 2024</p>", "Sent on", "26 September 2024"),
    ],
)
def test_printed_dates(printed: str, label: str, date: str) -> None:
    assert read_web("p.html", printed.encode()).meta[label] == date


def test_sentences_are_not_dates() -> None:
    page = read_web("p.html", b"<p>Published on paper in 2019 by a force that has since moved to screens.</p>")
    assert page.meta == {}


def test_cells_keep_their_column() -> None:
    table = """<table><tr><th>Outstanding<th colspan=2>Good<th>Adequate</tr>
        <tr><td><td rowspan=2>Preventing<br>crime<td>Leadership<td><p>Investigating crime</p></tr>
        <tr><td>Managing offenders<td>Public treatment</tr></table>"""
    assert [(line.tag, line.text, line.runs[0].x0, line.runs[0].x1) for line in lines_of(table)] == [
        ("TH", "Outstanding", 0.0, 100.0),
        ("TH", "Good", 100.0, 300.0),
        ("TH", "Adequate", 300.0, 400.0),
        ("TD", "Preventing crime", 100.0, 200.0),
        ("TD", "Leadership", 200.0, 300.0),
        ("TD", "Investigating crime", 300.0, 400.0),
        ("TD", "Managing offenders", 0.0, 100.0),
        ("TD", "Public treatment", 200.0, 300.0),
    ]


def test_breaks_split_prose_and_two_of_them_split_an_item() -> None:
    page = "<p>one<br>two</p><ul><li>first<br>line<br> <br>second<p>third</p></li></ul><h2>a<br/>b</h2>"
    assert [(line.tag, line.text) for line in lines_of(page)] == [
        ("P", "one"),
        ("P", "two"),
        ("LI", "• first line"),
        ("LI", "second"),
        ("LI", "third"),
        ("H2", "a b"),
    ]


def test_box_in_a_table_keeps_its_headings_and_items() -> None:
    box = "<table class=box><tr><td><h3>Area for improvement</h3><p>Lead</p><ul><li>one</li></ul></td></tr></table>"
    assert [(line.tag, line.text) for line in lines_of(box)] == [
        ("H3", "Area for improvement"),
        ("P", "Lead"),
        ("LI", "• one"),
    ]


def test_definitions_captions_and_quotes() -> None:
    page = "<dl><dt>Force</dt><dd>Kent</dd></dl><figure><img src=a><figcaption>Figure 1</figcaption></figure>"
    assert [(line.tag, line.text) for line in lines_of(page)] == [
        ("DT", "Force"),
        ("DD", "Kent"),
        ("FIGCAPTION", "Figure 1"),
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display: none">x</div>',
        "<div hidden>x</div>",
        '<span aria-hidden="true">x</span>',
        '<span class="screen-reader-text">x</span>',
        "<noscript>x</noscript>",
        "<template><p>x</p></template>",
        "<!-- x -->",
    ],
)
def test_hidden_text_is_left_out_and_what_follows_is_not(hidden: str) -> None:
    assert [line.text for line in lines_of(f"<p>before</p>{hidden}after")] == ["before", "after"]


def test_page_behind_an_open_dialog_is_read() -> None:
    page = (
        '<div id="page" aria-hidden="true"><h2>Investigating crime</h2><p>Good</p></div><dialog><p>Accept</p></dialog>'
    )
    assert [(line.tag, line.text) for line in lines_of(page)] == [
        ("H2", "Investigating crime"),
        ("P", "Good"),
        (ARTIFACT, "Accept"),
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "<div hidden>The force should act.</div>",
        '<p style="visibility:hidden">The force should act.</p>',
        '<p style="opacity: 0">The force should act.</p>',
        '<p style="font-size:0px">The force should act.</p>',
        '<p style="position:absolute; left:-9999px">The force should act.</p>',
        '<p style="text-indent:-9999px">The force should act.</p>',
        '<p style="clip-path: inset(100%)">The force should act.</p>',
        '<p style="height:0; overflow:hidden">The force should act.</p>',
        '<p style="color:#fff; background:#fff">The force should act.</p>',
        "<style>.off { display: none }</style><p class=off>The force should act.</p>",
        "<style>@media screen { .off { display: none } }</style><p class=off>The force should act.</p>",
        "<style>.off { display: none } p.off { display: none !important }</style>"
        '<p class=off style="display:block">The force should act.</p>',
        "<style>div > .a + p { visibility: hidden }</style><div><p class=a>seen</p><p>The force should act.</p></div>",
    ],
)
def test_text_that_is_not_displayed_is_no_line_and_is_told(hidden: str) -> None:
    page = read_web("p.html", f"<p>seen</p>{hidden}".encode())
    assert {line.text for line in page.lines} == {"seen"}
    assert codes(page) == [("hidden_text", "doubt")]
    assert "The force should act." in page.problems[0].message


@pytest.mark.parametrize(
    "displayed",
    [
        '<div hidden="until-found">The force should act.</div>',
        "<details><summary>More</summary>The force should act.</details>",
        '<button aria-controls="part">Open</button><div id="part" hidden>The force should act.</div>',
        '<div class="govuk-accordion__section-content" style="display:none">The force should act.</div>',
        '<div role="tabpanel" hidden>The force should act.</div>',
        "<style>@media print { p { display: none } }</style><p>The force should act.</p>",
        "<style>@media (max-width: 600px) { p { display: none } }</style><p>The force should act.</p>",
        "<style>.off { display: none } #on { display: block }</style><p class=off id=on>The force should act.</p>",
        '<div style="visibility:hidden"><p style="visibility:visible">The force should act.</p></div>',
        "<style>p:hover { display: none } a:not(</style><p>The force should act.</p>",
        "<div inert>The force should act.</div>",
        '<div><template shadowrootmode="open"><p>The force should act.</p></template></div>',
        '<div><template shadowrootmode="open"><slot></slot></template><p>The force should act.</p></div>',
        '<iframe srcdoc="&lt;p&gt;The force should act."></iframe>',
    ],
)
def test_text_that_is_displayed_or_can_be_opened_is_read_in_silence(displayed: str) -> None:
    page = read_web("p.html", f"<p>seen</p>{displayed}".encode())
    assert "The force should act." in [line.text for line in page.lines]
    assert codes(page) == []


def test_menus_and_words_for_screen_readers_that_are_hidden_are_not_told() -> None:
    page = (
        "<p>seen</p><nav hidden>All the reports we publish</nav><span class=sr-only>All the reports we publish</span>"
    )
    assert codes(read_web("p.html", page.encode())) == []


def test_host_of_a_shadow_root_without_a_slot_shows_the_root_alone() -> None:
    page = read_web(
        "p.html", b'<div><template shadowrootmode="open"><p>In the root</p></template><p>of the host</p></div>'
    )
    assert [line.text for line in page.lines] == ["In the root"]


@pytest.mark.parametrize(
    "struck", ["<del>ten </del>", "<s>ten </s>", '<span style="text-decoration: line-through">ten </span>']
)
def test_struck_words_are_left_out_and_told(struck: str) -> None:
    page = read_web("p.html", f"<p>Answer within {struck}five minutes.</p>".encode())
    assert [line.text for line in page.lines] == ["Answer within five minutes."]
    assert codes(page) == [("struck_text", "doubt")] and "“ten”" in page.problems[0].message


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        ('<iframe src="part2.html"></iframe>', [("frame_not_read", "doubt")]),
        ('<iframe src="https://video.example/1"></iframe>', [("frame_not_read", "note")]),
        ('<iframe src="count.html" width="1" height="1"></iframe>', []),
        ('<iframe src="about:blank"></iframe>', []),
    ],
)
def test_frame_that_was_not_saved_is_told(frame: str, said: list[tuple[str, str]]) -> None:
    assert codes(read_web("p.html", f"<p>seen</p>{frame}".encode())) == said


def test_page_without_its_end_is_told() -> None:
    assert codes(read_web("p.html", b"<html><body><p>The force should")) == [("page_cut", "doubt")]
    assert codes(read_web("p.html", b"<html><body><p>The force should act.</body></html>")) == []


def test_text_encoded_twice_is_told() -> None:
    page = read_web("p.html", "<p>The victims’ needs – all of them</p>".encode().decode("cp1252").encode())
    assert codes(page) == [("charset_unsure", "doubt")] and "victims" in page.problems[0].message
    assert codes(read_web("p.html", "<p>Ynys Môn, café, â €, £5 – ‘quoted’</p>".encode())) == []


def test_site_heading_is_furniture_and_the_report_title_is_not() -> None:
    page = (
        '<header role="banner"><h1>HMICFRS</h1></header><div class="menu-page"><h1>PEEL 2021/22</h1><p>Text</p></div>'
    )
    assert [(line.tag, line.text) for line in lines_of(page)] == [
        (ARTIFACT, "HMICFRS"),
        ("H1", "PEEL 2021/22"),
        ("P", "Text"),
    ]


def test_item_in_an_aside_of_the_report_is_text() -> None:
    page = "<main><h1>T</h1><aside class=panel><h3>Innovative practice</h3></aside></main><aside>Elsewhere</aside>"
    assert [line.tag for line in lines_of(page)] == ["H1", "H3", ARTIFACT]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<p>“café” – £5</p>".encode(), "“café” – £5"),
        ("<p>“café” – £5</p>".encode("cp1252"), "“café” – £5"),
        (b'<meta charset="iso-8859-1"><p>\x93caf\xe9\x94 \x96 \xa35</p>', "“café” – £5"),
        ('<meta charset="windows-1252"><p>“café” – £5</p>'.encode(), "“café” – £5"),
        ("\ufeff<p>“café” – £5</p>".encode("utf-16-le"), "“café” – £5"),
        (
            b"<?xml version='1.0' encoding='utf-8'?><html><p>&ldquo;caf&eacute;&rdquo; &#8211; &pound;5</p></html>",
            "“café” – £5",
        ),
        (b"<p>soft\xc2\xadhyphen zero\xe2\x80\x8bwidth a&nbsp;b</p>", "softhyphen zerowidth a b"),
    ],
)
def test_encodings_and_entities(data: bytes, text: str) -> None:
    page = read_web("p.html", data)
    assert (page.lines[0].text, page.problems) == (text, ())


def test_damaged_encoding_is_told() -> None:
    page = read_web("p.html", b"<meta charset=utf-8><p>\xe2\x80\x98good\xe2\x80\x99 \xe9</p>")
    assert page.lines[0].text == "‘good’ �" and codes(page) == [("charset_unsure", "doubt")]


def _safari(page: bytes, frames: dict[str, bytes]) -> bytes:
    def resource(data: bytes, address: str) -> dict[str, object]:
        return {"WebResourceData": data, "WebResourceMIMEType": "text/html", "WebResourceURL": address,
                "WebResourceTextEncodingName": "UTF-8"}  # fmt: skip

    return plistlib.dumps(
        {"WebMainResource": resource(page, "https://example.org/report"),
         "WebSubframeArchives": [{"WebMainResource": resource(data, name)} for name, data in frames.items()]},
        fmt=plistlib.FMT_BINARY,
    )  # fmt: skip


def test_web_archive_of_safari_with_its_frame() -> None:
    page = b'<p>First part</p><iframe src="https://example.org/two"></iframe><p>Third part</p>'
    printed = read_web("r.webarchive", _safari(page, {"https://example.org/two": "<p>Second – part</p>".encode()}))
    assert [line.text for line in printed.lines] == ["First part", "Second – part", "Third part"]
    assert printed.meta["saved_from"] == "https://example.org/report" and not printed.problems


def test_frame_within_a_mime_archive() -> None:
    parts = [("https://example.org/", "<p>First</p><iframe src='cid:two@x'></iframe>"), ("", "<p>Second</p>")]
    body = "".join(
        f"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: {place}\r\n"
        + ("" if place else "Content-ID: <two@x>\r\n")
        + f"\r\n{page}\r\n"
        for place, page in parts
    )
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    printed = read_web("r.mhtml", (head + body + "--b--\r\n").encode())
    assert [line.text for line in printed.lines] == ["First", "Second"] and not printed.problems


def test_compressed_page_is_unpacked_and_said() -> None:
    page = gzip.compress(b"<p>The force should act.</p>", mtime=0)
    assert [line.text for line in read_web("p.html", page).lines] == ["The force should act."]
    assert codes(read_web("p.html", page)) == [("compressed_page", "note")]
    assert codes(read_web("p.html", page[:-9])) == [("damaged_archive", "error")]


def _nested(depth: int) -> bytes:
    head = 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b{0}"\n\n--b{0}\n'
    inner = 'Content-Type: multipart/mixed; boundary="b{0}"\n\n--b{0}\n'
    return (
        head.format(0) + "".join(inner.format(n) for n in range(1, depth)) + "Content-Type: text/html\n\n<p>x"
    ).encode()


@pytest.mark.parametrize(
    "hostile",
    [
        b"<p>x" * 900_000,
        b"<p " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">x</p>",
        _nested(3_000),
        b"bplist00WebMainResource",
        b'<?xml version="1.0"?><plist><dict><key>WebMainResource</key><string>x</string></dict></plist>',
        gzip.compress(b"<p>" + b"\0" * (65 * 2**20), mtime=0),
    ],
    ids=["paragraphs", "attributes", "archives in archives", "no list", "odd list", "bomb"],
)
def test_hostile_page_is_one_problem(hostile: bytes) -> None:
    printed = read_web("p.html", hostile)
    assert not printed.lines and [problem.severity for problem in printed.problems] == ["error"]


@pytest.mark.parametrize("charset", ["hex", "zlib", "idna", "rot13", "punycode", "unknown-8bit", "utf-7"])
def test_charset_that_is_none_is_windows_1252(charset: str) -> None:
    page = f'<meta charset="{charset}"><p>caf'.encode() + b"\xe9 \x96 bar</p>"
    assert [line.text for line in read_web("p.html", page).lines] == ["café – bar"]


def test_style_sheet_that_is_endless_is_left_and_said() -> None:
    sheet = "".join(f".c{n} p {{ color: red }}" for n in range(4_000))
    page = read_web("p.html", f"<style>{sheet}</style>{'<p>seen</p>' * 3000}".encode())
    assert len(page.lines) == 3000 and codes(page) == [("styles_not_read", "doubt")]


def test_web_archive() -> None:
    head = (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://example.org/peel-reports/kent-2021-22/\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\n'
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    body = "<html><h1>PEEL=202021/22</h1><p>Kent Police=E2=80=99s calls are ans=\r\nwered.</p></html>\r\n--b\r\n"
    rest = "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n"
    page = read_web("kent.mhtml", (head + body + rest).encode())
    assert [line.text for line in page.lines] == ["PEEL 2021/22", "Kent Police’s calls are answered."]
    assert page.meta["saved_from"] == "https://example.org/peel-reports/kent-2021-22/"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \r\n", "empty_file"),
        (b"%PDF-1.7 <p>", "not_html"),
        (b"The force should", "not_html"),
        (b"\x00\x01\x02<p>\x00", "not_html"),
        (b"<html><body></body></html>", "no_text"),
        (b"<html><nav>Home</nav></html>", "no_text"),
        (b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nwords", "not_html"),
    ],
)
def test_bad_input_is_one_problem(data: bytes, code: str) -> None:
    page = read_web("folder/page.html", data)
    assert codes(page) == [(code, "error")]
    assert page.problems[0].stage == "read" and page.problems[0].message.startswith("folder/page.html: ")


def test_missing_file_is_a_problem(tmp_path: Path) -> None:
    assert codes(read_web(tmp_path / "none.html")) == [("unreadable_file", "error")]


def test_deep_nesting_is_read_or_told() -> None:
    assert [line.text for line in lines_of("<div>" * 1500 + "<p>deep</p>")] == ["deep"]
    assert ("cut_short", "error") in codes(read_web("p.html", b"<p>top</p>" + b"<div>" * 5000 + b"<p>deep</p>"))


def test_entities_are_not_expanded_from_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><body><p>a &x; b</p></body></html>'
    assert all("secret" not in line.text for line in lines_of(page))


def test_file_and_bytes_give_the_same(tmp_path: Path) -> None:
    file = tmp_path / "kent.html"
    file.write_bytes(RESULT_PAGE.encode())
    assert read_web(file) == read_web(str(file), RESULT_PAGE.encode())


PACKS = load_rules()
FURNITURE = [rule for rule in PACKS.page_rules if rule.label == "FURNITURE"]


@pytest.mark.parametrize("rule", FURNITURE, ids=[rule.id for rule in FURNITURE])
def test_furniture_rules_know_their_examples(rule: Rule) -> None:
    assert all(is_furniture(example, PACKS) for example in rule.examples)
    assert not any(is_furniture(counter, PACKS) for counter in rule.counter)


def test_furniture_pattern_with_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValueError, match="LEMMA"):
        expression([{"LEMMA": "share"}])


def test_rules_of_another_folder_are_used(tmp_path: Path) -> None:
    shutil.copytree(rules_root(), tmp_path, dirs_exist_ok=True)
    rule = {"id": "x", "label": "FURNITURE", "pattern": "Read aloud", "examples": ["Read aloud"], "counter": ["Read"]}
    (tmp_path / "common" / "furniture.jsonl").write_text(json.dumps(rule) + "\n", encoding="utf-8")
    page = read_web("p.html", b"<p>Read aloud</p><p>Print this document</p>", rules=tmp_path)
    assert [line.tag for line in page.lines] == [ARTIFACT, "P"]
