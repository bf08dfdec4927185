"""The objects a page draws: painted shapes and pictures, and the order and oddities of its text objects."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from ctypes import c_void_p

from extractor.reading.pdf import pdfium
from extractor.reading.pdf.content import Frame, Paint, Shape, Stretch

_DEEPEST_FORM = 8  # levels; a file that nests deeper is made to exhaust its reader
_MOST_SEGMENTS = 400  # a longer path is a drawing, taken as one
_ONE_PIECE = 6  # segments of a single rectangle
_RING = 8.0  # points: a rectangle within another of the same path, this near, makes it an edge
_CLIPPED = 8.0  # points both ways above which a filled path's clip is looked at
_NO_INK = 0.01  # points
_LEAST_COVER = 3.0  # points both ways: a smaller area hides no word

_IN_PLACE = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

Matrix = tuple[float, ...]


class PageObjects:
    """The objects of a page in the order drawn, those within form XObjects among them.

    `frame` is that of the upright page; `listed` are the text objects whose characters pdfium lists.
    """

    def __init__(self, frame: Frame, listed: frozenset[int]) -> None:
        self._frame = frame
        self._listed = listed
        self.order: dict[int, int] = {}  # place of each text object, from 1
        self.moved: dict[int, tuple[Matrix, ...]] = {}  # text objects within forms that move or turn them
        self.blanks: list[int] = []  # places of objects that hold only spaces
        self.twins: list[pdfium.Sides] = []  # where text is drawn a second time
        self.unlisted: list[int] = []  # and the objects that draw it
        self._addresses: list[int] = []
        self._clips: tuple[dict[tuple[int, ...], pdfium.Sides | None], ...] = {(): None}, {(): None}
        self._paths: dict[int, pdfium.Sides] = {}  # that clip, roughly, by the address of their first corner
        self.shapes: list[Shape] = []
        self.images: dict[int, pdfium.Sides] = {}  # pictures by their objects
        self.paints: list[Paint] = []
        self.before_last_form = 0  # how many text objects are drawn before the page's last form

    def walk(self, objects: Iterable[tuple[int, int]], forms: tuple[Matrix, ...]) -> None:
        """Note objects, given by address and type; `forms` are the matrices of what they stand in, innermost first."""
        moved = any(form != _IN_PLACE for form in forms)
        for address, kind in objects:
            if kind == pdfium.TEXT:
                place = self.order[address] = len(self.order) + 1
                if moved:
                    self.moved[address] = forms
                if address not in self._listed:
                    self._note_unlisted(c_void_p(address), place)
                continue
            item = c_void_p(address)
            if kind == pdfium.PATH:
                self._note_path(item, forms)
            elif kind == pdfium.IMAGE:
                self.images[address] = self._placed(pdfium.bounds(item), forms)
                self._note_paint(self.images[address], None)
            elif kind == pdfium.SHADING:
                self._note_paint(self._placed(pdfium.bounds(item), forms), None)
            elif kind == pdfium.FORM and len(forms) < _DEEPEST_FORM:
                if not forms:
                    self.before_last_form = len(self.order)
                self.walk(pdfium.form_objects(item, self._listed), (pdfium.object_matrix(item), *forms))

    def _note_unlisted(self, item: c_void_p, place: int) -> None:
        left, bottom, right, top = pdfium.bounds(item)
        if right - left < _NO_INK:
            self.blanks.append(place)
        else:
            self.twins.append((left, bottom, right, top))
            self.unlisted.append(item.value or 0)

    def _note_paint(self, sides: pdfium.Sides, fill: int | None) -> None:
        if min(sides[2] - sides[0], sides[3] - sides[1]) >= _LEAST_COVER:
            self.paints.append(Paint(len(self.order), *sides, fill))

    def drawn_by(self, stretches: Iterable[Stretch]) -> frozenset[int]:
        """Return the text objects that draw these stretches."""
        addresses = list(self.order)
        return frozenset(
            address for stretch in stretches for address in addresses[stretch.place[0] - 1 : stretch.place[1]]
        )

    def blank_between(self, before: int, place: int) -> bool:
        """Tell whether an object that holds only a space was drawn between these places."""
        if not self.blanks or place <= before + 1:
            return False
        return bisect_right(self.blanks, place) > bisect_right(self.blanks, before)

    def clip_at(self, place: int, roughly: bool) -> pdfium.Sides | None:
        """Return what the clip of the text object at this place leaves of the page; None where nothing is clipped.

        `roughly` may say too little, and never too much.
        """
        if not self._addresses:
            self._addresses = list(self.order)
        address = self._addresses[place - 1]
        key, clips = pdfium.clip_key(address), self._clips[roughly]
        if key not in clips:
            clip = pdfium.clip_roughly(address, key, self._paths) if roughly else pdfium.clip_bounds(address)
            clips[key] = self._placed(clip, self.moved.get(address, ())) if clip else None
        return clips[key]

    def _note_path(self, item: c_void_p, forms: tuple[Matrix, ...]) -> None:
        filled, stroked = pdfium.paints(item)
        fill = pdfium.fill_colour(item) if filled else None
        edge = pdfium.stroke_colour(item) if stroked else None
        if fill is None and edge is None:
            return
        segments = pdfium.segment_count(item)
        pieces = self._pieces(item, forms, segments, stroked=edge is not None)
        if fill is not None and _is_ring(pieces):
            pieces, fill, edge = pieces[:1], None, fill
        is_round = len(pieces) == 1 and segments > _ONE_PIECE
        for piece in pieces:
            sides = piece
            if fill is not None:
                sides = self._unclipped(piece, item, forms)
                self._note_paint(sides, fill)
            self.shapes.append(Shape(*sides, fill, edge, is_round))

    def _pieces(self, item: c_void_p, forms: tuple[Matrix, ...], segments: int, *, stroked: bool) -> list[pdfium.Sides]:
        """Return the rectangles that a path draws, the largest first; one around it all for a drawing."""
        if segments > _MOST_SEGMENTS or (segments <= _ONE_PIECE and not stroked):
            return [self._placed(pdfium.bounds(item), forms)]
        own = (pdfium.object_matrix(item), *forms)
        width = pdfium.stroke_width(item) * _scale(own) if stroked else 0.0
        pieces = [_as_broad_as(width, self._placed(piece, own)) for piece in pdfium.path_pieces(item)]
        return sorted(pieces, key=_area, reverse=True)

    def _unclipped(self, piece: pdfium.Sides, item: c_void_p, forms: tuple[Matrix, ...]) -> pdfium.Sides:
        """Return the part of a filled piece that its clip leaves visible."""
        if min(piece[2] - piece[0], piece[3] - piece[1]) < _CLIPPED:
            return piece
        clip = pdfium.clip_bounds(item.value or 0)
        if clip is None:
            return piece
        area = self._placed(clip, forms)
        return max(piece[0], area[0]), max(piece[1], area[1]), min(piece[2], area[2]), min(piece[3], area[3])

    def _placed(self, sides: pdfium.Sides, matrices: tuple[Matrix, ...]) -> pdfium.Sides:
        """Return x0, top, x1, bottom on the upright page of a rectangle within forms."""
        return self._frame.box(*within(sides, matrices))


def within(sides: pdfium.Sides, matrices: tuple[Matrix, ...]) -> pdfium.Sides:
    """Return left, bottom, right, top on the page of a rectangle within forms, innermost first."""
    x0, y0, x1, y1 = sides
    for a, b, c, d, e, f in matrices:
        xs = (a * x0 + c * y0 + e, a * x1 + c * y1 + e, a * x0 + c * y1 + e, a * x1 + c * y0 + e)
        ys = (b * x0 + d * y0 + f, b * x1 + d * y1 + f, b * x0 + d * y1 + f, b * x1 + d * y0 + f)
        x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    return x0, y0, x1, y1


def _scale(matrices: tuple[Matrix, ...]) -> float:
    scale = 1.0
    for a, b, c, d, _, _ in matrices:
        scale *= abs(a * d - b * c) ** 0.5
    return scale


def _as_broad_as(width: float, sides: pdfium.Sides) -> pdfium.Sides:
    """Give a stroked line its breadth."""
    x0, top, x1, bottom = sides
    across, down = max(width - (x1 - x0), 0.0) / 2, max(width - (bottom - top), 0.0) / 2
    return x0 - across, top - down, x1 + across, bottom + down


def _area(sides: pdfium.Sides) -> float:
    return (sides[2] - sides[0]) * (sides[3] - sides[1])


def _is_ring(pieces: list[pdfium.Sides]) -> bool:
    """Tell whether a filled path is an edge: one rectangle with another, only a little smaller, cut out of it."""
    if len(pieces) != 2:
        return False
    (left, top, right, bottom), inner = pieces
    gaps = inner[0] - left, inner[1] - top, right - inner[2], bottom - inner[3]
    return all(0 <= gap <= _RING for gap in gaps)
