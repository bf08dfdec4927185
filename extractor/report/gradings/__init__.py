"""The grades: where each is formally displayed, and what the sentences beside it say.

A grade counts when it stands alone as a label below a question's heading, in a row beside the question, or in a column
of the judgments table (`displays`, `tables`). Sentences decide only where no label does, and are compared with the
label where one does (`sentences`, `overview`). `choose` makes one row of all the evidence for a question.
"""

from extractor.report.gradings.choose import grading_rows
from extractor.report.gradings.find import FoundGradings, find_gradings

__all__ = ["FoundGradings", "find_gradings", "grading_rows"]
