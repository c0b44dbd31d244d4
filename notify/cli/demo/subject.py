"""Whom the gate's scene is about: someone detained, represented, with a letter in the spool."""

import csv

from holds.actions.references import NotFoundError, person_of
from holds.queries.people import person_page
from notify.cli.demo.files import DemoFiles
from notify.cli.demo.gate_scene import SceneError, Subject
from notify.cli.demo.office import DemoOffice
from notify.queries.notices import notices_of


def choose_subject(at_work: DemoOffice, files: DemoFiles) -> Subject:
    """The first client of the roster who has all the scene needs."""
    with files.counsel_roster.open(newline="", encoding="utf-8") as file:
        numbers = [row["Client A-Number"] for row in csv.DictReader(file)]
    vault, acting = at_work.database.vault, at_work.caseworker
    with at_work.database.reading() as session:
        for number in numbers:
            try:
                person_id = person_of(session, vault, number, acting=acting)
            except NotFoundError:
                continue
            page = person_page(session, vault, person_id, acting=acting, show=True)
            letters = [
                notice
                for notice in notices_of(session, person_id, acting=acting)
                if notice.to == "person" and any(way.carriage == "letter" for way in notice.deliveries)
            ]
            if not letters or len(page.holds) != 1:
                continue
            if (
                page.now_in is not None
                and page.now_in.status == "detained"
                and page.appearances[0].verified_at
            ):
                return Subject(
                    a_number=page.identity.a_numbers[0],
                    notice_reference=letters[0].reference,
                    hold_id=page.holds[0].hold_id,
                    represented=True,
                )
    raise SceneError("nobody on the list is detained, represented and has a letter")
