"""Draw the answers of README's gallery: its own lines, run on invented reports, each answer as a picture.

Run by hand (`python tests/draw_gallery.py`) when a question or a picture shall change; needs matplotlib.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import matplotlib
import pandas

matplotlib.use("Agg")

from matplotlib import pyplot
from random_reports.made import make

ROOT = Path(__file__).parent.parent
REPORTS = 150
_INK, _BARS = "#0b0c0c", ["#1d70b8", "#f47738", "#00703c", "#912b88", "#b1b4b6", "#ffdd00", "#d4351c"]
_WIDTH = 8.0  # inches


def questions(readme: str) -> list[tuple[str, str]]:
    """Return the gallery's questions with their three lines, in order."""
    section = readme.split("\n## Six questions")[1].split("\n## ")[0]
    return re.findall(r"^\*\*(.+?)\*\*\n\n```python\n(.*?)\n```$", section, flags=re.MULTILINE | re.DOTALL)


def answer_to(lines: str, findings: pandas.DataFrame) -> pandas.DataFrame | pandas.Series:
    """Return what three lines of the gallery answer."""
    names: dict[str, Any] = {"findings": findings}
    exec(lines, names)
    answer = names["answer"]
    assert isinstance(answer, (pandas.DataFrame, pandas.Series))
    return answer


def draw(answer: pandas.DataFrame | pandas.Series, path: Path) -> None:
    """Write the picture of an answer: bars where it counts, a table where it lists."""
    counts = answer.to_frame() if isinstance(answer, pandas.Series) else answer
    if all(pandas.api.types.is_numeric_dtype(kind) for kind in counts.dtypes):
        _bars(counts, path)
    else:
        _table(counts.head(6), path)


def _bars(counts: pandas.DataFrame, path: Path) -> None:
    figure, axes = pyplot.subplots(figsize=(_WIDTH, 0.34 * len(counts) + 0.9), layout="constrained")
    counts.plot.barh(stacked=True, ax=axes, color=_BARS, width=0.75, legend=counts.shape[1] > 1)
    axes.invert_yaxis()
    axes.set_ylabel("")
    axes.spines[["top", "right"]].set_visible(False)
    axes.xaxis.get_major_locator().set_params(integer=True)
    if counts.shape[1] > 1:
        axes.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
    _save(figure, path)


def _table(rows: pandas.DataFrame, path: Path) -> None:
    told = rows.astype(str).map(lambda words: words if len(words) < 60 else f"{words[:58].rsplit(' ', 1)[0]} …")
    figure, axes = pyplot.subplots(figsize=(_WIDTH, 0.3 * len(rows) + 0.4), layout="constrained")
    axes.axis("off")
    table = axes.table(told.to_numpy().tolist(), colLabels=list(told.columns), loc="center", cellLoc="left")
    table.auto_set_font_size(False)
    table.set_fontsize(8)
    table.auto_set_column_width(range(told.shape[1]))
    for (row, _), cell in table.get_celld().items():
        cell.set(edgecolor="#b1b4b6", facecolor="#f3f2f1" if row == 0 else "#ffffff")
        cell.get_text().set(color=_INK, fontweight="bold" if row == 0 else "normal")
    _save(figure, path)


def _save(figure: Any, path: Path) -> None:
    figure.savefig(path, dpi=110, metadata={"Software": None})
    pyplot.close(figure)


def invented_tables(folder: Path) -> pandas.DataFrame:
    """Read invented reports into a workspace in `folder`, compare them, and return one row a finding."""
    import extractor
    from extractor.cli import main

    (folder / "peel.toml").touch()
    (folder / "in").mkdir()
    for seed in range(REPORTS):
        made = make(seed, "web")
        (folder / "in" / made.file_name).write_bytes(made.data)
    os.chdir(folder)
    main(["extract", "in", "-q"])
    with redirect_stdout(StringIO()):
        main(["compare", "--all", "-q"])
    return extractor.load("findings_flat")


def draw_all() -> None:
    """Write every picture of the gallery."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    with TemporaryDirectory() as name:
        findings = invented_tables(Path(name))
        for number, (question, lines) in enumerate(questions(readme), start=1):
            print(question, file=sys.stderr)
            draw(answer_to(lines, findings), ROOT / f"corpus/pictures/question-{number}.png")
        os.chdir(ROOT)


if __name__ == "__main__":
    draw_all()
