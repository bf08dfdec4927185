"""Imported once by the server that children are forked from, so that each child finds everything in memory."""

import gc
import importlib
import os
import signal
import sys
from contextlib import suppress

from extractor.rulebook.matcher import english
from extractor.runs.one_report import RULES_VARIABLE
from extractor.tables import lines_cache
from extractor.tables.no_numpy import LeftOut


def _practise(root: str) -> None:
    """Load the rules and extract a report made of their examples: worth a second when there are many to read."""
    from extractor.models import Line, Page, Printed
    from extractor.reading.web.page import read_web
    from extractor.rulebook.load import load_rules
    from extractor.rulebook.matcher import labeller
    from extractor.runs.one_report import extracted

    rules = load_rules(root)
    for rule in rules.rules:
        labeller(rules).matches(" ".join(rule.examples[:1]), rule.label)
    title = ["PEEL: Police effectiveness 2016", "An inspection of Essex Police", "November 2016"]
    words = title + [example for rule in rules.rules for example in rule.examples[:1]]
    lines = tuple(Line(number, text, tag="H2" if number % 2 else "P") for number, text in enumerate(words))
    printed = Printed("", "0" * 64, "web", lines, (Page(1, 595, 842),))
    lines_cache.decode(lines_cache.encode(printed), "")
    extracted(printed, rules)
    read_web("", b"<html><body><p>text")


_interrupted = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
gc.disable()  # nothing that is imported is garbage
sys.meta_path.insert(0, LeftOut("pandas"))
with suppress(Exception):  # what is wrong here is wrong in each child too, and told there
    for _name in ("reading.pdf.document", "pipeline", "tables.lines_cache", "runs.receipts"):
        importlib.import_module(f"extractor.{_name}")
    english()
    if _root := os.environ.get(RULES_VARIABLE):
        _practise(_root)
gc.freeze()  # a collection in a child must not touch, and so copy, what all share
gc.enable()
signal.signal(signal.SIGINT, _interrupted)  # the server has its own word on it
