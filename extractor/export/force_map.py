"""A map of the 43 forces as equal tiles, each about where its area lies, for one question of a grade matrix.

Equal tiles, because a grade is of a force and not of so many square miles. The table above the maps says the same in
words; on the tiles the first letter of the grade stands, so that nothing depends on colour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from extractor.export.grade_matrix import Cell, Matrix

TILES = {  # force_id → column, row, letters on the tile
    "northumbria": (4, 0, "NTH"), "cumbria": (3, 1, "CUM"), "durham": (4, 1, "DUR"), "cleveland": (5, 1, "CLE"),
    "lancashire": (3, 2, "LAN"), "west-yorkshire": (4, 2, "WYK"), "north-yorkshire": (5, 2, "NYK"),
    "humberside": (6, 2, "HUM"), "merseyside": (2, 3, "MER"), "greater-manchester": (3, 3, "GMP"),
    "south-yorkshire": (4, 3, "SYK"), "nottinghamshire": (5, 3, "NOT"), "lincolnshire": (6, 3, "LIN"),
    "north-wales": (1, 4, "NWA"), "cheshire": (2, 4, "CHE"), "staffordshire": (3, 4, "STA"),
    "derbyshire": (4, 4, "DBY"), "leicestershire": (5, 4, "LEI"), "norfolk": (7, 4, "NOR"),
    "dyfed-powys": (1, 5, "DYP"), "west-mercia": (2, 5, "WMR"), "west-midlands": (3, 5, "WMD"),
    "warwickshire": (4, 5, "WAR"), "northamptonshire": (5, 5, "NHA"), "cambridgeshire": (6, 5, "CAM"),
    "suffolk": (7, 5, "SUF"), "south-wales": (1, 6, "SWA"), "gwent": (2, 6, "GWE"), "gloucestershire": (3, 6, "GLO"),
    "thames-valley": (4, 6, "TVP"), "bedfordshire": (5, 6, "BED"), "hertfordshire": (6, 6, "HRT"),
    "essex": (7, 6, "ESX"), "avon-and-somerset": (3, 7, "A&S"), "wiltshire": (4, 7, "WIL"),
    "metropolitan": (5, 7, "MET"),
    "city-of-london": (6, 7, "COL"), "kent": (7, 7, "KEN"), "devon-and-cornwall": (2, 8, "D&C"),
    "dorset": (3, 8, "DOR"), "hampshire": (4, 8, "HAM"), "surrey": (5, 8, "SUR"), "sussex": (6, 8, "SSX"),
}  # fmt: skip
COLOURS = {  # grade → tile, letters; each pair with a contrast of 4.5 or more
    "outstanding": ("#1d4f91", "#ffffff"),
    "good": ("#00703c", "#ffffff"),
    "adequate": ("#d9dcde", "#0b0c0c"),
    "requires improvement": ("#f9c9a4", "#0b0c0c"),
    "inadequate": ("#a8231a", "#ffffff"),
}
_MARKS = {"outstanding": "O", "good": "G", "adequate": "A", "requires improvement": "RI", "inadequate": "I"}
_SIDE, _GAP = 44, 4  # units of a tile, and between tiles
_NOTHING = ("#ffffff", "#505a5f")


def force_map(matrix: Matrix, column: int) -> dict[str, Any]:
    """Return the map of one column as `title`, `svg` and `counts` (grade in words, how many forces)."""
    cells = {line.id: line.cells[column] for line in matrix.lines}
    title = f"{matrix.columns[column]}, {matrix.id}"
    columns, rows = max(tile[0] for tile in TILES.values()), max(tile[1] for tile in TILES.values())
    width, height = (columns + 1) * (_SIDE + _GAP), (rows + 1) * (_SIDE + _GAP)
    tiles = Markup("").join(_tile(force, cells.get(force)) for force in TILES)
    label = escape(f"Map of the 43 forces: {title}. The table gives every grade in words.")
    svg = f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{label}">{tiles}</svg>'
    words = [cell.words for cell in cells.values() if cell]
    counts = [(grade.capitalize(), words.count(grade.capitalize())) for grade in COLOURS if grade.capitalize() in words]
    return {"title": matrix.columns[column], "svg": Markup(svg), "counts": counts}


def _tile(force: str, cell: Cell | None) -> Markup:
    column, row, letters = TILES[force]
    fill, ink = COLOURS.get(cell.grade or "", _NOTHING) if cell else _NOTHING
    x, y = column * (_SIDE + _GAP), row * (_SIDE + _GAP)
    middle = x + _SIDE / 2
    mark = _MARKS.get(cell.grade or "", "–") if cell else ""
    told = escape(f"{force.replace('-', ' ').title()}: {cell.words if cell else 'no report'}")
    return Markup(
        f'<g><title>{told}</title><rect x="{x}" y="{y}" width="{_SIDE}" height="{_SIDE}" fill="{fill}" '
        'stroke="#6f777b"/>'
        f'<text x="{middle:g}" y="{y + 18}" text-anchor="middle" font-size="13" fill="{ink}">{escape(letters)}</text>'
        f'<text x="{middle:g}" y="{y + 36}" text-anchor="middle" font-size="14" font-weight="bold" fill="{ink}">{mark}'
        "</text></g>"
    )
