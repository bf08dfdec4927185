"""The findings: what stands under the headings of areas for improvement, causes of concern and good practice.

An item begins only at such a heading, never at a sentence. Its text is the blocks as printed; nothing is reworded. What
stands in an item's box and cannot be placed is reported, not dropped. The steps, in order: `regions` finds where items
begin and end, a reader of `READERS` parts the blocks of each region into drafts, `flags` and `rows` make them rows.
"""

from extractor.report.findings.find import FoundItems, find_items
from extractor.report.findings.rows import finding_rows

__all__ = ["FoundItems", "find_items", "finding_rows"]
