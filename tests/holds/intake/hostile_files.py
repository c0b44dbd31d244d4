"""How each hostile file is made: a `Make` writes one into a folder and returns its path."""

import os
import struct
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tests.holds.intake.corpus import MARKER, PLAIN, forge_sizes, package, parts, sheet
from tests.holds.intake.old_formats import SheetSpec, write_xls, write_xlsb
from tests.holds.intake.open_formats import write_ods

Make = Callable[[Path], Path]
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
PEOPLE = f"A-Number,Name\n{MARKER},"


def xlsx(**given: str | bytes) -> Make:
    """A workbook of the parts given."""

    def make(folder: Path) -> Path:
        path = folder / "list.xlsx"
        package(path, parts(**given))
        return path

    return make


def formula(text: str) -> Make:
    """A workbook with one formula."""
    cell = f'<row r="1"><c r="A1" t="str"><f>{text}</f><v>{MARKER}</v></c></row>'
    return xlsx(xl__worksheets__sheet1_xml=sheet(cell))


def raw(content: bytes, name: str = "list.csv") -> Make:
    """A file of these bytes."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return make


def nested_bomb(folder: Path) -> Path:
    inner = folder / "inner.zip"
    package(inner, {f"{n}.xml": b"\0" * 2**20 for n in range(8)})
    content = inner.read_bytes()
    inner.unlink()
    return xlsx(xl__media__inner_zip=content, **{"xl/media/inner.zip": content})(folder)


def lying_bomb(folder: Path) -> Path:
    path = xlsx(xl__worksheets__sheet1_xml=sheet(" " * 200_000_000))(folder)
    forge_sizes(path, "xl/worksheets/sheet1.xml", 4000)
    return path


def two_gigabytes(folder: Path) -> Path:
    path = xlsx(xl__sharedStrings_xml=f"<sst><si><t>{MARKER}</t></si></sst>")(folder)
    forge_sizes(path, "xl/sharedStrings.xml", 2**31 - 1)
    return path


def million_parts(folder: Path) -> Path:
    path = xlsx()(folder)
    content = path.read_bytes()
    at = content.index(b"PK\x01\x02")
    entry = content[at : content.index(b"PK\x01\x02", at + 4)]
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(entry) * 10**6, at, 0)
    with path.open("wb") as stream:
        stream.write(content[:at])
        for _ in range(1000):
            stream.write(entry * 1000)
        stream.write(end)
    return path


def encrypted_parts(folder: Path) -> Path:
    path = xlsx()(folder)
    content = bytearray(path.read_bytes())
    for signature, field in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(signature, at + 1)) >= 0:
            content[at + field] |= 1
    path.write_bytes(content)
    return path


def overlapping_parts(folder: Path) -> Path:
    path = xlsx(xl__worksheets__sheet1_xml=sheet(f"<!--{os.urandom(3000).hex()}-->"))(folder)
    content = path.read_bytes()
    at = content.index(
        b"PK\x01\x02", content.index(b"xl/worksheets/sheet1.xml", content.index(b"PK\x01\x02")) - 60
    )
    size = 46 + len("xl/worksheets/sheet1.xml")
    entries = b"".join(
        content[at : at + 46] + f"xl/worksheets/sheet{n:04d}.xml".encode()[: size - 46].ljust(size - 46, b"x")
        for n in range(500)
    )
    end = content.index(b"PK\x05\x06")
    listing = content[content.index(b"PK\x01\x02") : end] + entries
    start = content.index(b"PK\x01\x02")
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 504, 504, len(listing), start, 0)
    path.write_bytes(content[:start] + listing + tail)
    return path


def with_part(name: str) -> Make:
    def make(folder: Path) -> Path:
        path = xlsx()(folder)
        with ZipFile(path, "a", ZIP_DEFLATED) as archive:
            archive.writestr(ZipInfo(name), b"x")
        return path

    return make


def cut_off(write: Callable[..., Path], share: float) -> Make:
    def make(folder: Path) -> Path:
        path = write(folder / "list", [PLAIN])
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * share)])
        return path

    return make


def circular_sectors(folder: Path) -> Path:
    content = bytearray(write_xls(folder / "list.xls", [PLAIN]).read_bytes())
    table = struct.unpack_from("<I", content, 76)[0]
    struct.pack_into("<I", content, (table + 1) * 512, 0)  # the first sector follows itself
    (folder / "list.xls").write_bytes(content)
    return folder / "list.xls"


def long_string(folder: Path) -> Path:
    path = write_xlsb(folder / "list.xlsb", [PLAIN])
    with ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    at = content["xl/worksheets/sheet1.bin"].index(MARKER.encode("utf-16-le"))
    body = bytearray(content["xl/worksheets/sheet1.bin"])
    struct.pack_into("<I", body, at - 4, 2**30)
    package(path, content | {"xl/worksheets/sheet1.bin": bytes(body)})
    return path


def changed_ods(content: str, manifest: str = "<manifest/>") -> Make:
    def make(folder: Path) -> Path:
        path = write_ods(folder / "list.ods", [PLAIN])
        with ZipFile(path) as archive:
            body = archive.read("content.xml").decode()
        mended = body.replace("<table:table-row>", content + "<table:table-row>", 1) if content else body
        with ZipFile(path, "w", ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("META-INF/manifest.xml", manifest)
            archive.writestr("content.xml", mended)
        return path

    return make


def laughing_ods(folder: Path) -> Path:
    path = write_ods(folder / "list.ods", [SheetSpec("S", [["x"]])])
    with ZipFile(path) as archive:
        body = archive.read("content.xml").decode().replace("<text:p>x", "<text:p>&l9;")
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>{body}')
    return path


def symbolic_link(folder: Path) -> Path:
    raw(f"{PEOPLE}GARCIA\n".encode(), "real.csv")(folder)
    (folder / "list.csv").symlink_to(folder / "real.csv")
    return folder / "list.csv"


def named_pipe(folder: Path) -> Path:
    os.mkfifo(folder / "list.csv")
    return folder / "list.csv"


def macro_sheet(folder: Path) -> Path:
    content = write_xls(folder / "list.xls", [PLAIN]).read_bytes()
    at = content.index(b"\x85\x00") + 4
    (folder / "list.xls").write_bytes(content[: at + 5] + b"\x01" + content[at + 6 :])
    return folder / "list.xls"
