"""What notices add to the pages of the record: a person's notices, and how many people were told."""

import uuid
from dataclasses import dataclass

from flask import Blueprint, render_template
from markupsafe import Markup

from holds.actions.opening import Database
from holds.domain.staff import Acting
from holds.queries.person_view import Event, Tone
from holds.queries.sentence import Sentence
from holds.queries.sentence import lazy_gettext as _l
from holds.queries.wording import word
from holds.web.bars import Bar, bar_chart
from holds.web.panels import Panels
from notify.domain.delivery import State
from notify.queries.coverage import coverage
from notify.queries.notices import DeliveryLine, NoticeLine, notices_of
from notify.web.words import CARRIAGES, FORMS, KINDS, OUTCOMES, STATE_TONES, STATES, TASKS

NOTICES = _l("Notices")
WHO_WAS_TOLD = _l("Who has been told")
SHOWN_FOLDERS = 10
"""So many facilities are in view; the rest unfold."""
POST = "POST"
OUT = frozenset({State.ACCEPTED, State.DELIVERED, State.SERVED, State.ACKNOWLEDGED})
LOST = frozenset({State.RETURNED, State.FAILED, State.UNKNOWN})


@dataclass(frozen=True)
class PersonNotices:
    """A person's notices, by which way they went, and how far. No address, and nothing of what they say."""

    database: Database
    title: Sentence = NOTICES

    def render(self, person_id: uuid.UUID, *, acting: Acting) -> Markup:
        lines = self._lines(person_id, acting)
        return Markup(render_template("notify/person_notices.html", notices=lines, **_words()))  # noqa: S704

    def events(self, person_id: uuid.UUID, *, acting: Acting) -> tuple[Event, ...]:
        """The planning of each notice, and how far each of its ways came."""
        found = []
        for notice in self._lines(person_id, acting):
            kind = word(KINDS, notice.kind)
            found.append(
                Event(
                    at=notice.planned_at,
                    lane="notice",
                    title=_l("Planned: %(kind)s", kind=kind),
                    sentence=_l(
                        "Notice %(notice)s. Sent is not told: only service counts.", notice=notice.reference
                    )
                    if notice.deliveries
                    else _l(
                        "Notice %(notice)s. No written way fits; a human must act.", notice=notice.reference
                    ),
                    tone="plain" if notice.deliveries else "warning",
                )
            )
            found += [_moved(notice, way) for way in notice.deliveries if State(way.state) in OUT | LOST]
        return tuple(found)

    def _lines(self, person_id: uuid.UUID, acting: Acting) -> list[NoticeLine]:
        with self.database.reading() as session:
            return notices_of(session, person_id, acting=acting)


def _moved(notice: NoticeLine, way: DeliveryLine) -> Event:
    tone: Tone = "warning" if State(way.state) in LOST else "plain"
    return Event(
        at=way.changed_at,
        lane="notice",
        title=_l("%(way)s: %(state)s", way=word(CARRIAGES, way.carriage), state=word(STATES, way.state)),
        sentence=_l("Notice %(notice)s, %(form)s.", notice=notice.reference, form=word(FORMS, way.form)),
        tone=tone,
    )


@dataclass(frozen=True)
class OfficeCoverage:
    """How many people were told, by which ways, and what lies in the spool for each facility."""

    database: Database
    title: Sentence = WHO_WAS_TOLD

    def render(self, *, acting: Acting) -> Markup:
        with self.database.reading() as session:
            found = coverage(session, acting=acting)
        outcomes = [(*OUTCOMES[code], number) for code, number in found.people.items() if code in OUTCOMES]
        letters = dict(sorted(found.letters.items(), key=lambda item: (-item[1], item[0])))
        deliveries = [(*key.split(".", 1), states) for key, states in found.deliveries.items()]
        body = render_template(
            "notify/coverage.html",
            outcomes=outcomes,
            chart=bar_chart([Bar(label, number, tone) for label, tone, number in outcomes]),
            deliveries=deliveries,
            post=letters.pop(POST, 0),
            letters=list(letters.items()),
            in_view=SHOWN_FOLDERS,
            **_words(),
        )
        return Markup(body)  # noqa: S704 - made by an escaping template


def _words() -> dict[str, object]:
    return {
        "kind": lambda code: word(KINDS, code),
        "carriage": lambda code: word(CARRIAGES, code),
        "form": lambda code: word(FORMS, code),
        "state": lambda code: word(STATES, code),
        "tone": lambda code: STATE_TONES.get(code, ""),
    }


def notice_panels(database: Database) -> Panels:
    """Everything notices add, for `holds.web.application.make_application`."""
    return Panels(
        person=(PersonNotices(database),),
        office=(OfficeCoverage(database),),
        tasks=TASKS,
        blueprints=(Blueprint("notify", __name__, template_folder="templates"),),
    )
