"""Write a specimen as the page a browser saves: the report, and the furniture of the site around it."""

from __future__ import annotations

import re
from html import escape

from blocks import STATEMENT, Block, Bullets, Grade, Heading, Item, Items, Para, Rows, Specimen

_TOP = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="description" content="{statement}">
<meta property="og:title" content="{title}">
<style>
body {{ font: 16px/1.5 Arial, sans-serif; color: #222; margin: 0; }}
main {{ max-width: 46rem; margin: 0 auto; padding: 1rem; }}
header.site, footer {{ background: {dark}; color: #fff; padding: .75rem 1.5rem; }}
header.site a, footer a {{ color: #fff; }}
nav ul {{ display: flex; gap: 1.5rem; list-style: none; margin: 0; padding: 0; }}
h1, h2, h3 {{ color: {dark}; }}
.skip-link {{ position: absolute; left: -999px; }}
.breadcrumb ol {{ display: flex; gap: 1.5rem; padding: 0; list-style: none; }}
.cookie-banner, .consultation-banner, .specimen {{ background: #fff3c4; border: 1px solid #c9a227; }}
.cookie-banner, .consultation-banner, .specimen {{ padding: .5rem 1.5rem; }}
.grade {{ font-weight: bold; font-size: 1.2rem; border-left: 6px solid {middle}; padding-left: .6rem; }}
.highlight {{ background: {pale}; padding: .5rem 1.25rem; margin: 1rem 0; }}
table {{ border-collapse: collapse; }} th, td {{ border: 1px solid {middle}; padding: .3rem .7rem; text-align: left; }}
</style>
</head>
<body>
<a class="skip-link" href="#content">Skip to content</a>
<div class="cookie-banner"><p>We use cookies to make this website work.</p><button>Accept</button></div>
<header class="site"><a href="#">{publisher}</a>
<nav aria-label="Main"><ul><li><a href="#">Home</a></li><li><a href="#">Inspections</a></li>
<li><a href="#">Publications</a></li></ul></nav></header>
<div class="consultation-banner"><p>We are consulting on our policing inspection programme. Have your say.</p></div>
<main id="content"><article>
<nav class="breadcrumb"><ol><li><a href="#">Home</a></li><li><a href="#">PEEL assessments</a></li></ol></nav>
<p class="specimen"><strong>{statement}</strong></p>
<h1>{title}</h1>
<p>Published on: {printed}</p>
<p><a href="#">Print this document</a></p>
<p><a href="#">English</a> <a href="#">Cymraeg</a></p>
"""
_END = """<p>Get the report</p>
<h2>Related links</h2>
<ul class="related-links"><li><a href="#">How we inspect</a></li><li><a href="#">About the data</a></li></ul>
<p><strong>{statement}</strong></p>
</article></main>
<footer><p>{publisher}</p><p><a href="#">Back to top</a></p></footer>
<script>document.body.className = "ready";</script>
</body>
</html>
"""


def draw_html(specimen: Specimen) -> str:
    """Return the saved page."""
    dark, middle, pale = specimen.colours
    words = {
        "title": escape(" – ".join(specimen.title)),
        "statement": STATEMENT,
        "publisher": specimen.publisher,
        "printed": specimen.printed,
        "dark": dark,
        "middle": middle,
        "pale": pale,
    }
    body = "".join(_piece(block) for block in specimen.blocks)
    notes = "".join(
        f'<p id="note-{mark}"><sup>{mark}</sup> {escape(text)}</p>\n' for mark, text in specimen.notes.items()
    )
    return _TOP.format(**words) + body + notes + _END.format(**words)


def _markup(text: str) -> str:
    text = escape(text, quote=False).replace("&lt;b&gt;", "<strong>").replace("&lt;/b&gt;", "</strong>")
    text = text.replace("&lt;i&gt;", "<em>").replace("&lt;/i&gt;", "</em>")
    return re.sub(r"\[\^(\d+)\]", r'<sup><a href="#note-\1">\1</a></sup>', text)


def _piece(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level + 1}>{_markup(block.text)}</h{block.level + 1}>\n"
        case Para():
            text = f"<strong>{_markup(block.text)}</strong>" if block.bold else _markup(block.text)
            return f"<p>{text}</p>\n"
        case Bullets():
            return _list(tuple(f"<li>{_markup(text)}</li>" for text in block.items))
        case Grade():
            label = f'<p class="grade">{(block.grade or "").capitalize()}</p>\n' if block.show != "words" else ""
            return label + (f"<p>{_markup(block.words)}</p>\n" if block.words else "")
        case Items():
            return f'<div class="highlight">\n<h3>{block.heading}</h3>\n{_items(block.items)}</div>\n'
        case Rows():
            head, *rows = ("".join(f"<{{0}}>{_markup(cell)}</{{0}}>" for cell in row) for row in block.rows)
            lines = [f"<tr>{head.format('th')}</tr>", *(f"<tr>{row.format('td')}</tr>" for row in rows)]
            return "\n".join((f"<table><caption>{_markup(block.caption)}</caption>", *lines, "</table>\n"))
    raise ValueError(f"no web form for {type(block).__name__}")


def _list(items: tuple[str, ...]) -> str:
    return "\n".join(("<ul>", *items, "</ul>\n"))


def _items(items: tuple[Item, ...]) -> str:
    parts = []
    for item in items:
        limbs = _list(tuple(f"<li>{_markup(limb)}</li>" for limb in item.limbs)) if item.limbs else ""
        before = f"</ul>\n<p>{_markup(item.before)}</p>\n<ul>\n" if item.before else ""
        parts.append(f"{before}<li>{_markup(item.text)}{limbs}</li>\n")
    return f"<ul>\n{''.join(parts)}</ul>\n"
