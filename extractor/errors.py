"""What can go wrong by a user's doing: one family of exceptions, each told as a line or list, never a traceback.

Every message names the file (and the page or line where there is one) and says what to do next. Children that stand
for a wrong value are `ValueError`s too, and those for something that is not there `LookupError`s, so that callers of
the Python functions may go by either.
"""

from __future__ import annotations


class PeelError(Exception):
    """Something the user can mend; `exit_code` is what `peel` ends with (2: wrong usage, 1: ran, and failed)."""

    exit_code = 2


class RuleError(PeelError):
    """The rules cannot be used; `args[0]` lists every mistake, one per line, each with its file and line."""


class UnreadableFile(PeelError):
    """A file cannot be read as what it should be: damaged, locked, of another kind, too large."""

    exit_code = 1


class NoSuchReport(PeelError, LookupError):
    """A report is not in the tables."""


class UnknownForce(PeelError, ValueError):
    """A force is not in the tables; the message lists those that are."""


class TemplateProblem(PeelError, ValueError):
    """A template cannot be filled in; the message lists what is wrong with it."""


class BadSetting(PeelError, ValueError):
    """A setting, option or its value is not one that is known; the message lists those that are."""


class BadDecisions(PeelError, ValueError):
    """A review file or the register of decisions cannot be used; the message names line and column."""


class WouldOverwrite(PeelError, ValueError):
    """A file that somebody may have worked in stands where one is to be written."""


class DamagedStore(PeelError):
    """A table, cache or receipt is not what was written; the message names what to read anew."""

    exit_code = 1


class Unreachable(PeelError):
    """A scheduler, store or web site does not answer, or a package that speaks with it is missing."""

    exit_code = 1


class Refused(PeelError):
    """A file or page cannot be had from a web site; the message says why and what to do by hand."""

    exit_code = 1
