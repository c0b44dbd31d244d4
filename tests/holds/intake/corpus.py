"""What hostile files are made of, and how reading one is measured.

Each is read in a fresh process, so that the memory of the process that reads is its own.
"""

import json
import os
import resource
import struct
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from holds.intake.problem import IntakeError
from holds.intake.workbook import read_sheets
from tests.holds.intake.old_formats import SheetSpec

MARKER = "A900000777"
"""Stands in every file that has room for it, and may turn up in no message."""
SECONDS, MEGABYTES = 10.0, 256
_ROOT = Path(__file__).parents[3]
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CELL = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{MARKER}</t></is></c></row>'
PLAIN = SheetSpec("List", [["A-Number", "Name"], [MARKER, "GARCIA, ANA"], ["A900000778", "DIAZ, EVA"]])


@dataclass(frozen=True)
class Outcome:
    """`code` is `read` where the file was taken as it is; `megabytes` the reading process at its largest."""

    code: str
    sentence: str
    seconds: float
    megabytes: int


def sheet(rows: str = _CELL, after: str = "") -> str:
    """The XML of a worksheet."""
    return f"<worksheet {_MAIN}><sheetData>{rows}</sheetData>{after}</worksheet>"


def parts(**given: str | bytes) -> dict[str, str | bytes]:
    """The parts of the smallest workbook; others by name, with `__` for a slash and `_xml` for `.xml`."""
    named = {name.replace("__", "/").replace("_xml", ".xml"): content for name, content in given.items()}
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_REL}"><sheets>'
        '<sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="rId1" Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet(),
    } | named


def package(path: Path, content: Mapping[str, str | bytes]) -> None:
    """Zip parts as they are."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)


def read(path: Path) -> Outcome:
    """Read a file to its end in this process, and say how it went."""
    started = time.monotonic()
    try:
        for one in read_sheets(path):
            for _ in one.rows():
                pass
        code, sentence = "read", "Read as it is."
    except IntakeError as error:
        code, sentence = error.code, error.sentence
    seconds = time.monotonic() - started
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Outcome(code, sentence, round(seconds, 2), usage.ru_maxrss // 1024)


def measure(path: Path, temporary: Path) -> tuple[Outcome, str]:
    """The same in a process of its own with its own folder for temporary files; and all that it said."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.holds.intake.corpus", str(path)],
        cwd=_ROOT, env=os.environ | {"TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return Outcome(**json.loads(done.stdout)), done.stdout + done.stderr


def forge_sizes(path: Path, name: str, size: int) -> None:
    """Make both headers of a part claim that it unpacks to `size` bytes."""
    content = bytearray(path.read_bytes())
    for signature, field, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = -1
        while (at := content.find(signature, at + 1)) >= 0:
            if content[at + name_at : at + name_at + len(name)] == name.encode():
                struct.pack_into("<I", content, at + field, size)
    path.write_bytes(content)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(vars(read(Path(sys.argv[1])))))
