"""Read PEEL inspection reports: every grading and finding, with the page behind every word."""

__version__ = "0.1.0"
