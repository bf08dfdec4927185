"""Blocks become what the report says: identity, sections, gradings, findings, checks."""
