"""Blocks that are set alike form families."""

from __future__ import annotations

from printed import INTRODUCTION, printed

from extractor.layout.blocks import Block, Text, to_text
from extractor.layout.page_layout import lay_out
from extractor.layout.style_census import StyleCensus, style_of, typeface_of

MARKUP = (
    "# Question\n\n### Area for improvement\n\n**The force should plan.**\n\nIt has no plan.\n\n"
    "### Another heading\n\n- One.\n- Two.\n\n> Framed words.\n"
)


def read(markup: str = MARKUP, medium: str = "pdf") -> Text:
    source = printed(INTRODUCTION + markup, medium)
    return to_text(source, lay_out(source))


def block(text: Text, words: str) -> Block:
    return next(one for one in text.reading if one.text == words)


def test_headings_of_one_type_are_a_family() -> None:
    text = read()
    heading = block(text, "Area for improvement")
    assert [one.text for one in StyleCensus(text).alike(heading)] == ["Area for improvement", "Another heading"]
    assert typeface_of(block(text, "Question")) not in StyleCensus(text).faces([heading])


def test_style_tells_frames_bullets_and_indents() -> None:
    text = read()
    framed, bullet = block(text, "Framed words."), block(text, "One.")
    plain = style_of(block(text, "It has no plan."), text.layout)
    assert style_of(framed, text.layout) == plain._replace(framed=True)
    assert style_of(bullet, text.layout) == plain._replace(bullet=True, indent=1)


def test_commonest_style_is_the_texts() -> None:
    text = read()
    style, count = next(iter(StyleCensus(text).styles.items()))
    assert style == style_of(block(text, "It has no plan."), text.layout) and count == 3


def test_web_page_has_tags_and_no_indents() -> None:
    text = read(medium="web")
    style = style_of(block(text, "Area for improvement"), text.layout)
    assert style.face.tag == "H3" and style.indent == 0
