"""The same minutes through other engines: typst, WeasyPrint, fpdf2 and LibreOffice, as far as they are installed.

Each gets the words of the finished minutes as paragraphs in one face of ours; none makes the tables, the grid or the foot.
None of them is a dependency: `pip install typst weasyprint fpdf2`, and LibreOffice from the system, where they are to be compared.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable
from html import escape
from importlib import import_module
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.paper import milliseconds
from tests.pdf.reading import raw
from tests.pdf.samples import SEALED, meeting
from villagedesk.base.paths import resource
from villagedesk.printing.minutes import minutes

FONT = resource("fonts", "Song.ttf")
_COLD = """
from importlib import import_module
from time import perf_counter
from tests.pdf.samples import SEALED, meeting
from villagedesk.app import SLOW
for name in SLOW:
    import_module(name)
record, told = meeting(), perf_counter()
from villagedesk.printing.roll import sheet_of
sheet_of("meeting")(record, SEALED)
print(perf_counter() - told)
"""
"""The first paper of a program whose window has come up: faces are read and pages set for the first time."""


def typst(rows: list[str], folder: Path) -> Callable[[], object]:
    """Compiled anew each time, by the library in this process."""
    engine = import_module("typst")
    text = "\n\n".join(f'#text("{row}")' for row in (r.replace("\\", "").replace('"', "”") for r in rows))
    source = folder / "minutes.typ"
    source.write_text(f'#set page("a4")\n#set text(font: "Noto Serif SC", size: 14pt, lang: "zh")\n{text}', "utf-8")
    compiler = engine.Compiler(str(source), font_paths=[str(FONT.parent)])
    made: Callable[[], object] = compiler.compile
    return made


def weasyprint(rows: list[str], folder: Path) -> Callable[[], object]:
    engine = import_module("weasyprint")
    style = f"@font-face{{font-family:S;src:url(file://{FONT})}} body{{font:14pt S}} @page{{size:A4}}"
    page = f"<style>{style}</style>" + "".join(f"<p>{escape(row)}</p>" for row in rows)
    return lambda: engine.HTML(string=page).write_pdf()


def fpdf2(rows: list[str], folder: Path) -> Callable[[], object]:
    engine = import_module("fpdf")

    def made() -> bytes:
        pdf = engine.FPDF()
        pdf.add_page()
        pdf.add_font("S", fname=str(FONT))
        pdf.set_font("S", size=14)
        for row in rows:
            pdf.multi_cell(0, 8, row, new_x="LMARGIN", new_y="NEXT")
        return bytes(pdf.output())

    return made


def libreoffice(rows: list[str], folder: Path) -> Callable[[], object]:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        raise ImportError("LibreOffice")
    source = folder / "minutes.html"
    source.write_text("<meta charset=utf-8>" + "".join(f"<p>{escape(row)}</p>" for row in rows), "utf-8")
    words = [program, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf:writer_web_pdf_Export",
             "--outdir", str(folder), str(source)]  # fmt: skip
    return lambda: subprocess.run(words, check=True, capture_output=True)


def main() -> None:
    record = meeting()
    rows = [row for row in raw(minutes(record, SEALED)).replace("\f", "").splitlines() if row.strip()]
    cold = median(
        float(subprocess.run([sys.executable, "-c", _COLD], check=True, capture_output=True, text=True).stdout)
        for _ in range(3)
    )
    ours = milliseconds(lambda: minutes(record, SEALED))
    print(f"engines: minutes of two pages {ours:.0f} ms; the first paper after the start {cold * 1000:.0f} ms")
    for engine in (typst, weasyprint, fpdf2, libreoffice):
        with TemporaryDirectory() as folder:
            try:
                work = engine(rows, Path(folder))
                theirs = milliseconds(work, 3)
            except (ImportError, OSError) as error:
                print(f"engines: {engine.__name__} is not here ({error})")
            else:
                print(f"engines: {engine.__name__} {theirs:.0f} ms, {theirs / ours:.2f} times ours")


if __name__ == "__main__":
    main()
