"""Bytes of a page to text, by the rules browsers follow (WHATWG Encoding Standard)."""

from __future__ import annotations

import codecs
import re

import webencodings

BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
# UTF-8 once taken for windows-1252: Â or â and what its other bytes become there ("â€™" for ’, "Â£" for £).
_TWICE_ENCODED = re.compile(r"[ÂÃ][\u0080-\u00bf]|â(?:€[^\s\w]|€[œ\u009d]|\u0080[\u0080-\u00bf])")


def decode(data: bytes, declared: str | None) -> tuple[str, bool]:
    """Return the text and whether its encoding is certain.

    Text that is valid UTF-8 is UTF-8 whatever the page says: browsers change the encoding when they save and leave the
    declaration. Latin-1 means windows-1252 on the web.
    """
    for bom, utf in BOMS.items():
        if data.startswith(bom):
            return _whole(data[len(bom) :].decode(utf, "replace"))
    try:
        return _whole(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    match = _CHARSET.search(data[:4096])
    label = declared or (match.group(1).decode("ascii") if match else "windows-1252")
    encoding = webencodings.lookup(label) or webencodings.lookup("windows-1252")
    if encoding.name == "utf-8":
        return _damaged_utf8(data)
    return _whole(encoding.codec_info.decode(data, "replace")[0])


def _whole(text: str) -> tuple[str, bool]:
    return text, "\ufffd" not in text


def _damaged_utf8(data: bytes) -> tuple[str, bool]:
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(character > "\x7f" for character in text) - wrong
    return (text if right >= wrong else data.decode("cp1252", "replace")), False


def encoded_twice(text: str) -> str | None:
    """Return the first word that shows UTF-8 read as windows-1252 and saved again ("victimsâ€™"), None without one."""
    match = _TWICE_ENCODED.search(text)
    if match is None:
        return None
    before = re.search(r"\S*$", text[max(0, match.start() - 40) : match.start()])
    after = re.match(r"\S*", text[match.end() : match.end() + 40])
    return (before[0] if before else "") + match[0] + (after[0] if after else "")
