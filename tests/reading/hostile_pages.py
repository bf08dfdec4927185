"""Web pages made to exhaust, confuse or cheat their reader: kinds of them, each drawn anew from a seed."""

from __future__ import annotations

import base64
import gzip
import plistlib
import random
import zlib
from collections.abc import Callable
from typing import Any

SENTENCE = "The force should make sure that victims are told what happens next."
_TAGS = [
    "div",
    "span",
    "p",
    "b",
    "i",
    "table",
    "tr",
    "td",
    "ul",
    "li",
    "a",
    "section",
    "article",
    "h2",
    "form",
    "svg",
    "math",
    "select",
    "template",
    "blockquote",
]
_CHARSETS = [
    "hex",
    "zlib",
    "idna",
    "rot13",
    "base64",
    "bz2",
    "uu",
    "quopri",
    "punycode",
    "utf-7",
    "undefined",
    "unicode_escape",
    "raw_unicode_escape",
    "mbcs",
    "oem",
    "utf-16",
    "utf-32",
    "utf-16-be",
    "x-user-defined",
    "iso-2022-jp",
    "iso-2022-kr",
    "replacement",
    "hz",
    "gb18030",
    "cp037",
    "klingon",
]
_SELECTORS = ("*", "p", "div > p", "p:nth-child(2n+1)", ":not(:not(p))", "p ~ p", ":has(p)", "p::before", "[a^='b']")

Kind = Callable[[random.Random], bytes]


def page(body: str, head: str = "") -> bytes:
    """Return a page that begins as a report does and goes on with these contents."""
    title = "PEEL 2021/22: Police effectiveness, efficiency and legitimacy – Kent Police"
    begins = f"<h1>{title}</h1><p>Published on: 4 May 2022</p><h2>Investigating crime</h2><p>{SENTENCE}</p>"
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{begins}{body}</body></html>".encode()


# much of something ----------------------------------------------------------------------------------------------------


def many_tags(rng: random.Random) -> bytes:
    return page(f"<{rng.choice(_TAGS)}>x" * rng.choice((60_000, 300_000, 1_000_000)))


def deep_nesting(rng: random.Random) -> bytes:
    tag = rng.choice(_TAGS)
    return page(f"<{tag}>" * rng.choice((200, 2_000, 20_000)) + "deep")


def misnested(rng: random.Random) -> bytes:
    return page("".join(f"<{'/' * rng.randrange(2)}{rng.choice(_TAGS)}>x" for _ in range(rng.choice((2_000, 40_000)))))


def formatting_ladder(rng: random.Random) -> bytes:
    return page("<p><b><i><u><font>" * rng.choice((100, 3_000)) + "</p>x" * 1_000)


def many_attributes(rng: random.Random) -> bytes:
    count = rng.choice((1_500, 20_000, 200_000))
    quote = rng.choice(("", "'", '"'))
    return page(f"<p {' '.join(f'a{n}={quote}{n}{quote}' for n in range(count))}>x</p>")


def crowded_tags(rng: random.Random) -> bytes:
    names = " ".join(f"a{n}=1" for n in range(rng.choice((300, 1_900))))
    return page(f"<p {names}>x</p>" * rng.choice((50, 1_000)))


def long_attribute(rng: random.Random) -> bytes:
    name = rng.choice(("class", "id", "style", "href", "aria-controls", "alt", "title", "start", "colspan"))
    return page(f'<ol {name}="{rng.choice(("a ", "a-", "9", "tab-", "wp-", "rect(0 ", "-")) * 500_000}"><li>x</ol>')


def many_classes(rng: random.Random) -> bytes:
    words = " ".join(f"{rng.choice(('tab', 'nav', 'site', 'accordion'))}-{n}" for n in range(2_000))
    return page(f'<div class="{words}">x</div>' * 200)


def long_text(rng: random.Random) -> bytes:
    words = rng.choice((". ", "a", " ", "\t\n", "( ", "1.", "- ", "“", "the force should ", "(a) ", "2016 "))
    return page(f"<p>{words * 200_000}</p>")


