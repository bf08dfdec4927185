"""Build the compiled reader into the package when `PEEL_COMPILE=1` asks for it; without that, nothing is compiled."""

from __future__ import annotations

import os
import shlex
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCE = Path("extractor", "reading", "pdf", "_compiled.c")


class CompiledReader(BuildHookInterface):  # type: ignore[type-arg]
    """Compile the reader into the wheel, or beside its source for an editable installation."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and name the wheel by the machine it is for."""
        if os.environ.get("PEEL_COMPILE") != "1" or self.target_name != "wheel":
            return
        source = Path(self.root, SOURCE)
        folder = source.parent if version == "editable" else Path(self.root, "build")
        built = compile_reader(source, folder)
        build_data.update(pure_python=False, infer_tag=True)
        build_data["force_include"][str(built)] = str(SOURCE.with_name(built.name))


def compile_reader(source: Path, folder: Path) -> Path:
    """Compile the reader for the running Python with the compiler that Python was made with.

    Raises:
        OSError: there is no such compiler.
        subprocess.CalledProcessError: it failed; Python's own headers may be missing.
    """
    link = sysconfig.get_config_var("LDSHARED")
    if not link:
        raise OSError("this Python does not say which compiler it was made with")
    folder.mkdir(parents=True, exist_ok=True)
    built = folder / f"{source.stem}{sysconfig.get_config_var('EXT_SUFFIX')}"
    exact = ["-O2", "-fPIC", "-ffp-contract=off"]  # no sum may be rounded otherwise than Python does
    headers = f"-I{sysconfig.get_paths()['include']}"
    subprocess.run([*shlex.split(link), *exact, headers, str(source), "-o", str(built)], check=True)
    return built
