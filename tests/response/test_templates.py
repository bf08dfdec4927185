"""A template of an office, or of a stranger: it is filled in or named with the place, and does nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document

from extractor.errors import TemplateProblem, UnreadableFile
from extractor.response import render
from extractor.response.filled import embed
from extractor.response.opened import opened
from extractor.response.render import Filling, fill, filled_in
from extractor.runs.limits import Limits

VALUES = {"title": "Response", "items": [], "details": {"force": "Cleveland Police"}}


def made(folder: Path, *paragraphs: str) -> Path:
    document = Document()
    for words in ("{{ title }}", *paragraphs):
        document.add_paragraph(words)
    document.save(str(folder / "ours.docx"))
    return folder / "ours.docx"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ 1 / 0 }}", "division by zero in “{{ 1 / 0 }}”"),
        ("{{ title + 1 }}", "in “{{ title + 1 }}”"),
        ("{{ title | round }}", "in “{{ title | round }}”"),
        ("{{ title | truncate(-1) }}", "in “{{ title | truncate(-1) }}”"),
        ("{{ details() }}", "not callable"),
        ("{% set _ = items.append(1) %}", "unsafe"),
        ("{% include '/etc/passwd' %}", "asks for another template (/etc/passwd)"),
        ("{% import 'x' as x %}", "asks for another template (x)"),
        ("{% extends 'x' %}", "asks for another template (x)"),
        ("{% for i in range(10**9) %}x{% endfor %}", "Range too big"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "recursion"),
        ("{% if %}", "in “{% if %}”; compare the built-in template"),
        ("{% endfor %}", "in “{% endfor %}”"),
        ("{% for item in items %}", "in “{% for item in items %}”; compare the built-in template"),
        ("{{ title | nofilter }}", "No filter named 'nofilter'. in “{{ title | nofilter }}”"),
        ("{{ title.__class__.__mro__ }}", "__class__"),
        ("{{ '{0.__class__}'.format(title) }}", "__class__"),
        ("{{ title | attr('__class__') }}", "__class__"),
        ("{{ cycler.__init__.__globals__ }}", "__init__"),
        ("{{ lipsum.__globals__ }}", "__globals__"),
        ("{{ details.colour }}", "colour"),
        ("{{ nowhere.at.all }}", "nowhere"),
        ("{% if items %}{{ untaken }}{% endif %}", "  untaken\n"),
        ("{% for item in items %}{{ item.text }}{{ untaken }}{% endfor %}", "for:\n  untaken\n"),
        ("{{ items[99].text }}", "nothing can be put in"),
        ("{{ '%(x)s' % details }}", "'x'"),
    ],
)
def test_mistake_is_told_with_file_and_place(text: str, told: str, tmp_path: Path) -> None:
    template = made(tmp_path, text)
    answer = filled_in(Filling(template, VALUES))
    assert isinstance(answer, str)
    assert answer.startswith(f"{template}: ") and told in answer


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}", "not filled in after 1 s"),
        ("{{ 'x' * 10**10 }}", "more than 300 MB"),
    ],
)
def test_template_without_end_is_ended(text: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "LIMITS", Limits(seconds=1, megabytes=300))
    template = made(tmp_path, text)
    with pytest.raises(TemplateProblem, match=told) as caught:
        fill(template, VALUES)
    assert str(caught.value).startswith(str(template)) and caught.value.exit_code == 2


def test_template_of_an_office_is_filled_in_by_a_child(tmp_path: Path) -> None:
    document = fill(made(tmp_path, "For {{ details.force }}"), VALUES)
    assert [paragraph.text for paragraph in document.paragraphs] == ["Response", "For Cleveland Police"]


def test_our_own_template_needs_no_child_and_becomes_the_same(tmp_path: Path) -> None:
    template = made(tmp_path, "For {{ details.force }}", "  {% if items %}Items{% endif %}  ")
    saved = []
    for trusted in (True, False):
        fill(template, VALUES, trusted=trusted).save(str(tmp_path / "filled.docx"))
        with ZipFile(tmp_path / "filled.docx") as document:
            saved.append({name: document.read(name) for name in document.namelist()})
    assert saved[0] == saved[1]


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 99])
def test_what_is_no_document_is_named(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(data)
    assert "not a Word document" in str(filled_in(Filling(tmp_path / "x.docx", VALUES)))


# the list in a document -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (' report="r"', ""),
        (' due="2026-01-31"', ' due="soon"'),
        (' ref="A1"', ""),
        (' columns="0"', ""),
        (' column="0"', ' column="1.5"'),
        (' column="0"', ' column="²"'),
        ("<line>Printed words</line>", "<line/>"),
        ("<line>Printed words</line>", '<printed part="nothing" times="1">x</printed>'),
    ],
)
def test_cut_list_is_named(old: str, new: str) -> None:
    listed = (
        '<peel:response xmlns:peel="https://peel.example" report="r" due="2026-01-31"><line>Printed words</line>'
        '<caution ref="A1" id="c"/><blank tag="t" row="" rest="" columns="0" column="0"/></peel:response>'
    )
    from lxml import etree

    from extractor.response.listed import is_whole
    from extractor.response.opened import PARTS

    assert old in listed
    parts = frozenset(PARTS)
    assert is_whole(etree.fromstring(listed), parts)
    assert not is_whole(etree.fromstring(listed.replace(old, new)), parts)


def test_document_with_a_cut_list_is_not_checked(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Printed words")
    embed(document, "r", [])
    whole, cut = tmp_path / "whole.docx", tmp_path / "cut.docx"
    document.save(str(whole))
    assert opened(whole)
    with ZipFile(whole) as source, ZipFile(cut, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, re.sub(rb" report=\"r\"", b"", data) if name.startswith("customXml/") else data)
    with pytest.raises(UnreadableFile, match=r"cut\.docx: the list of items in it is cut"):
        opened(cut)
