import json
from collections.abc import Callable
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import pytest

from holds.intake.problem import IntakeError
from holds.intake.record_list import PersonRow, read_record_list

WriteFile = Callable[..., Path]

TITLE: list[list[object]] = [
    ["RECORDS OF NONCITIZENS"],
    ["As of 19 November 2022"],
    ["CONFIDENTIAL - 8 CFR 208.6"],
    [],
]
HEADINGS = [
    "A-Number", "Last Name, First Middle", "DOB", "Country of Citizenship", "Country of Birth", "Gender",
    "Detention Location", "AOR", "Current Custody Status", "Book-In Date", "Days in Custody", "Release Date",
    "Fear Screening Type", "Fear Screening Result", "Screening Date", "Case Status", "Final Order Date",
    "Attorney of Record", "Law Firm", "Family Unit ID",
]  # fmt: skip
FULL: list[object] = [
    "A900-000-001", "GARCIA LOPEZ, JUAN CARLOS", datetime(1990, 3, 25), "CUBA", "CUBA", "M",  # noqa: DTZ001
    "ADAMSMS", "NOL", "Detained", "2022-10-01", 49, None, "Credible Fear", "Positive", "2022-10-20",
    "Positive Fear - NTA", None, "DOE, JANE", "Doe & Doe", "F-1",
]  # fmt: skip


def people(path: Path, today: date, **overrides: str) -> list[PersonRow]:
    return list(read_record_list(path, today=today, overrides=overrides).rows)


def codes(row: PersonRow) -> set[tuple[str, str]]:
    return {(problem.letter, problem.code) for problem in row.problems}


def test_a_person_of_the_agencys_list_is_read(write_xlsx: WriteFile, today: date) -> None:
    listed = read_record_list(write_xlsx(Sheet1=[*TITLE, HEADINGS, FULL]), today=today)
    assert listed.mapping.header_row == 5
    assert listed.mapping.title[1] == "As of 19 November 2022"
    assert ("birth_date", "C", "DOB") in list(listed.mapping.display_rows())
    assert listed.mapping.unmapped == ("Days in Custody",)
    (person,) = listed.rows
    assert person.problems == ()
    assert person.row == 6
    assert person.a_numbers == ("900000001",)
    assert person.name is not None
    assert person.name.display() == "GARCIA LOPEZ, JUAN CARLOS"
    assert person.birth_dates == (date(1990, 3, 25),)
    assert (person.nationality, person.sex, person.location_text, person.aor) == ("CU", "M", "ADAMSMS", "NOL")
    assert (person.custody_status, person.fear_screening, person.posture) == (
        "detained",
        "positive",
        "positive_fear_nta",
    )
    assert (person.booked_in, person.fear_screened_on) == (date(2022, 10, 1), date(2022, 10, 20))
    assert (person.counsel_name, person.counsel_firm, person.family_id) == ("DOE, JANE", "Doe & Doe", "F-1")
    assert person.extra == {"Days in Custody": "49"}


@pytest.mark.parametrize(
    ("change", "problem", "numbers"),
    [
        ({"A-Number": 900000001}, None, ("900000001",)),
        ({"A-Number": None}, ("A", "a_number.missing"), ()),
        ({"A-Number": "12-34"}, ("A", "a_number.malformed"), ()),
        ({"A-Number": "9.00001E+08"}, ("A", "a_number.lost_precision"), ()),
        ({"A-Number": 900000001.5}, ("A", "a_number.malformed"), ()),
        ({"A-Number": datetime(1990, 3, 25)}, ("A", "a_number.malformed"), ()),  # noqa: DTZ001
        ({"A-Number": "#N/A"}, ("A", "cell.error"), ()),
        ({"A-Number": "A900000001/A900000002"}, ("A", "a_number.several"), ("900000001", "900000002")),
        ({"DOB": "03/04/1990"}, ("C", "date.ambiguous"), ("900000001",)),
        ({"DOB": None}, ("C", "date.missing"), ("900000001",)),
        ({"DOB": "#REF!"}, ("C", "cell.error"), ("900000001",)),
        ({"DOB": "yesterday"}, ("C", "date.malformed"), ("900000001",)),
        ({"DOB": "2031-01-01"}, ("C", "date.implausible"), ("900000001",)),
        ({"Country of Citizenship": "ATLANTIS"}, ("D", "country.unknown"), ("900000001",)),
        ({"Last Name, First Middle": None}, ("B", "name.missing"), ("900000001",)),
    ],
)
def test_a_wrong_cell_is_kept_with_row_column_and_code(
    write_xlsx: WriteFile,
    today: date,
    change: dict[str, object],
    problem: tuple[str, str] | None,
    numbers: tuple[str, ...],
) -> None:
    row = [change.get(heading, value) for heading, value in zip(HEADINGS, FULL, strict=True)]
    (person,) = people(write_xlsx(Sheet1=[*TITLE, HEADINGS, row]), today)
    assert codes(person) == ({problem} if problem else set())
    assert person.a_numbers == numbers
    assert person.rejection is None


