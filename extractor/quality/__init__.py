"""Scores against gold, speed."""
