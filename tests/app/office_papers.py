"""Papers that come to an office beside the reports: a letter and a national report, as saved web pages."""

from __future__ import annotations

from pathlib import Path

LETTER = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Norfolk Constabulary: PEEL cause of concern revisit letter</title></head><body><main>
<h1>Norfolk Constabulary: PEEL cause of concern revisit letter</h1>
<p>Published on: 9 May 2024</p>
<h2>Letter information</h2>
<p><strong>From:</strong></p><p>His Majesty’s Inspector of Constabulary</p>
<p><strong>To:</strong></p><p>Chief Constable, Norfolk Constabulary</p>
<p><strong>Sent on:</strong></p><p>2 May 2024</p>
<h2>Background</h2>
<p>Between October and November 2023, we inspected Norfolk Constabulary as part of our PEEL programme.</p>
<h2>Our cause of concern</h2>
<h3>Cause of concern: bicycles</h3>
<p><strong>Cause of concern</strong></p><p>The force loses the bicycles it has found</p>
<h3>Recommendations</h3>
<p>The force should immediately:</p>
<ul><li>count the bicycles in its stores; and</li><li>mark each bicycle with its number.</li></ul>
<h2>Our findings</h2>
<h3>Marking of bicycles</h3><p>Each bicycle has a number. This recommendation is now closed.</p>
<h3>Counting in the stores</h3><p>The stores are counted once a year. This recommendation remains open.</p>
<h2>Conclusion</h2><p>The cause of concern remains open.</p>
</main></body></html>
"""
NATIONAL = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Lost and found: an inspection of how well the police look after property</title></head><body><main>
<h1>Lost and found</h1><h2>An inspection of how well the police look after property</h2>
<p>HMICFRS</p><p>28 May 2024</p>
<h2>Summary</h2>
<p>Forces keep what is handed in at their front counters in many ways, and few of them count it twice.</p>
<h2>Recommendations</h2>
<h3>Recommendation 1</h3>
<p>By 31 December 2024, chief constables should make sure that what is handed in is listed on the same day.</p>
<h3>Recommendation 2</h3>
<p>By 31 March 2025, chief constables should make sure that owners are told where to ask for what they have lost.</p>
<h2>Our inspection</h2>
<p>We went to nine forces and read the lists of a month in each of them.</p>
</main></body></html>
"""


def write_papers(folder: Path) -> tuple[Path, Path]:
    """Write both papers; return their paths."""
    letter, national = folder / "letter.html", folder / "lost-and-found.html"
    letter.write_text(LETTER, encoding="utf-8")
    national.write_text(NATIONAL, encoding="utf-8")
    return letter, national
