"""Open a filled-in response: the Word document and the list of items in it, or words on why it is none."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from extractor.errors import UnreadableFile
from extractor.response.listed import is_whole

NAMESPACE = "urn:peel-extractor:response:2"
PARTS = {"stem": "lead-in", "text": "text", "detail": "explanation"}
_NO_DOCUMENT = (  # what reading a file raises that is none, or a damaged one
    *(PackageNotFoundError, BadZipFile, KeyError, ValueError, AttributeError, RuntimeError, EOFError),
    *(zlib.error, etree.XMLSyntaxError),
)
_LARGEST = 20_000_000  # bytes of XML; the longest responses have one million
_MOST_PARTS = 2_000


def opened(path: Path) -> tuple[Any, Any]:
    """Return the document and the list of items that `peel respond` put into it.

    Raises:
        UnreadableFile: it is no Word document, larger than any response, or without the list.
        OSError: it cannot be read.
    """
    if not path.exists():
        raise FileNotFoundError(2, "no such file", str(path))
    try:
        _check_size(path)
        document = Document(str(path))
        len(document.styles)  # of a part whose type is damaged there are none
    except _NO_DOCUMENT as error:
        raise UnreadableFile(
            f"{path}: not a Word document (.docx), or a damaged one; give another copy of it"
        ) from error
    if document.element.find(qn("w:body")) is None:
        raise UnreadableFile(f"{path}: there is no text in it; go on from another copy of it")
    for relation in document.part.rels.values():
        listed = list_in(relation)
        if listed is not None and not is_whole(listed, frozenset(PARTS)):
            raise UnreadableFile(f"{path}: the list of items in it is cut or altered; go on from another copy of it")
        if listed is not None:
            return document, listed
    raise UnreadableFile(
        f"{path}: the list of items that `peel respond` puts into its documents is not there; check a file made by "
        "`peel respond` and saved as .docx by Word or LibreOffice"
    )


def _check_size(path: Path) -> None:
    with ZipFile(path) as document:
        sizes = [part.file_size for part in document.infolist() if part.filename.endswith((".xml", ".rels"))]
    if sum(sizes) > _LARGEST or len(sizes) > _MOST_PARTS:
        raise UnreadableFile(f"{path}: this document is larger than any response; was it made by `peel respond`?")


def list_in(relation: Any) -> Any:
    """Return the list of items that a part of a document holds, None where it is another part."""
    if relation.reltype != RELATIONSHIP_TYPE.CUSTOM_XML or relation.is_external:
        return None
    try:
        root = etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None
    return root if root.tag == f"{{{NAMESPACE}}}response" else None
