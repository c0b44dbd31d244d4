"""Searching for a person, and a person's page: masked, or shown for a reason that the ledger keeps."""

import dataclasses

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_limiter import Limiter
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from holds.actions.look_at_person import look_at_person
from holds.actions.look_for_person import look_for_person
from holds.domain.look import SHOWING, LookReason
from holds.domain.staff import Acting
from holds.queries.people import find_person, person_by_reference, person_page
from holds.queries.person_view import FoundPerson, PersonPage
from holds.web import access
from holds.web.entry import LONGEST_FIELD
from holds.web.look_words import LOOKS
from holds.web.panels import Panels, RenderedPanel
from holds.web.task_words import words_of
from holds.web.timeline_picture import draw_timeline

SEARCHES = "60 per 5 minutes"


def make_people(limiter: Limiter, panels: Panels) -> Blueprint:
    """The routes of people. What is searched for travels in the form alone, never in an address."""
    people = Blueprint("people", __name__)

    def search() -> str | Response | tuple[str, int]:
        acting = access.acting()
        text = request.form.get("text", "")[:LONGEST_FIELD]
        found = access.run(lambda session: _search(session, acting, text))
        if len(found) == 1:
            return redirect(url_for("people.show", reference=found[0].reference), 303)
        return render_template("found.html", found=found), 200 if found else 404

    @people.get("/people/<reference>")
    def show(reference: str) -> str:
        return _render(_look(access.acting(), reference, LookReason.CASEWORK, show=False), panels)

    @people.post("/people/<reference>")
    def show_name(reference: str) -> str:
        wanted = request.form.get("reason", "")
        if wanted not in {reason.value for reason in SHOWING}:
            abort(400)
        return _render(_look(access.acting(), reference, LookReason(wanted), show=True), panels)

    limited = limiter.limit(SEARCHES, key_func=lambda: f"search:{access.acting().id}")(search)
    people.add_url_rule("/people", "search", limited, methods=["POST"])
    return people


def _search(session: Session, acting: Acting, text: str) -> tuple[FoundPerson, ...]:
    found = find_person(session, access.database().vault, text, acting=acting)
    look_for_person(session, acting=acting, found=len(found))
    if len(found) > 1:
        for person in found:
            look_at_person(
                session, acting=acting, person_id=person.person_id, shown=False, reason=LookReason.SEARCH
            )
    return found


def _look(acting: Acting, reference: str, reason: LookReason, *, show: bool) -> PersonPage:
    def look(session: Session) -> PersonPage:
        person_id = person_by_reference(session, reference, acting=acting)
        look_at_person(session, acting=acting, person_id=person_id, shown=show, reason=reason)
        return person_page(session, access.database().vault, person_id, acting=acting, show=show)

    return access.run(look)


def _render(page: PersonPage, panels: Panels) -> str:
    acting = access.acting()
    added = [event for panel in panels.person for event in panel.events(page.person_id, acting=acting)]
    if added:
        events = sorted((*page.timeline, *added), key=lambda event: event.at)
        page = dataclasses.replace(page, timeline=tuple(events))
    return render_template(
        "person.html",
        page=page,
        picture=draw_timeline(page.timeline, page.spans, page.as_of),
        waiting=[(line, words_of(line.kind, panels.tasks)) for line in page.waiting],
        reasons=[(reason.value, LOOKS[reason]) for reason in SHOWING],
        panels=[
            RenderedPanel(panel.title, panel.render(page.person_id, acting=acting)) for panel in panels.person
        ],
    )
