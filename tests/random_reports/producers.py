"""The programs that set a random report; those that this machine does not have are left out."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from random_reports import set_html, set_reportlab
from random_reports.document import Composed
from random_reports.style import Style

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 120


def web(composed: Composed, style: Style) -> bytes:
    """Return the report as a saved web page."""
    return set_html.page(composed, style, web=True).encode()


def chromium(composed: Composed, style: Style) -> bytes:
    """Return the report as Chromium prints it."""
    program = next(name for name in CHROMIUM if shutil.which(name))
    tags = [] if style.tagged else ["--disable-pdf-tagging"]
    return _made(
        set_html.page(composed, style),
        lambda page, pdf: [
            program,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            *tags,
            f"--print-to-pdf={pdf}",
            page.as_uri(),
        ],
    )


def weasyprint(composed: Composed, style: Style) -> bytes:
    """Return the report as WeasyPrint sets it."""
    from weasyprint import HTML

    return bytes(HTML(string=set_html.page(composed, style)).write_pdf(pdf_tags=style.tagged))


def libreoffice(composed: Composed, style: Style) -> bytes:
    """Return the report as LibreOffice Writer exports it."""
    tags = "true" if style.tagged else "false"
    export = f'pdf:writer_pdf_Export:{{"UseTaggedPDF":{{"type":"boolean","value":"{tags}"}}}}'
    return _made(
        set_html.page(composed, style, office=True),
        lambda page, pdf: [
            "soffice",
            f"-env:UserInstallation={pdf.parent.as_uri()}/profile",
            "--headless",
            "--infilter=HTML (StarWriter)",
            "--convert-to",
            export,
            "--outdir",
            str(pdf.parent),
            str(page),
        ],
    )


def ghostscript(composed: Composed, style: Style) -> bytes:
    """Return reportlab's PDF as Ghostscript distils it."""
    return distilled(set_reportlab.pdf(composed, style))


def distilled(data: bytes) -> bytes:
    """Return a PDF written anew by Ghostscript."""
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.pdf", Path(folder) / "out.pdf"
        source.write_bytes(data)
        command = [
            "gs",
            "-q",
            "-dSAFER",
            "-dBATCH",
            "-dNOPAUSE",
            "-sDEVICE=pdfwrite",
            f"-sOutputFile={target}",
            str(source),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
        return target.read_bytes()


def _made(html: str, command: Callable[[Path, Path], list[str]]) -> bytes:
    with TemporaryDirectory() as folder:
        page, target = Path(folder) / "report.html", Path(folder) / "report.pdf"
        page.write_text(html, encoding="utf-8")
        subprocess.run(command(page, target), check=True, capture_output=True, timeout=SECONDS)
        return target.read_bytes()


ALL: dict[str, Callable[[Composed, Style], bytes]] = {
    "reportlab": set_reportlab.pdf,
    "web": web,
    "ghostscript": ghostscript,
    "weasyprint": weasyprint,
    "chromium": chromium,
    "libreoffice": libreoffice,
}


def here() -> list[str]:
    """Return the producers that this machine has."""
    missing = {
        "ghostscript": not shutil.which("gs"),
        "weasyprint": find_spec("weasyprint") is None,
        "chromium": not any(shutil.which(name) for name in CHROMIUM),
        "libreoffice": not shutil.which("soffice"),
    }
    return [name for name in ALL if not missing.get(name)]
