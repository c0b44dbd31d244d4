"""The agency's own workbooks: the statistics of 2022 laid on the list of 2017."""

from datetime import date
from pathlib import Path

import pytest

from holds.intake.facility_list import FacilityRow, read_facility_list
from holds.matching.facility import FacilityDirectory, FacilityEntry, Location
from holds.matching.facility_attachment import NewFacility, merge_candidates
from tests.holds.matching.quality import LABELS, labelled

DATA = Path(__file__).parents[4] / "shared" / "data"
TODAY = date(2022, 12, 1)
# Compared by hand, street by street: what is one place under another name, and what only looks like one.
RENAMED = {
    "JOE CORLEY PROCESSING CTR": "MONTGTX",
    "LASALLE ICE PROCESSING CENTER (JENA)": "JENADLA",
    "MESA VERDE ICE PROCESSING CENTER": "CACFMES",
    "SOUTH TEXAS ICE PROCESSING CENTER": "STCDFTX",
    "TACOMA ICE PROCESSING CENTER (NORTHWEST DET CTR)": "CSCNWWA",
}
NOT_IN_2017 = (
    "ADAMS COUNTY DET CENTER", "BLUEBONNET DETENTION FACILITY", "BRADFORD COUNTY JAIL", "DESERT VIEW",
    "EL VALLE DETENTION FACILITY", "FOLKSTON MAIN IPC", "LA PALMA CORRECTIONAL CENTER",
    "MONTGOMERY ICE PROCESSING CENTER", "RICHWOOD CORRECTIONAL CENTER", "RIVER CORRECTIONAL CENTER",
    "WINN CORRECTIONAL CENTER",
)  # fmt: skip


def rows(name: str) -> list[FacilityRow]:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"the agency's workbook {name} is not in {DATA}")
    return list(read_facility_list(path, today=TODAY).rows)


@pytest.fixture(scope="module")
def directory() -> FacilityDirectory:
    return FacilityDirectory(
        FacilityEntry(
            id=row.detloc or f"row-{row.row}",
            detloc=row.detloc,
            names=(row.name, *row.aliases),
            city=row.city,
            state=row.state,
            zip=row.zip,
            aor=row.aor,
            kind=row.kind,
            mailing=True,
            address=row.address,
        )
        for row in rows("ice-facility-list-2017-11-06.xlsx")
    )


def test_the_statistics_join_the_list_they_have_no_codes_of(directory: FacilityDirectory) -> None:
    statistics = rows("ice-detention-statistics-fy2022.xlsx")
    joined = merge_candidates(
        directory,
        [
            NewFacility(one.detloc, (one.name,), one.city, one.state, one.zip, one.aor, one.kind, one.address)
            for one in statistics
        ],
    )
    by_name = {one.name: attachment for one, attachment in zip(statistics, joined, strict=True)}
    labels = {(row["name"], row["city"]): row["detloc"] for row in labelled(LABELS)}
    for one, attachment in zip(statistics, joined, strict=True):
        assert attachment.facility_id in {None, labels[one.name, one.city]}, one.name
    assert sum(attachment.facility_id is not None for attachment in joined) >= 105
    el_valle, berks = by_name["EL VALLE DETENTION FACILITY"], by_name["BERKS COUNTY RESIDENTIAL CENTER"]
    assert (el_valle.match.judgement, el_valle.match.facility_id) == ("needs_judgement", "WILLCTX")
    assert (berks.match.judgement, berks.match.facility_id) == ("needs_judgement", "BEFAMPA")
    assert {name: by_name[name].facility_id for name in RENAMED} == RENAMED
    assert {by_name[name].facility_id for name in NOT_IN_2017} == {None}
    for one, attachment in zip(statistics, joined, strict=True):
        if attachment.facility_id:
            entry = directory.entry(attachment.facility_id)
            assert (entry.state, (entry.zip or "")[:3]) == (one.state, one.zip[:3]), one.name


def test_every_name_of_the_list_finds_itself_or_waits_for_a_person(directory: FacilityDirectory) -> None:
    sure = 0
    for entry in directory.entries:
        match = directory.match(Location(entry.names[0], city=entry.city, state=entry.state, aor=entry.aor))
        if match.judgement in {"exact", "confident"}:
            sure += 1
            assert match.facility_id == entry.id, entry.names
        else:
            assert match.judgement == "needs_judgement", entry.names
    assert sure > 0.98 * len(directory.entries)