def test_only_a_row_with_neither_number_nor_name_is_rejected(write_csv: WriteFile, today: date) -> None:
    rows = [["A#", "Name", "DOB", "COC"], ["", "", "1990-03-25", "CUBA"], ["bad", "GARCIA, ANA", "", "CUBA"]]
    nobody, nameless = people(write_csv(rows), today)
    assert nobody.rejection == "row.no_identity"
    assert nameless.rejection is None


def test_blank_rows_totals_footnotes_and_repeated_headings_are_counted_not_read(
    write_xlsx: WriteFile, today: date
) -> None:
    rows = [
        HEADINGS, FULL, [], HEADINGS, ["A900000002", "* RUIZ, ANA"], [None, "DIAZ, EVA"],
        [None, "* SOLIS, LUZ"], ["Note: see file", "VEGA, SOL"],
        ["Total", 3], ["* Data are provisional and may change."], ["Source: records as of 19 November"],
    ]  # fmt: skip
    listed = read_record_list(write_xlsx(Sheet1=rows), today=today)
    names = [person.name and person.name.family[-1] for person in listed.rows]
    assert names == ["LOPEZ", "RUIZ", "DIAZ", "SOLIS", "VEGA"]
    assert listed.skipped == {"blank": 1, "repeated_heading": 1, "note": 3}


def test_a_column_of_us_dates_is_read_as_one(write_csv: WriteFile, today: date) -> None:
    rows = [
        ["A#", "Name", "DOB"],
        ["A900000001", "GARCIA, ANA", "03/04/1990"],
        ["A900000002", "DIAZ, EVA", "03/25/1990"],
    ]
    assert people(write_csv(rows), today)[0].birth_dates == (date(1990, 3, 4),)


def test_a_heading_states_its_convention(write_csv: WriteFile, today: date) -> None:
    rows = [["A#", "Name", "Date of Birth (DD/MM/YYYY)"], ["A900000001", "GARCIA, ANA", "03/04/1990"]]
    assert people(write_csv(rows), today)[0].birth_dates == (date(1990, 4, 3),)


def test_a_header_of_two_rows_is_read(write_xlsx: WriteFile, today: date) -> None:
    rows = [
        ["Alien", None, "Name", None, None, "Birth", None],
        ["Number", "Nationality", "Last", "First", "Middle", "Date", "Country"],
        ["A900000001", "CUBA", "GARCIA", "JUAN", "CARLOS", "1990-03-25", "HAITI"],
    ]
    (person,) = people(write_xlsx(Sheet1=rows), today)
    assert person.name is not None
    assert person.name.display() == "GARCIA, JUAN CARLOS"
    assert (person.a_numbers, person.nationality, person.country_of_birth) == (("900000001",), "CU", "HT")
    assert person.birth_dates == (date(1990, 3, 25),)


def test_a_row_of_groups_above_the_headings_is_no_part_of_them(write_xlsx: WriteFile, today: date) -> None:
    listed = read_record_list(
        write_xlsx(Sheet1=[["Person", *[None] * 5, "Custody"], HEADINGS, FULL]), today=today
    )
    assert listed.heading == tuple(HEADINGS)
    assert listed.mapping.header_row == 2


def test_a_list_without_birth_dates_does_not_fault_every_row(write_csv: WriteFile, today: date) -> None:
    (person,) = people(write_csv([["A#", "Name"], ["A900000001", "GARCIA, ANA"]]), today)
    assert person.problems == ()


