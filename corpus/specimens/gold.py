"""Write the gold answer of a specimen from its content and the pages its pieces were drawn on."""

from __future__ import annotations

import re
from typing import Any

from blocks import Grade, Heading, Item, Items, Judgments, Specimen

Pages = dict[str, tuple[int, int]]


def plain(text: str) -> str:
    """Return text as an extractor should give it: without footnote marks and type."""
    return re.sub(r"\s+", " ", re.sub(r"</?[bi]>|\[\^\d+\]", "", text)).strip()


def answer(specimen: Specimen, pages: Pages, count: int | None) -> dict[str, Any]:
    """Return the gold answer; `pages` maps a piece's key to its first and last page, empty for a web page."""
    return {
        "report": {
            "title": " – ".join(specimen.title),
            "force": specimen.force,
            "publisher": specimen.publisher,
            "cycle": specimen.cycle,
            "pillar": specimen.pillar,
            "published": specimen.published,
            "pages": count,
        },
        "gradings": _gradings(specimen, pages),
        "findings": _findings(specimen, pages),
        "sections": [plain(block.text) for block in specimen.blocks if isinstance(block, Heading) and block.level <= 2],
        "traps": list(specimen.traps),
    }


def _gradings(specimen: Specimen, pages: Pages) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    again: dict[str, set[int]] = {}
    question = ""
    for index, block in enumerate(specimen.blocks):
        page = pages.get(f"b{index}", (None, None))[0]
        if isinstance(block, Heading) and block.question:
            question = plain(block.text)
        elif isinstance(block, Judgments) and page:
            for _, full, _ in block.areas:
                again.setdefault(full, set()).add(page)
        elif isinstance(block, Grade):
            asked = block.question or question
            if block.again:
                again.setdefault(asked, set()).update([page] if page else [])
                continue
            row = {"level": block.level, "question": asked, "grade": block.grade, "basis": block.basis, "page": page}
            found.append(row)
    for row in found:
        others = sorted(again.get(row["question"], set()) - {row["page"]})
        if others:
            row["also_on"] = others
    return found


def _findings(specimen: Specimen, pages: Pages) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    question = ""
    for index, block in enumerate(specimen.blocks):
        if isinstance(block, Heading) and block.question:
            question = plain(block.text)
        elif isinstance(block, Items):
            for number, item in enumerate(block.items):
                key = f"b{index}.{number}"
                row = _row(found, block.kind, question, item, pages.get(key, (None, None)))
                found.append(row)
                found.extend(_recommendations(found, row, item, key, pages))
    return found


def _row(
    found: list[dict[str, Any]], kind: str, question: str, item: Item, pages: tuple[int | None, int | None]
) -> dict[str, Any]:
    return {
        "id": f"f{len(found) + 1}",
        "type": kind,
        "question": question,
        "text": plain(" ".join((item.text, *item.limbs))),
        "detail": plain(" ".join(item.detail)) or None,
        "parent": None,
        "stem": None,
        "limbs": [plain(limb) for limb in item.limbs],
        "deadline": None,
        "status": item.status,
        "origin_cycle": item.origin,
        "page_start": pages[0],
        "page_end": pages[1],
    }


def _recommendations(
    found: list[dict[str, Any]], parent: dict[str, Any], item: Item, key: str, pages: Pages
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for group_number, group in enumerate(item.groups):
        for number, text in enumerate(group.items):
            place = pages.get(f"{key}.{group_number}.{number}", (None, None))
            row = _row([*found, *rows], "recommendation", parent["question"], Item(text), place)
            row |= {
                "parent": parent["id"],
                "stem": plain(group.stem) if group.stem else None,
                "deadline": group.deadline,
            }
            rows.append(row)
    return rows