def many_short_lines(rng: random.Random) -> bytes:
    return page("".join(f"<p>{rng.choice(('.', '1', 'a', '•', 'Good', SENTENCE))}</p>" for _ in range(30_000)))


def wide_table(rng: random.Random) -> bytes:
    span = rng.choice((50, 1_000, 999_999))
    row = "<tr>" + f"<td colspan={span} rowspan={span}>x" * rng.choice((5, 60))
    return page(f"<table>{row * 400}</table>")


def tables_in_tables(rng: random.Random) -> bytes:
    return page("<table><tr><td>x" * rng.choice((100, 700)))


def list_in_list(rng: random.Random) -> bytes:
    return page("<ol start=-999999><li value=999999>x" * rng.choice((100, 1_500)))


def many_breaks(rng: random.Random) -> bytes:
    return page(f"<{rng.choice(('h2', 'li', 'td', 'p'))}>" + rng.choice(("<br>", "<br> ", "x<br>")) * 40_000)


def many_asides(rng: random.Random) -> bytes:
    tag = rng.choice(("aside", "header", "div role=complementary"))
    return page("<div>" * 150 + f"<{tag}>x</{tag.split()[0]}>" * 20_000)


def many_hidden(rng: random.Random) -> bytes:
    mark = rng.choice(("hidden", "aria-hidden=true", "style=display:none", "class=sr-only"))
    return page(f"<div {mark}>" * rng.choice((100, 1_500)) + SENTENCE * 2_000)


def many_titles(_: random.Random) -> bytes:
    return page("<div>" * 1_000 + "<h1>x</h1><main></main>" * 10_000)


def many_properties(rng: random.Random) -> bytes:
    head = "".join(f"<meta name=n{n} content='{'x' * rng.choice((5, 300))}'>" for n in range(20_000))
    return page("<time datetime=x>1</time>" * 10_000, head)


# style sheets ---------------------------------------------------------------------------------------------------------


def style_rules(rng: random.Random) -> bytes:
    rules = "".join(f"{rng.choice(_SELECTORS)}, .c{n} {{ display: block; color: #{n:x} }}" for n in range(3_000))
    return page("<p class=c1>x</p>" * 1_500, f"<style>{rules}</style>")


def style_depth(rng: random.Random) -> bytes:
    opens = rng.choice(("@media screen{", "a{", "(", "[", "{", "@supports (a:b){", ":not(", "calc("))
    return page("", f"<style>{opens * rng.choice((200, 5_000, 200_000))}</style>")


def style_selector(rng: random.Random) -> bytes:
    step = rng.choice((" p", " > div", " + p", ":not(p)", ":nth-child(9n+9)", "[a=b]", ", p", ".x", " ~ *"))
    return page("<div>" * 200 + "<p>x" * 2_000, f"<style>*{step * rng.choice((20, 300, 20_000))} {{color:red}}</style>")


def style_attributes(rng: random.Random) -> bytes:
    style = rng.choice((";", "color:red;", "a:(((", "/*", '"', "url(", "\\", "--x:{", "!important ", "font-size:0.0"))
    return page(f"<p style='{style * 3_000}'>x</p>" * 30)


def different_styles(rng: random.Random) -> bytes:
    return page("".join(f"<p style='left:{n}px;top:{rng.random()}em;opacity:{n}e999'>x</p>" for n in range(20_000)))


def odd_style_values(rng: random.Random) -> bytes:
    values = ("1e999", "-", ".", "-.", "99999999999999999999px", "nan", "inf%", "rect(", "rect(0 0", "\\0", "٣px", "²")
    names = ("opacity", "font-size", "left", "text-indent", "clip", "clip-path", "height", "color", "font-weight")
    styles = (f"{rng.choice(names)}:{rng.choice(values)};position:absolute" for _ in range(300))
    return page("".join(f'<p style="{style}">x</p>' for style in styles))


def style_text(rng: random.Random) -> bytes:
    return page("", f"<style>{''.join(chr(rng.randrange(1, 0xD7FF)) for _ in range(100_000))}</style>")


# marks and letters ----------------------------------------------------------------------------------------------------


