"""The templates of the application's own pages, compiled once."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

FOLDER = Path(__file__).with_name("templates")
_COMMAND = re.compile("`([^`]{1,200})`")


@cache
def templates() -> jinja2.Environment:
    """Return the templates; everything that is put into them is escaped."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["commands"] = commands
    return made


def commands(words: str) -> Markup:
    """Return a message of the command line for a page: escaped, with what stands in backticks as code."""
    return Markup(_COMMAND.sub(r"<code>\1</code>", str(escape(words))))
