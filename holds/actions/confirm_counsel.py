"""People for whom the record list names counsel and the roster has no appearance: a human must find out."""

import uuid

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from holds.actions.counsel_book import counsel_cards
from holds.actions.list_kind import Running
from holds.actions.tasks import NewTask, raise_tasks
from holds.domain.staff import Acting
from holds.matching.counsel import CounselEntry, CounselRoster
from holds.store.facts import facts_of
from holds.store.people import Person, Task
from holds.store.representation import Appearance
from holds.store.vault import Vault

KIND = "confirm_counsel"
CHUNK = 2000


def confirm_listed_counsel(run: Running, vault: Vault, *, acting: Acting) -> int:
    """Raise one task a person, chunk by chunk, each run by `run`; how many are open in all.

    The evidence names the counsel on the roster whom the list may mean, by id.
    """
    cards = run(lambda session: counsel_cards(session, vault))
    roster = CounselRoster(CounselEntry(str(card.id), card.name, card.firm) for card in cards)
    after: uuid.UUID | None = None
    while True:

        def one_chunk(session: Session, after: uuid.UUID | None = after) -> uuid.UUID | None:
            return _confirm_chunk(session, vault, acting, roster, after)

        after = run(one_chunk)
        if after is None:
            break
    opened = select(func.count()).select_from(Task).where(Task.kind == KIND, Task.closed_at.is_(None))
    return run(lambda session: session.scalars(opened).one())


def _confirm_chunk(
    session: Session, vault: Vault, acting: Acting, roster: CounselRoster, after: uuid.UUID | None
) -> uuid.UUID | None:
    """One chunk of people by id; the last id, or None when there were no more."""
    represented = exists().where(Appearance.person_id == Person.id, Appearance.judgement != "negative")
    raised = exists().where(Task.kind == KIND, Task.subject_id == Person.id)
    query = select(Person.id).where(~represented, ~raised).order_by(Person.id).limit(CHUNK)
    people = session.scalars(query if after is None else query.where(Person.id > after)).all()
    if not people:
        return None
    doubts = []
    for person_id, facts in facts_of(session, vault, people).items():
        if facts.listed_counsel:
            match = roster.match(facts.listed_counsel, facts.listed_firm or "")
            evidence = {"counsel": match.counsel_id, "judgement": match.judgement, "rule": match.rule}
            doubts.append(NewTask(kind=KIND, subject_id=person_id, person_id=person_id, evidence=evidence))
    raise_tasks(session, acting, doubts)
    return people[-1]
