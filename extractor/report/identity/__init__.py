"""Which report is this? Cycle, pillar, force, publisher and date, as far as they are printed.

Evidence is taken in the order an analyst would trust it: the front page, then the running text, then the file name, and
a problem says so whenever it was not the front page. A document that is no report on one force is named as what it is.
"""

from extractor.report.identity.identity import Identity, recognise

__all__ = ["Identity", "recognise"]