def test_the_content_of_a_column_breaks_a_tie_between_headings(write_csv: WriteFile, today: date) -> None:
    rows = [
        ["A-Number", "Alien Number", "Name"],
        ["12", "A900000001", "GARCIA, ANA"],
        ["13", "A900000002", "DIAZ, EVA"],
    ]
    assert people(write_csv(rows), today)[0].a_numbers == ("900000001",)


def test_a_missing_column_is_named_with_what_was_found_and_how_to_map_it(
    write_csv: WriteFile, today: date
) -> None:
    path = write_csv([["Ref", "Name", "DOB"], ["A900000001", "GARCIA, ANA", "1990-03-25"]])
    with pytest.raises(IntakeError) as caught:
        read_record_list(path, today=today)
    assert caught.value.code == "columns.missing"
    for part in ("a_number", "“Ref”, “Name”, “DOB”", "“Ref” looks like it", "--map a_number="):
        assert part in caught.value.sentence
    assert people(path, today, a_number="Ref")[0].a_numbers == ("900000001",)
    assert people(path, today, a_number="A")[0].a_numbers == ("900000001",)
    assert people(path, today, a_number="")[0].a_numbers == ()


@pytest.mark.parametrize(
    ("overrides", "code"),
    [({"shoe_size": "Ref"}, "map.unknown_field"), ({"sex": "Nothing"}, "map.unknown_heading")],
)
def test_a_mistaken_map_is_refused(
    write_csv: WriteFile, today: date, overrides: dict[str, str], code: str
) -> None:
    path = write_csv([["A#", "Name"], ["A900000001", "GARCIA, ANA"]])
    with pytest.raises(IntakeError) as caught:
        read_record_list(path, today=today, overrides=overrides)
    assert caught.value.code == code


def test_all_numbers_of_a_person_are_kept(write_csv: WriteFile, today: date) -> None:
    path = write_csv(
        [["A#", "Alias A-Numbers", "Name"], ["A900000001", "A900000002; A900000003", "GARCIA, ANA"]]
    )
    assert people(path, today)[0].a_numbers == ("900000001", "900000002", "900000003")


def test_equal_content_has_one_fingerprint_whatever_the_file(
    write_xlsx: WriteFile, write_csv: WriteFile, today: date
) -> None:
    (typed,) = people(write_xlsx(Sheet1=[*TITLE, HEADINGS, FULL]), today)
    order = [3, 1, 0, 2, *range(4, 20)]
    texts: list[object] = [900000001, *FULL[1:2], "25-MAR-1990", *FULL[3:9], "1 Oct 2022", 50, *FULL[11:]]
    shuffled = [[HEADINGS[i] for i in order], [texts[i] for i in order]]
    (plain,) = people(write_csv(shuffled, encoding="utf-16", delimiter="\t"), today)
    assert plain.fingerprint_text == typed.fingerprint_text
    json.loads(plain.fingerprint_text)


@pytest.mark.parametrize("column", [0, 1, 2, 3, 6, 8, 13, 17])
def test_other_content_has_another_fingerprint(write_xlsx: WriteFile, today: date, column: int) -> None:
    other = [*FULL]
    other[column] = "A900000009" if column == 0 else "1990-03-26" if column == 2 else "OTHER, WORD"
    one, two = people(write_xlsx(Sheet1=[HEADINGS, FULL, other]), today)
    assert one.fingerprint_text != two.fingerprint_text


def test_the_visible_sheet_with_the_list_is_chosen(write_xlsx: WriteFile, today: date) -> None:
    path = write_xlsx(Notes=[["Notes"], ["Name", "Definition"], ["DOB", "x"]], List=[HEADINGS, FULL])
    assert read_record_list(path, today=today).sheet == "List"


def test_a_list_of_text_is_streamed(tmp_path: Path, today: date) -> None:
    """The first people come before a broken end is reached: nothing reads the file to its end first."""
    path = tmp_path / "list.csv"
    lines = "".join(f'A9{n:08d},"GARCIA, ANA",03/25/1990\n' for n in range(3000))
    path.write_text(f'A#,Name,DOB\n{lines}A900000001,"OPEN', encoding="utf-8")
    listed = read_record_list(path, today=today, overrides={"birth_date": ""})
    assert len(list(islice(listed.rows, 100))) == 100
    with pytest.raises(IntakeError):
        list(listed.rows)
