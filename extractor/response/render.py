"""Fill in a Word template. One that an office made is filled in by a child process, which may not run for ever.

Templates come from colleagues and from the web. Whatever stands in one, it reaches no file and no part of the program
(jinja2's sandbox), takes no more time and memory than `LIMITS`, and its mistakes are told with the paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import jinja2
from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml.parser import parse_xml
from docx.parts.document import DocumentPart
from docxtpl import DocxTemplate
from jinja2.compiler import CodeGenerator, Frame
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import XMLSyntaxError

from extractor.errors import TemplateProblem
from extractor.runs.limits import Limits

LIMITS = Limits(seconds=60, megabytes=1024)
_LONGEST = 120  # characters of a paragraph that are shown
_COMPARE = "compare the built-in template (`peel respond --copy-template`)"
_TOO_MUCH = {
    "time_limit": "is not filled in after {0.seconds:g} seconds; does a loop in it never end?",
    "memory_limit": "needs more than {0.megabytes} MB when filled in; does something in it grow without end?",
}


@dataclass(frozen=True, slots=True)
class Filling:
    """A template and the values that its placeholders stand for."""

    template: Path
    values: dict[str, Any]


def fill(template: Path, values: dict[str, Any], *, trusted: bool = False) -> Any:
    """Return the filled-in document of python-docx; `trusted`: the template is our own, so that no child is needed.

    Raises:
        TemplateProblem: it is no Word document, asks for values that do not exist, or cannot be filled in.
        FileNotFoundError: there is no such template.
    """
    if not template.exists():
        raise FileNotFoundError(2, "no such template", str(template))
    task = Filling(template, values)
    answer = _rendered(task) if trusted else _of_child(task)
    if isinstance(answer, str):
        raise TemplateProblem(answer)
    return Document(BytesIO(answer)) if isinstance(answer, bytes) else _as_read(answer)


def _of_child(task: Filling) -> bytes | str:
    from extractor.runs.children import Failure, isolated

    answer: bytes | str | Failure = isolated(filled_in, [task], LIMITS)[0]
    if isinstance(answer, Failure):
        return f"{task.template}: {_TOO_MUCH.get(answer.code, answer.message).format(LIMITS)} {_COMPARE}"
    return answer


def filled_in(task: Filling) -> bytes | str:
    """Return the bytes of the filled-in document, or what is wrong with the template; runs in a child."""
    document = _rendered(task)
    if isinstance(document, str):
        return document
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _as_read(filled: DocxTemplate) -> Any:
    """Return the document as if it were saved and read: docxtpl leaves the elements of another parser in it."""
    for part in filled.docx.part.package.iter_parts():
        if isinstance(part, DocumentPart | CorePropertiesPart):
            part._element = parse_xml(part.blob)
    return filled.docx.part.document


def _rendered(task: Filling) -> DocxTemplate | str:
    """Return the template filled in, or what is wrong with it."""
    missing: set[str] = set()
    environment = _Environment(missing)
    try:
        document = DocxTemplate(str(task.template))
        document.render(task.values, environment)
    except MemoryError:
        raise
    except Exception as error:
        return f"{task.template}: {_told(error, task.template)}"
    if not environment.asked:
        return f"{task.template}: there is no placeholder in it, so nothing of the report would be; {_COMPARE}"
    if missing := missing | (environment.asked - task.values.keys()):
        names = "\n".join(f"  {name}" for name in sorted(missing))
        return (
            f"{task.template}: placeholders that nothing can be put in for:\n{names}\n"
            "The known names are in rules/response/README.md"
        )
    return document


class _Generator(CodeGenerator):
    """Notes every name that a template asks for, on its way into code: those of a branch not taken, too."""

    environment: _Environment

    def enter_frame(self, frame: Frame) -> None:
        super().enter_frame(frame)
        names = {name for action, name in frame.symbols.loads.values() if action == VAR_LOAD_RESOLVE and name}
        self.environment.asked |= names - self.environment.globals.keys()


class _Environment(ImmutableSandboxedEnvironment):
    """What a template may do; `missing` takes the names that nothing stands for where it is filled in."""

    code_generator_class = _Generator

    def __init__(self, missing: set[str]) -> None:
        super().__init__(autoescape=True, undefined=_recording(missing), loader=jinja2.DictLoader({}))
        self.asked: set[str] = set()


def _told(error: Exception, template: Path) -> str:
    """Return in words what is wrong with a template, and where."""
    paragraphs = _paragraphs(template)
    if paragraphs is None:
        return "not a Word document (.docx)"
    if isinstance(error, XMLSyntaxError):
        return (
            f"filled in, it is no valid document ({error}); a {{%p … %}} or {{%tr … %}} must stand alone in its "
            "paragraph or row"
        )
    if isinstance(error, jinja2.TemplateNotFound):
        return f"it asks for another template ({error.name}), and can have none; {_COMPARE}"
    where = _words(paragraphs, _line(error))
    return f"{str(error) or type(error).__name__}{f' in “{where}”' if where else ''}; {_COMPARE}"


def _line(error: Exception) -> int | None:
    """Return the line of the template's text where an error came up."""
    line, trace = getattr(error, "lineno", None), error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _paragraphs(template: Path) -> list[str] | None:
    """Return a template's paragraphs, one a line as docxtpl fills them in; None where it is no Word document."""
    try:
        document = DocxTemplate(str(template))
        document.init_docx()
        text = document.patch_xml(document.get_xml())
    except (PackageNotFoundError, BadZipFile, XMLSyntaxError, LookupError, ValueError, OSError):
        return None
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", text).splitlines()


def _words(paragraphs: list[str], line: int | None) -> str:
    """Return the words of the paragraph on a line, where it asks for something."""
    found = re.sub(r"<[^>]+>", "", paragraphs[line - 1]).strip() if line and line <= len(paragraphs) else ""
    return found[:_LONGEST] if "{" in found else ""


def _recording(names: set[str]) -> type[jinja2.Undefined]:
    """Return a kind of undefined value that notes its name wherever it is used, so that all can be listed at once."""

    class Missing(jinja2.ChainableUndefined):
        def _note(self) -> None:
            names.add(str(self._undefined_name))

        def __str__(self) -> str:
            self._note()
            return ""

        def __iter__(self) -> Any:
            self._note()
            return iter(())

        def __bool__(self) -> bool:
            self._note()
            return False

        __len__ = __bool__

    return Missing
