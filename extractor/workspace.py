"""The folder in which one office or researcher works: tables, decisions and papers, found from anywhere.

A workspace is a folder that holds `peel.toml`. It is named by `--workspace` or the variable `PEEL_WORKSPACE`; else it
is the folder one stands in or one above it, as git finds a repository; else it is the user's data folder.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from extractor.errors import BadSetting
from extractor.phrasing import typed

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


def workspace(named: Path | str | None = None, outputs: Path | str | None = None, *, make: bool = False) -> Workspace:
    """Return the workspace to work in.

    Args:
        named: its folder, as the user gave it.
        outputs: the folder of the tables, as the user gave it: decisions belong to the tables, wherever one stands.
        make: make a workspace of the folder that is named, or of the user's data folder, where it is none yet.

    Raises:
        BadSetting: the folder named is none, and none is to be made.
        OSError: it cannot be made.
    """
    if outputs is not None and not named:
        tables = Path(outputs).absolute()
        return _above(tables) or Workspace(tables.parent, "the folder that holds --outputs")
    by = "--workspace" if named else VARIABLE
    if folder := named or os.environ.get(VARIABLE):
        place = Workspace(Path(folder).expanduser().absolute(), f"named by {by}")
        if not place.root.is_dir() and not make:
            raise BadSetting(
                f"{by}: {place.root} is no folder; `peel extract FILE --workspace {typed(folder)}` makes it one"
            )
    else:
        own = Workspace(_users_folder(), "your data folder; --workspace DIR makes another")
        place = _above(Path.cwd()) or own
    return _made(place) if make else place


def _made(place: Workspace) -> Workspace:
    """Mark a folder as a workspace where it is not marked yet."""
    if (place.root / FILE).exists():
        return place
    from extractor.settings import blank, put

    put(place.root / FILE, blank())
    return replace(place, why=f"{place.why}; made now, its settings are in {FILE}")


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
