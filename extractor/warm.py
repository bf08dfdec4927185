"""Imported once by the server that children are forked from, so that each child finds everything in memory."""

import gc
import importlib

for _name in ("extractor.pipeline", "extractor.cache", "extractor.ledger", "extractor.task", "spacy"):
    importlib.import_module(_name)
gc.collect()
gc.freeze()  # a collection in a child must not touch, and so copy, what all share
