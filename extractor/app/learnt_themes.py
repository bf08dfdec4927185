"""The themes of findings for the search of the application: the process that makes pages tells them to the index."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from extractor.app.page_process import BeingMade
from extractor.comparison.finding_themes import FindingThemes

PATIENCE = 15.0  # seconds after which the server learns the themes itself


class LearntThemes:
    """Where a search learns which findings have which theme; nobody waits while another process learns them.

    Args:
        outputs: folder of the tables.
        verdicts: the file of decisions.
        is_ahead: says whether another process learns them.
        clock: tells the time in seconds.
    """

    def __init__(
        self, outputs: Path, verdicts: Path, is_ahead: Callable[[], bool], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._themes, self._is_ahead, self._clock = FindingThemes(outputs, verdicts), is_ahead, clock
        self._missed = "", 0.0  # the version that was not known to the index, and when that was first seen

    @property
    def version(self) -> str:
        """Another one when the themes would be others."""
        return self._themes.version

    def names(self) -> Mapping[str, str]:
        """Return the name of each theme by its id."""
        return self._themes.names()

    def of_findings(self) -> Iterator[tuple[str, str]]:
        """Yield (finding_id, id of a theme), once for each theme that a finding has.

        Raises:
            BeingMade: the other process is at it.
        """
        if self._is_ahead() and not self._has_waited():
            raise BeingMade
        return self._themes.of_findings()

    def _has_waited(self) -> bool:
        if self._missed[0] != self.version:
            self._missed = self.version, self._clock()
        return self._clock() - self._missed[1] > PATIENCE
