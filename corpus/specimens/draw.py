"""Draw the specimens and write their gold: `python corpus/specimens/draw.py [FOLDER]`.

The same content gives the same bytes. PDFs and the web page go to FOLDER (default: beside this script), gold answers
to `gold` beside that folder.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from content import SPECIMENS  # noqa: E402
from gold import answer  # noqa: E402
from paper import draw_pdf  # noqa: E402
from screen import draw_html  # noqa: E402


def draw_all(folder: Path, gold: Path) -> list[Path]:
    """Draw every specimen into `folder` and its gold into `gold`; return the drawn files."""
    folder.mkdir(parents=True, exist_ok=True)
    gold.mkdir(parents=True, exist_ok=True)
    drawn = []
    for specimen in SPECIMENS:
        path = folder / specimen.name
        if path.suffix == ".pdf":
            pages, count = draw_pdf(specimen, path)
        else:
            pages, count = {}, None
            path.write_text(draw_html(specimen), encoding="utf-8", newline="\n")
        text = json.dumps(answer(specimen, pages, count), ensure_ascii=False, indent=2)
        (gold / f"{path.stem}.gold.json").write_text(text + "\n", encoding="utf-8", newline="\n")
        drawn.append(path)
    return drawn


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for file in draw_all(target, target.resolve().parent / "gold"):
        print(file)
