"""The folder in which one office or researcher works: tables, decisions and papers, found from anywhere.

A workspace is a folder that holds `peel.toml`. It is named by `--workspace` or the variable `PEEL_WORKSPACE`; else it
is the folder one stands in or one above it, as git finds a repository; else it is the user's data folder.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import BadSetting

FILE = "peel.toml"
VARIABLE = "PEEL_WORKSPACE"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder and its places; `why` says how it was found."""

    root: Path
    why: str

    @property
    def outputs(self) -> Path:
        """Folder of the tables."""
        return self.root / "outputs"

    @property
    def verdicts(self) -> Path:
        """What analysts decided."""
        return self.root / "corpus" / "verdicts.csv"

    @property
    def register(self) -> Path:
        """Positions, answers and delivery of every item."""
        return self.root / "corpus" / "register.csv"

    @property
    def reports(self) -> Path:
        """Reports that were downloaded."""
        return self.root / "corpus" / "pdf"


def workspace(named: Path | str | None = None, outputs: Path | str | None = None) -> Workspace:
    """Return the workspace to work in.

    Args:
        named: its folder, as the user gave it.
        outputs: the folder of the tables, as the user gave it: decisions belong to the tables, wherever one stands.

    Raises:
        BadSetting: the folder named is none.
    """
    if named:
        return Workspace(_folder(named, "--workspace"), "named by --workspace")
    if outputs is not None:
        tables = Path(outputs).absolute()
        return _above(tables) or Workspace(tables.parent, "the folder that holds --outputs")
    if variable := os.environ.get(VARIABLE):
        return Workspace(_folder(variable, VARIABLE), f"named by {VARIABLE}")
    return _above(Path.cwd()) or Workspace(
        _users_folder(), "your data folder; `peel.toml` in a folder makes it another"
    )


def _folder(named: Path | str, by: str) -> Path:
    folder = Path(named).expanduser().absolute()
    if not folder.is_dir():
        raise BadSetting(f"{by}: {folder} is no folder; make it, then put an empty file `{FILE}` into it")
    return folder


def _above(start: Path) -> Workspace | None:
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return Workspace(folder, f"{FILE} is there")
    return None


def _users_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("peel", appauthor=False)


def shipped(name: str) -> Path:
    """Return a file or folder of `corpus/` that travels with the program: manifest, gold answers, specimens."""
    packaged = Path(__file__).parent / "corpus"
    return (packaged if packaged.is_dir() else Path(__file__).parents[1] / "corpus") / name