def charset(rng: random.Random) -> bytes:
    name = rng.choice(_CHARSETS)
    return page("<p>caf\xe9</p>", f'<meta charset="{name}">').decode().encode("cp1252") + bytes(rng.randbytes(40))


def typed_charset(rng: random.Random) -> bytes:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={rng.choice(_CHARSETS)}">'
    return page("<p>caf\xe9</p>", head).decode().encode("cp1252")


def utf_16(rng: random.Random) -> bytes:
    return page("<p>café</p>").decode().encode(rng.choice(("utf-16-le", "utf-16-be", "utf-16", "utf-32-le", "utf-7")))


def nul_bytes(rng: random.Random) -> bytes:
    data = bytearray(page(SENTENCE * 10))
    for _ in range(rng.choice((1, 20, 500))):
        data.insert(rng.randrange(len(data)), rng.choice((0, 1, 8, 0x1B, 0x7F, 0x80, 0xFF)))
    return bytes(data)


def entities(rng: random.Random) -> bytes:
    marks = ("&#0;", "&#xD800;", "&#x110000;", "&#99999999999;", "&nosuch;", "&", "&#", "&#x;", "&#x202E;", "&#27;[31m")
    return page("".join(rng.choice(marks) + "x" for _ in range(rng.choice((50, 100_000)))))


def entity_laughs(rng: random.Random) -> bytes:
    depth = rng.choice((5, 30))
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, depth))
    system = f'<!ENTITY e0 SYSTEM "{rng.choice(("file:///etc/passwd", "http://127.0.0.1:9/x"))}">'
    return f"<!DOCTYPE html [{system}{names}]><html><body><p>&e{depth - 1}; &e0; {SENTENCE}</p></body></html>".encode()


def broken_comments(rng: random.Random) -> bytes:
    marks = (
        "<!--",
        "-->",
        "--!>",
        "<!-",
        "<!",
        "<![CDATA[",
        "]]>",
        "<?",
        "?>",
        "<!-->",
        "<!--[if IE]>",
        "<![endif]-->",
    )
    return page("".join(rng.choice(marks) + " x " for _ in range(rng.choice((20, 20_000)))))


def broken_tags(rng: random.Random) -> bytes:
    return page("".join(rng.choice("<>/=\"' abp&;!-?") for _ in range(rng.choice((500, 50_000)))))


def open_quotes(rng: random.Random) -> bytes:
    return page(f"<p {rng.choice(('class', 'a'))}={rng.choice(chr(34) + chr(39))}" + "<p>x " * rng.choice((10, 50_000)))


def unlike_bytes(rng: random.Random) -> bytes:
    return rng.choice((b"<p>", b"<html>", b"", b"\xef\xbb\xbf<p>", b"\xff\xfe")) + rng.randbytes(
        rng.choice((10, 99_999))
    )


def cut(rng: random.Random) -> bytes:
    whole = page("".join(f"<h2>{n}</h2><p>{SENTENCE}</p>" for n in range(50)))
    return whole[: rng.randrange(len(whole))]


def odd_numbers(rng: random.Random) -> bytes:
    numbers = ("-1", "٣", "²", "1e9", "999999", "-999999", "0", "", " 3 ", "3x", "1" * 5_000)
    items = "".join(f"<li value='{rng.choice(numbers)}'>x" for _ in range(30))
    cells = "".join(f"<td colspan='{rng.choice(numbers)}' rowspan='{rng.choice(numbers)}'>x" for _ in range(30))
    kind = rng.choice("1aAiIx")
    return page(f"<ol start='{rng.choice(numbers)}' type={kind}>{items}</ol><table><tr>{cells}<tr>{cells}</table>")


def odd_names(rng: random.Random) -> bytes:
    names = (
        "p:x",
        "x:p",
        "p\x0b",
        "svg:p",
        "é",
        "p-",
        "a.b",
        "xmlns:p",
        "body",
        "html",
        "head",
        "plaintext",
        "xmp",
        "frameset",
    )
    return page("".join(f"<{rng.choice(names)} xmlns:x='y' x:y=z>x" for _ in range(60)))


# addresses ------------------------------------------------------------------------------------------------------------


