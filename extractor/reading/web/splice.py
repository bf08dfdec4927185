"""Put what a browser shows in one page into one tree: frames saved with it, and shadow roots."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import html

from extractor.reading.web.container import Part

MOST_FRAMES = 50
_TINY = 2  # px: frames of this size count visits

Parse = Callable[[str], html.HtmlElement | None]


def splice_frames(
    root: html.HtmlElement, frames: Mapping[str, Part], text_of: Callable[[Part], str], parse: Parse
) -> list[str]:
    """Put each frame that was saved with the page in its place; return the addresses of those that were not."""
    missing = []
    for count, frame in enumerate(list(root.iter("iframe", "frame"))):
        address = frame.get("src", "")
        part = frames.get(address)
        text = frame.get("srcdoc") or (text_of(part) if part else None)
        inner = parse(text) if text and text.strip() and count < MOST_FRAMES else None
        if inner is not None:
            _replace(frame, list(inner.find("body") if inner.find("body") is not None else inner))
        elif _could_hold_text(frame, address):
            missing.append(address)
    return missing


def _could_hold_text(frame: html.HtmlElement, address: str) -> bool:
    if not address or address.startswith(("about:", "javascript:", "data:")) or "hidden" in frame.attrib:
        return False
    sizes = (frame.get("width", ""), frame.get("height", ""))
    return not any(size.isdigit() and int(size) <= _TINY for size in sizes)


def _replace(frame: html.HtmlElement, children: list[html.HtmlElement]) -> None:
    holder = html.Element("div")
    holder.tail = frame.tail
    parent = children[0].getparent() if children else None
    holder.text = parent.text if parent is not None else None
    holder.extend(children)
    outer = frame.getparent()
    if outer is not None:
        outer.replace(frame, holder)


def open_shadow_roots(root: html.HtmlElement) -> None:
    """Show declarative shadow roots: what a host holds itself is shown only where the root has a slot for it."""
    for template in list(root.iter("template")):
        host = template.getparent()
        if host is not None and (template.get("shadowrootmode") or template.get("shadowroot")):
            template.tag = "div"
            _fill_slots(host, template)


def _fill_slots(host: html.HtmlElement, root: html.HtmlElement) -> None:
    """Move what a host holds itself into the slots of its root; what no slot takes is not displayed."""
    slots = {slot.get("name", ""): slot for slot in root.iter("slot")}
    for child in [child for child in host if child is not root and isinstance(child.tag, str)]:
        slot = slots.get(child.get("slot", ""))
        if slot is not None:
            slot.append(child)
        else:
            child.set("hidden", "")
    if (host.text or "").strip() and "" in slots:
        slots[""].insert(0, _span(host.text))
    host.text = None


def _span(text: str) -> html.HtmlElement:
    span = html.Element("span")
    span.text = text
    return span
