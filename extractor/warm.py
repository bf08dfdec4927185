"""Imported once by the server that children are forked from, so that each child finds everything in memory."""

import gc
import importlib
import os
import sys
from contextlib import suppress
from importlib.abc import MetaPathFinder

from extractor.task import RULES_VARIABLE


class _NoPandas(MetaPathFinder):
    """pyarrow imports pandas with the first list it meets, half a second for nothing: no child makes frames."""

    def find_spec(self, name: str, *_: object) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name)


def _practise(root: str) -> None:
    """Load the rules and build their matchers: worth a second when there are many reports to read."""
    from extractor import cache, tables, web
    from extractor.components import labeller
    from extractor.models import Printed
    from extractor.rules import load_rules

    rules = load_rules(root)
    for rule in rules.rules:
        labeller(rules).matches(" ".join(rule.examples[:1]), rule.label)
    cache.encode(web.read_web("", b""))
    cache.encode(Printed("", "", "pdf"))
    tables.encode("findings", [])


sys.meta_path.insert(0, _NoPandas())
with suppress(Exception):  # what is wrong here is wrong in each child too, and told there
    for _name in ("extractor.pdf", "extractor.pipeline", "extractor.cache", "extractor.ledger", "spacy"):
        importlib.import_module(_name)
    if _root := os.environ.get(RULES_VARIABLE):
        _practise(_root)
gc.collect()
gc.freeze()  # a collection in a child must not touch, and so copy, what all share