def data_addresses(rng: random.Random) -> bytes:
    big = base64.b64encode(rng.randbytes(50_000)).decode()
    return page(f"<img alt=x src='data:image/png;base64,{big}'><iframe src='data:text/html,{big}'></iframe>" * 20)


def base_and_refresh(rng: random.Random) -> bytes:
    target = rng.choice(("file:///etc/passwd", "http://[bad", "javascript:alert(1)", "//x", "http://127.0.0.1:9/"))
    head = (
        f"<base href='{target}'><meta http-equiv=refresh content='0;url={target}'><link rel=canonical href='{target}'>"
    )
    return page(f"<a href='{target}'>x</a><iframe src='{target}'></iframe>", head)


def frames_in_frames(rng: random.Random) -> bytes:
    inner = SENTENCE
    for _ in range(rng.choice((3, 9))):
        inner = "<p>x</p><iframe srcdoc='" + inner.replace("&", "&amp;").replace("'", "&#39;") + "'></iframe>"
    return page(inner)


def many_frames(rng: random.Random) -> bytes:
    filled = f"<iframe srcdoc='{'<p>x' * rng.choice((10, 3_000))}'></iframe>"
    return page(filled * rng.choice((40, 300)) + "<iframe src=/a width=x></iframe>" * 300)


def shadow_roots(rng: random.Random) -> bytes:
    root = "<div>x<template shadowrootmode=open><slot></slot>"
    return page(root * rng.choice((10, 400)) + "<p slot=a>x")


# envelopes ------------------------------------------------------------------------------------------------------------


def mime(*parts: str, head: str = 'multipart/related; boundary="b"') -> bytes:
    """Return a web archive of MIME parts, each with its own head."""
    body = "".join(f"--b\r\n{part}\r\n" for part in parts)
    return f"MIME-Version: 1.0\r\nContent-Type: {head}\r\n\r\n{body}--b--\r\n".encode("utf-8", "surrogateescape")


