"""What one report may take, and how its child is held to that: by the system, or watched where the system does not."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psutil

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

START_VARIABLE = "PEEL_START_METHOD"  # `spawn`: children start afresh and are watched, as they must be on Windows
SPAWNS = os.environ.get(START_VARIABLE) == "spawn"
_SYSTEM_HOLDS = resource is not None and sys.platform.startswith("linux") and not SPAWNS
_LOOK = 0.02  # seconds between two looks at a child's memory


@dataclass(frozen=True, slots=True)
class Limits:
    """What one report may take."""

    seconds: float = 120.0
    megabytes: int = 2048


class Watch:
    """The clock and, where the system does not limit memory, the scales of one child at one piece of work."""

    def __init__(self, process_id: int | None, limits: Limits, seconds: float) -> None:
        """Start the clock: the child has so many `seconds`."""
        self._end = time.monotonic() + seconds
        self._most = limits.megabytes << 20
        self._child = None if _SYSTEM_HOLDS else _process(process_id)
        self._before = self._bytes()

    @property
    def pause(self) -> float:
        """Seconds until the next look."""
        left = max(0.0, self._end - time.monotonic())
        return left if self._child is None else min(left, _LOOK)

    @property
    def broken(self) -> str | None:
        """The limit that is passed: time_limit, memory_limit, or none."""
        if self._child is not None and self._bytes() - self._before > self._most:
            return "memory_limit"
        return "time_limit" if time.monotonic() >= self._end else None

    def _bytes(self) -> int:
        """Return the memory that the child holds; on Windows what is set aside for it, used or not."""
        if self._child is None:
            return 0
        import psutil

        try:
            about = self._child.memory_info()
        except psutil.Error:  # it ended; the pipe tells
            return 0
        return int(about.vms if os.name == "nt" else about.rss)


def confine(limits: Limits, items: int) -> None:
    """Run in the child: let the system hold it to its limits, as far as the system does."""
    if resource is None:
        return
    processor = int(limits.seconds * items) + 10  # the last resort, when the parent is gone and native code hangs
    kinds = [(resource.RLIMIT_CPU, processor), (resource.RLIMIT_CORE, 0)]
    if _SYSTEM_HOLDS:
        kinds.append((resource.RLIMIT_AS, _addresses() + (limits.megabytes << 20)))
    for kind, most in kinds:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def _process(process_id: int | None) -> psutil.Process | None:
    import psutil  # not needed where the system holds children to their limits

    try:
        return psutil.Process(process_id)
    except psutil.Error:
        return None


def _addresses() -> int:
    """Return the bytes of address space in use before the work begins; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except (OSError, ValueError):
        return 0
