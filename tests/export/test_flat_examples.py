"""The examples of outputs/README.md run on the tables of a specimen, wherever their library is installed."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from response_rows import written

from extractor.export.flat import flat, write_flat

TEXT = (Path(__file__).parents[2] / "outputs/README.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"^```python\n(.*?)\n```$", TEXT, flags=re.MULTILINE | re.DOTALL)
R = re.findall(r"^```r\n(.*?)\n```$", TEXT, flags=re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = written(tmp_path_factory.mktemp("outputs"))
    write_flat(flat(folder, folder / "none.csv"), folder / "export")
    return folder


def test_there_are_examples_of_each_kind() -> None:
    assert {example.split()[1] for example in PYTHON} == {"pandas", "polars", "duckdb", "sqlite3"}
    assert all(len(ast.parse(example).body) == 3 for example in PYTHON)
    assert all(len(example.splitlines()) == 3 for example in R)


@pytest.mark.parametrize("example", PYTHON)
def test_python_examples_answer(example: str, outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip(example.split()[1])
    monkeypatch.chdir(outputs)
    names: dict[str, object] = {}
    exec(example, names)
    assert names["answer"] is not None


@pytest.mark.parametrize("example", R)
@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_r_examples_answer(example: str, outputs: Path) -> None:
    has = subprocess.run(["Rscript", "-e", "library(arrow)"], capture_output=True, check=False)
    if has.returncode:
        pytest.skip("the R package arrow is not installed")
    subprocess.run(["Rscript", "-e", example], cwd=outputs, check=True)