def archives_in_archives(rng: random.Random) -> bytes:
    depth = rng.choice((20, 300, 3_000))
    kind = rng.choice(("multipart/mixed", "message/rfc822"))
    inner = "".join(f'Content-Type: {kind}; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return f"MIME-Version: 1.0\n{inner}Content-Type: text/html\n\n<p>{SENTENCE}".encode()


def many_parts(rng: random.Random) -> bytes:
    kind = rng.choice(("text/html", "text/css", "image/png", "text/html; charset=x"))
    return mime(*[f"Content-Type: {kind}\r\nContent-ID: <{n}>\r\n\r\n<p>x" for n in range(rng.choice((50, 5_000)))])


def cut_archive(rng: random.Random) -> bytes:
    part = (
        f"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>{SENTENCE}="
    )
    whole = mime(part, "Content-Type: text/css\r\n\r\np{}")
    return whole[: rng.randrange(30, len(whole))]


def odd_archive(rng: random.Random) -> bytes:
    kinds = ("text/html", "TEXT/HTML;;;", "text/html; charset*=utf-8''%FF", "text/html; charset==?x?q??=", "x")
    codings = ("base64", "quoted-printable", "uuencode", "x-uue", "8bit", "bin\udcffary", "", "7bit\r\n x")
    places = ("cid:x", "\udcff", "=?utf-8?b?////?=", "http://[bad", "x" * 20_000)
    parts = [
        f"Content-Type: {rng.choice(kinds)}\r\nContent-Transfer-Encoding: {rng.choice(codings)}\r\n"
        f"Content-Location: {rng.choice(places)}\r\nContent-ID: {rng.choice(places)}\r\n\r\n<p>{SENTENCE}</p>"
        for _ in range(rng.randrange(1, 5))
    ]
    head = rng.choice(("multipart/related; boundary=b", "multipart/related", 'multipart/x; boundary=""', "text/html"))
    return mime(*parts, head=head)


def header_flood(rng: random.Random) -> bytes:
    return (
        b"MIME-Version: 1.0\r\n" + b"X: y\r\n" * rng.choice((1_000, 300_000)) + b"Content-Type: text/html\r\n\r\n<p>x"
    )


def odd_charset_of_part(rng: random.Random) -> bytes:
    kind = f'text/html; charset="{rng.choice(_CHARSETS)}"'
    return mime(
        f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n{base64.b64encode(page('x')).decode()}"
    )


def property_list(rng: random.Random) -> bytes:
    things: tuple[Any, ...] = (None, 1, -1, 2**40, "x", b"<p>x", [], {}, [1], {"WebResourceData": 10**9}, [["x"]], True)
    things = things[1:]  # a property list has no null
    main = {"WebResourceData": rng.choice((page("x"), *things)), "WebResourceTextEncodingName": rng.choice(things)}
    archive = {
        "WebMainResource": rng.choice((main, main, *things)),
        "WebSubframeArchives": rng.choice(([{"WebMainResource": main}] * 3, *things)),
        "WebSubresources": rng.choice(([main, {"WebResourceMIMEType": "text/css"}], *things)),
    }
    fmt = rng.choice((plistlib.FMT_XML, plistlib.FMT_BINARY))
    return plistlib.dumps(archive, fmt=fmt)


def damaged_property_list(rng: random.Random) -> bytes:
    data = bytearray(plistlib.dumps({"WebMainResource": {"WebResourceData": page("x")}}, fmt=plistlib.FMT_BINARY))
    for _ in range(rng.choice((1, 4))):
        data[rng.randrange(8, len(data))] = rng.randrange(256)
    return bytes(data)


def property_list_that_holds_itself(rng: random.Random) -> bytes:
    """An array of many references to an array of many references …: small, and endless when written out."""
    levels, width = rng.choice((3, 8, 100)), 14
    objects = [b"\xd1\x01\x02", b"\x5f\x10\x0fWebMainResource"]
    first = len(objects)
    objects += [bytes([0xA0 | width]) + bytes([min(first + n + 1, 255)] * width) for n in range(levels)]
    objects.append(bytes([0xA1, first if rng.random() < 0.5 else len(objects)]))  # the last holds the first, or itself
    places, at = [], 8
    for item in objects:
        places.append(at)
        at += len(item)
    table = b"".join(place.to_bytes(2, "big") for place in places)
    trailer = bytes(6) + bytes([2, 1]) + len(objects).to_bytes(8, "big") + bytes(8) + at.to_bytes(8, "big")
    return b"bplist00" + b"".join(objects) + table + trailer


def nested_property_list(rng: random.Random) -> bytes:
    depth = rng.choice((100, 5_000, 100_000))
    return b'<?xml version="1.0"?><plist><dict><key>WebMainResource</key>' + b"<array>" * depth + b"</array>" * depth


def property_list_laughs(_: random.Random) -> bytes:
    names = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 12))
    head = b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY e0 "ha">' + names + b"]>"
    return head + b"<plist><dict><key>WebMainResource</key><string>&e11;</string></dict></plist>"


def compressed(rng: random.Random) -> bytes:
    inner = rng.choice((page("x"), b"<p>" + b" " * (80 << 20), gzip.compress(page("x")), b"", rng.randbytes(99)))
    data = bytearray(gzip.compress(inner, mtime=0))
    if rng.random() < 0.5:
        data[rng.randrange(2, len(data))] ^= 1 << rng.randrange(8)
    return bytes(data)


def deflated(rng: random.Random) -> bytes:
    return zlib.compress(page("x")) if rng.random() < 0.5 else b"\x1f\x8b" + rng.randbytes(200)


def other_file(rng: random.Random) -> bytes:
    heads = (
        b"%PDF-1.7\n<p>",
        b"PK\x03\x04<p>",
        b"\x89PNG\r\n<html>",
        b"GIF89a<p>",
        b"{\\rtf1 <p>}",
        b"\xd0\xcf\x11\xe0<p>",
    )
    return rng.choice(heads) + SENTENCE.encode() + rng.randbytes(2_000)


KINDS: tuple[Kind, ...] = tuple(
    kind
    for name, kind in list(globals().items())
    if callable(kind) and getattr(kind, "__module__", "") == __name__ and name not in ("page", "mime")
)
