"""Manifests as agencies and carriers write them: every row is a line."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from holds.intake.manifest import read_manifest_file

WriteFile = Callable[..., Path]


def test_every_row_is_a_line(write_csv: WriteFile, today: date) -> None:
    rows = [
        ["Seat", "A-Number", "Last Name", "First Name", "DOB", "COC"],
        ["12A", "A900-000-001", "PEREZ", "ANA MARIA", "1990-04-25", "Cuba"],
        ["12B", "900000002 / 900000003", "OKORO", "BEN", "1985-12-30", "Ghana"],
        ["12C", "9E8", "", "", "", ""],
        ["12D", "", "LI", "CLEO", "1979-07-14", "China"],
        ["12E", "900000002 x", "LI", "MO", "03/04/1980", "China"],
    ]
    lines = list(read_manifest_file(write_csv(rows), today=today).rows)
    assert [line.mark for line in lines] == ["12A", "12B", "12C", "12D", "12E"]
    assert (lines[0].number_text, lines[0].name, lines[0].country) == ("900000001", "PEREZ ANA MARIA", "Cuba")
    assert lines[0].birth_dates == (date(1990, 4, 25),)
    assert lines[1].number_text == "900000002 / 900000003"
    assert (lines[2].number_text, lines[2].name) == ("9E8", None)
    assert (lines[3].number_text, lines[3].name) == ("none", "LI CLEO")
    assert lines[4].number_text == "900000002 x"
    assert [line.row for line in lines] == [2, 3, 4, 5, 6]


def test_a_birth_date_that_gives_none_is_kept_as_written(write_csv: WriteFile, today: date) -> None:
    written = ["1985-04-03", "04/033/1985", "unknown", "2199-01-01", " "]
    rows = [
        ["A-Number", "Name", "DOB"],
        *[[f"A90000000{n}", "LI, MO", text] for n, text in enumerate(written)],
    ]
    lines = list(read_manifest_file(write_csv(rows), today=today).rows)
    assert [line.unread_birth_date for line in lines] == ["", "04/033/1985", "unknown", "2199-01-01", ""]
    assert [len(line.birth_dates) for line in lines] == [1, 0, 0, 0, 0]
