"""Are a page's contents a row of statements, each an operator behind as many operands as it takes?

Contents that no checksum guards are read through by the grammar (ISO 32000-2, annex A): a byte lost or turned outside
of words mostly breaks it.
"""

from __future__ import annotations

import re

from extractor.reading.pdf.operators import unended

_HOLE = bytes(8)  # as a disk leaves them; two-byte letters have single ones
_BLANK = rb"[\s\0]"
_STRING = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\))*+\)"
_HEX = rb"<[0-9A-Fa-f\s]*+>"
_TEXT = rb"(?:" + _STRING + rb"|" + _HEX + rb")" + _BLANK + rb"*+"
_NUMBER = rb"[-+]?(?:\d++\.?\d*+|\.\d++)(?:" + _BLANK + rb"++|(?=[\[\](</'\"A-Za-z-]))"
_NAME = rb"/[^\s\0/<>\[\](){}%]*+" + _BLANK + rb"*+"
_PROPERTIES = (
    rb"(?:" + _NAME + rb"|<<(?:[^<>()]|" + _STRING + rb"|" + _HEX + rb"|<<(?:[^<>()])*+>>)*+>>)" + _BLANK + rb"*+"
)
_ARRAY = rb"\[" + _BLANK + rb"*+(?:" + _NUMBER + rb"|" + _TEXT + rb")*+\]" + _BLANK + rb"*+"
_ENDS = rb"(?![^\s\0/\[<(%])"

_STATEMENTS = (  # operands, operators: the most usual first
    (_ARRAY, rb"TJ"),
    (_TEXT, rb"Tj|'"),
    (rb"", rb"[bBfW]\*?|BT|ET|BX|EX|EMC|[qQFhnsS]|T\*"),
    (_NUMBER, rb"[gGwJjMi]|T[cwLrsz]"),
    (rb"(?:" + _NUMBER + rb"){2}", rb"[ml]|T[dD]|d0"),
    (rb"(?:" + _NUMBER + rb"){6}", rb"Tm|cm|c|d1"),
    (rb"(?:" + _NUMBER + rb"){4}", rb"re|[vykK]"),
    (rb"(?:" + _NUMBER + rb"){3}", rb"rg|RG"),
    (_NAME + _NUMBER, rb"Tf"),
    (_NAME + _PROPERTIES, rb"BDC|DP"),
    (_NAME, rb"Do|gs|ri|sh|cs|CS|BMC|MP"),
    (rb"(?:" + _NUMBER + rb")*+(?:" + _NAME + rb")?", rb"scn?|SCN?"),
    (_ARRAY + _NUMBER, rb"d"),
    (rb"(?:" + _NUMBER + rb"){2}" + _TEXT, rb'"'),
)
_STATEMENT = rb"|".join(operands + rb"(?:" + operators + rb")" + _ENDS for operands, operators in _STATEMENTS)
_CONTENTS = re.compile(rb"(?:" + _BLANK + rb"++|%[^\r\n]*+|" + _STATEMENT + rb")*+", re.DOTALL)


def is_torn(contents: bytes) -> bool:
    """Tell whether the contents of a page are broken: words not begun or ended, a hole, what is no statement."""
    if b"BT" not in contents or b"Tf" not in contents or b" ID" in contents:
        return False  # no words, or a picture's bytes among them
    return unended(contents)[0] != 0 or _HOLE in contents or _CONTENTS.fullmatch(contents) is None
