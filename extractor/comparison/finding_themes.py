"""The themes of all findings, for a search by theme (`decisions.search.Themed`); loads little until it is asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.rulebook.folder import rules_root, stamp_of

if TYPE_CHECKING:
    from extractor.comparison.year_on_year import Tables


@dataclass(frozen=True, slots=True)
class FindingThemes:
    """Where a search learns which findings have which theme."""

    outputs: Path | str
    verdicts: Path
    tables: Tables | None = None  # as they are now, where they are at hand

    @property
    def version(self) -> str:
        """Another one when rules or decisions were written."""
        written = self.verdicts.stat().st_mtime_ns if self.verdicts.exists() else 0
        return hashlib.sha256(repr((stamp_of(rules_root()), written)).encode()).hexdigest()

    def names(self) -> Mapping[str, str]:
        """Return the name of each theme by its id, and of having none."""
        from extractor.comparison.rules import load_compare_rules
        from extractor.comparison.themes import UNTHEMED, theme_name

        rules = load_compare_rules()
        return {theme: theme_name(theme, rules) for theme in (*(each.id for each in rules.themes), UNTHEMED)}

    def of_findings(self) -> Iterator[tuple[str, str]]:
        """Yield (finding_id, id of a theme), once for each theme that a finding has."""
        from extractor.comparison.themes import UNTHEMED
        from extractor.comparison.year_on_year import Tables

        tables = self.tables or Tables(self.outputs, verdicts=self.verdicts)
        for finding, themes in tables.themes():
            yield from ((finding, theme) for theme in themes or (UNTHEMED,))
