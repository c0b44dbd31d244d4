"""The agency's yearly statistics as they moved from year to year, in small: sheets, rows, headings, footers.

The places are the agency's own; the figures are invented. What each year did: sheet names
carry the year with stray spaces (`Facilities EOYFY20 `), headings stand in row 7, 6 or 10, the inspection
columns at the end change altogether, prose stands below the table, other sheets tell of the same facilities.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.holds.intake.old_formats import SheetSpec

Rows = list[list[object]]

PLACES = [
    ("ADAMS COUNTY DET CENTER", "20 HOBO FORK RD.", "NATCHEZ", "MS", 39120, "NOL", "DIGSA"),
    ("ALEXANDRIA STAGING FACILITY", "96 GEORGE THOMPSON DRIVE", "ALEXANDRIA", "LA", 71303, "NOL", "STAGING"),
    ("BERKS COUNTY RESIDENTIAL CENTER", "1040 BERKS RD", "LEESPORT", "PA", 19533, "PHI", "FAMILY"),
    ("GUAYNABO MDC (SAN JUAN)", "652 CARR 28", "SAN JUAN", "PR", 939, "MIA", "BOP"),
    ("STEWART DETENTION CENTER", "146 CCA ROAD", "LUMPKIN", "GA", 31815, "ATL", "DIGSA"),
    ("WYATT DETENTION CENTER", "950 HIGH STREET", "CENTRAL FALLS", "RI", 2863, "BOS", "USMS IGA"),
]
_LEVELS = [
    "Level A",
    "Level B",
    "Level C",
    "Level D",
    "Male Crim",
    "Male Non-Crim",
    "Female Crim",
    "Female Non-Crim",
    "ICE Threat Level 1",
    "ICE Threat Level 2",
    "ICE Threat Level 3",
    "No ICE Threat Level",
    "Mandatory",
    "Guaranteed Minimum",
]
_PLACE = ["Name", "Address", "City", "State", "Zip", "AOR", "Type Detailed", "Male/Female"]
_INSPECTION: dict[int, list[object]] = {
    20: [
        "Last Inspection Type",
        "Last Inspection Standard",
        "Last Inspection Rating - Final",
        "Last Inspection Date",
        "Second to Last Inspection Type",
        "Second to Last Inspection Standard",
        "Second to Last Inspection Rating",
        "Second to Last Inspection Date",
    ],
    23: [
        "ODO Inspection End Date",
        "ODO Last Inspection Standard",
        "ODO Final Rating",
        "Last Nakamoto Inspection Type",
        "Last Nakamoto Inspection Standard",
        "Last Nakamoto Inspection Date",
        None,
        None,
    ],
    24: [
        "Last Inspection Type",
        "Last Inspection End Date",
        "Pending FY25 Inspection",
        "Last Inspection Standard",
        "Last Final Rating",
    ],
}


@dataclass(frozen=True)
class Year:
    """One year's workbook: `header_row` is 1-based, `expected` what its chosen sheet is called."""

    name: str
    sheets: Sequence[SheetSpec]
    header_row: int
    expected: str
    notes: int = 0
    states: tuple[str, ...] = field(default=tuple(place[3] for place in PLACES))


def _table(year: int, inspection: Sequence[object], *, title_rows: int, zip_as_text: bool = False) -> Rows:
    title: Rows = [
        ["U.S. Immigration and Customs Enforcement"],
        ["These statistics are made available to the public pursuant to the appropriations bill. " * 6],
        [f"ICE FACILITIES DATA, FY{year} "],
        [f"ICE Enforcement and Removal Operations Data, FY20{year} YTD"],
        [
            "Facility Information",
            *[None] * 7,
            "Facility Average Length of Stay",
            f"FY{year} ADP: Detainee Classification",
        ],
        [f"Source: ICE Integrated Decision Support (IIDS), 09/19/20{year}"],
    ]
    blank: Rows = [[] for _ in range(max(0, title_rows - len(title)))]
    head: list[object] = [*_PLACE, f"FY{year} ALOS", *_LEVELS, *inspection]
    rows: Rows = []
    for name, address, city, state, zip_code, aor, kind in PLACES:
        written = str(zip_code) if zip_as_text else zip_code
        figures: list[object] = [round(len(name) * 1.37 + n, 4) for n in range(13)]
        rows.append(
            [name, address, city, state, written, aor, kind, "Female/Male", 31.5, *figures, 600, "Pass"]
        )
    return [*title[: title_rows or None], *blank, head, *rows]


