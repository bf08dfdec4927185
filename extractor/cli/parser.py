"""The parser of the command line: a wrong word is answered with the nearest right one, under the usage of its verb."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, NoReturn

from extractor.cli.common import printable
from extractor.phrasing import then


class Parser(argparse.ArgumentParser):
    """A parser that leaves no word over, and says what may have been meant."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse, and end with 2 where a word is not known."""
        known, left = super().parse_known_args(args, namespace)
        if left:
            self.error(self._left_over(left))
        return known, left

    def error(self, message: str) -> NoReturn:
        """Print usage, what is wrong and where to look, and end with 2."""
        self.print_usage(sys.stderr)
        words = " ".join(["peel help", *self.prog.split()[1:]])
        self.exit(2, f"{self.prog}: {then(printable(message), f'`{words}` shows how')}\n")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse what is none of an action's choices, with the nearest of them."""
        if action.choices is not None and value not in action.choices:
            what = action.option_strings[-1] if action.option_strings else action.dest
            raise argparse.ArgumentError(None, f"no {what} {value!r}: {nearest(str(value), [*action.choices])}")

    def _left_over(self, left: Sequence[str]) -> str:
        option = next((word.partition("=")[0] for word in left if word.startswith("-")), None)
        if option:
            return f"no option {option}: {nearest(option, [*self._option_string_actions])}"
        return f"{' '.join(left)!r} is a word too many: put quotes around a name of several words"


def nearest(word: str, known: Sequence[str]) -> str:
    """Ask for the nearest of the words that are known; where none is near, tell them all."""
    written = {each.lower(): each for each in known}
    near = [written[each] for each in get_close_matches(word.lower(), written, n=2, cutoff=0.6)]
    return f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known)}"
