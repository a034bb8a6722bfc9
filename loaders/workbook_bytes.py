"""A workbook as bytes that are the same whenever and wherever it is saved."""

import io
import re
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_SAVED_AT: Final = (1980, 1, 1, 0, 0, 0)
_DAY: Final = "2026-01-01T00:00:00Z"
_STAMP: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def workbook_bytes(workbook: "Workbook") -> bytes:
    """Return the workbook as XLSX bytes, with the clock taken out.

    openpyxl writes the time of saving into the archive and into its properties, so that two
    runs would differ; both become a fixed day, and the archive's members are sorted.
    """
    saved = io.BytesIO()
    workbook.save(saved)
    fixed = io.BytesIO()
    with (
        zipfile.ZipFile(saved) as source,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(source.namelist(), key=_content_types_first):
            member = zipfile.ZipInfo(name, _SAVED_AT)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            target.writestr(member, _without_clock(name, source.read(name)))
    return fixed.getvalue()


def _content_types_first(name: str) -> tuple[bool, str]:
    return name != "[Content_Types].xml", name


def _without_clock(name: str, content: bytes) -> bytes:
    if name != "docProps/core.xml":
        return content
    return _STAMP.sub(rb"\g<1>" + _DAY.encode() + rb"\g<2>", content)