def _others(year: int) -> list[SheetSpec]:
    """Sheets that speak of facilities too, or of nothing like it."""
    months: Rows = []
    for month in ("October", "November"):
        months += [[f"{month} segregation placements"], ["Facility", "AOR", "Placements"]]
        months += [[place[0], place[5], 3] for place in PLACES]
    terms: Rows = [
        ["ICE FOOTNOTES"],
        ["Term", "Definition"],
        ["Facility", "A place"],
        ["State", "Where it is"],
    ]
    return [
        SheetSpec(f"FY{year} Monthly Segregation", months),
        SheetSpec(f"Trans. Detainee Pop. FY{year} YTD ", [[f"FY {year} YTD", "Count"], ["Atlanta", 3]]),
        SheetSpec("Footnotes", terms),
    ]


def _shuffled() -> Rows:
    """Renamed, reordered, with codes and telephones, states written out, headings in two rows."""
    rows: Rows = [
        ["ERO CUSTODY MANAGEMENT"],
        [],
        ["Responsible", "Detention Facility", None, None, None, None, None, "Contact", "Contract"],
        ["AOR", "DETLOC", "Zip Code", "State", "City", "Street Address", "Name", "Phone", "Type Detailed"],
    ]
    states = {
        "MS": "Mississippi",
        "LA": "Louisiana",
        "PA": "Pennsylvania",
        "PR": "Puerto Rico",
        "GA": "Georgia",
        "RI": "Rhode Island",
    }
    for number, (name, address, city, state, zip_code, aor, kind) in enumerate(PLACES):
        code = f"CODE{number}XX"[:7]
        rows.append(
            [aor, code, f"{zip_code:05d}-0001", states[state], city, address, name, "202-555-0143", kind]
        )
    return rows


def _joined() -> Rows:
    """City and state in one cell, a total and notes below, the headings again after a page."""
    head: list[object] = [
        "Facility Name",
        "Facility Address",
        "City, State",
        "Zip",
        "Area of Responsibility (AOR)",
        "Facility Type",
        "FY18 ADP",
    ]
    rows: Rows = [["Over-72-Hour ICE Detention Facilities"], ["As of 11/6/2018"], head]
    for name, address, city, state, zip_code, aor, kind in PLACES:
        if name.startswith("STEWART"):
            rows += [["Over-72-Hour ICE Detention Facilities"], head]
        rows.append([f"{name}*", address, f"{city}, {state}", zip_code, aor, kind, 12.5])
    return [
        *rows,
        ["Total", None, None, None, None, None, 75],
        [],
        ["* Facilities are subject to change at any time."],
    ]


YEARS = [
    Year(
        "FY19",
        [SheetSpec("Facilities FY19", _table(19, _INSPECTION[20], title_rows=6)), *_others(19)],
        7,
        "Facilities FY19",
    ),
    Year(
        "FY20",
        [*_others(20), SheetSpec("Facilities EOYFY20 ", _table(20, _INSPECTION[20], title_rows=6))],
        7,
        "Facilities EOYFY20 ",
    ),
    Year(
        "FY21",
        [
            SheetSpec("Header", [["x"]]),
            SheetSpec("Facilities FY21 YTD", _table(21, _INSPECTION[20], title_rows=6)),
        ],
        7,
        "Facilities FY21 YTD",
    ),
    Year(
        "FY23",
        [
            *_others(23),
            SheetSpec(
                "Facilities EOFY23",
                [
                    *_table(23, _INSPECTION[23], title_rows=5),
                    ["ODO inspections are conducted twice a year and the results are posted when final."],
                    ["*The info. in this report is subject to change"],
                ],
            ),
        ],
        6,
        "Facilities EOFY23",
        notes=2,
    ),
    Year(
        "FY24",
        [SheetSpec("Facilities EOFY24", _table(24, _INSPECTION[24], title_rows=6)), *_others(24)],
        7,
        "Facilities EOFY24",
    ),
    Year(
        "FY25",
        [
            *_others(25),
            SheetSpec(
                "Facilities FY25",
                [
                    *_table(25, _INSPECTION[24], title_rows=6),
                    [],
                    ["Total", *[None] * 8, *[1234.5] * 13, 3600],
                ],
            ),
        ],
        7,
        "Facilities FY25",
        notes=1,
    ),
    Year(
        "FY26",
        [
            *_others(26),
            SheetSpec(
                "Facilities FY26",
                _table(26, _INSPECTION[24][:2] + _INSPECTION[24][3:], title_rows=9, zip_as_text=True),
            ),
        ],
        10,
        "Facilities FY26",
    ),
    Year("renamed", [SheetSpec("Sheet1", _shuffled())], 4, "Sheet1"),
    Year("over-72", [SheetSpec("List", _joined())], 3, "List", notes=3),
]
