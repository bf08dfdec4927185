"""A small font whose marks have private codes, as the bullets of Word's symbol fonts have."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

SOURCE = Path("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf")
NAME = "PrivateMarks"
PRIVATE = {0xF0B7: 0x2022, 0xF0A7: 0x25AA}  # private code: the code whose shape it has


@lru_cache(maxsize=1)
def private_font() -> bytes:
    """Return the font as a TrueType file."""
    font, file = TTFont(SOURCE), BytesIO()
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update({code: table.cmap[shape] for code, shape in PRIVATE.items()})
    for record in font["name"].names:
        if record.nameID in (1, 4, 6):
            record.string = NAME  # a second font of one name takes the first one's place in reportlab
    subsetter = Subsetter(Options(notdef_outline=True, drop_tables=["FFTM"]))
    subsetter.populate(unicodes=[*PRIVATE, 32])
    subsetter.subset(font)
    font.save(file)
    return file.getvalue()
