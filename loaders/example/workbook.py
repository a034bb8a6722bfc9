"""A workbook written row by row, with the same bytes every time and no limit but Excel's own."""

import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self
from xml.sax.saxutils import escape, quoteattr

MOST_ROWS: Final = 1_048_576
_CLOCK: Final = (1980, 1, 1, 0, 0, 0)
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES: Final = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2">'
    '<font><sz val="11"/><name val="Tahoma"/></font>'
    '<font><b/><sz val="14"/><name val="Tahoma"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
BOLD: Final = 1


class Formula(str):
    """A cell's formula with its stored value, as `=ROW()-4|12`."""


class SheetFile:
    """One sheet in the making, kept in a temporary file until its workbook is closed."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows = 0
        self.merged: list[str] = []
        # Closed by copy_into: a sheet outlives this call.
        self._parts: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115
        self._parts.write(f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>')

    def add(self, cells: Sequence[str], *, style: int = 0) -> None:
        """Add a row of text cells; "" leaves a cell out. ValueError beyond Excel's last row."""
        self.rows += 1
        if self.rows > MOST_ROWS:
            raise ValueError(f"sheet {self.name} is full: {MOST_ROWS:,} rows")
        marks = f' s="{style}"' if style else ""
        whole = "".join(
            _cell(f"{_letter(place)}{self.rows}", cell, marks)
            for place, cell in enumerate(cells)
            if cell
        )
        self._parts.write(f'<row r="{self.rows}">{whole}</row>')

    def merge(self, area: str) -> None:
        """Merge an area such as A1:H1."""
        self.merged.append(area)

    def copy_into(self, target: IO[bytes]) -> None:
        """Write the whole sheet and forget it."""
        areas = "".join(f"<mergeCell ref={quoteattr(area)}/>" for area in self.merged)
        merged = f'<mergeCells count="{len(self.merged)}">{areas}</mergeCells>' if areas else ""
        self._parts.write(f"</sheetData>{merged}</worksheet>")
        self._parts.seek(0)
        while part := self._parts.read(1 << 20):
            target.write(part.encode())
        self._parts.close()


class WorkbookFile:
    """A workbook of text cells, written on leaving the `with` block.

    Own XML rather than openpyxl: no clock in the file, no memory for the cells, and the same
    bytes whatever version of which library is installed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sheets: list[SheetFile] = []

    def sheet(self, name: str) -> SheetFile:
        """Return a new sheet, last in the workbook."""
        self._sheets.append(SheetFile(name))
        return self._sheets[-1]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        if error is None:
            self._write()

    def _write(self) -> None:
        with zipfile.ZipFile(self._path, "w") as archive:
            for name, text in self._parts().items():
                with archive.open(_member(name), "w") as target:
                    target.write(text.encode())
            for number, sheet in enumerate(self._sheets, start=1):
                member = _member(f"xl/worksheets/sheet{number}.xml")
                with archive.open(member, "w", force_zip64=True) as target:
                    sheet.copy_into(target)

    def _parts(self) -> dict[str, str]:
        numbers = range(1, len(self._sheets) + 1)
        kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        overrides = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
            f'ContentType="{kinds}.worksheet+xml"/>'
            for n in numbers
        )
        sheets = "".join(
            f'<sheet name={quoteattr(sheet.name)} sheetId="{n}" r:id="rId{n}"/>'
            for n, sheet in enumerate(self._sheets, start=1)
        )
        links = "".join(
            f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" '
            f'Target="worksheets/sheet{n}.xml"/>'
            for n in numbers
        )
        last = len(self._sheets) + 1
        return {
            "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/'
            'vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{kinds}.styles+xml"/>'
            f"{overrides}</Types>",
            "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
            "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
            f"<sheets>{sheets}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
            f'{links}<Relationship Id="rId{last}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
            "</Relationships>",
            "xl/styles.xml": _STYLES,
        }


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _CLOCK)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 3
    return member


def _cell(place: str, text: str, marks: str) -> str:
    if isinstance(text, Formula):
        formula, _, value = text[1:].partition("|")
        return f'<c r="{place}"{marks}><f>{escape(formula)}</f><v>{escape(value)}</v></c>'
    return (
        f'<c r="{place}"{marks} t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t>'
        "</is></c>"
    )


def _letter(place: int) -> str:
    """Return the letter of one of the first 26 columns: no sheet here is wider."""
    return chr(65 + place)
