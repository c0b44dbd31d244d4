"""A notice to a person who was told of the exposure before: the news, then what has not changed."""

from __future__ import annotations

from notify.content.event_sections import what_happened, what_was_seen
from notify.content.facts import Block, Element, NoticeFacts, NoticeText, Section
from notify.content.person_sections import (
    contact,
    find_counsel,
    genuine,
    hold,
    not_the_hold,
    opening,
    sign_nothing,
    what_to_do,
    what_we_do,
)
from notify.content.phrasebook import Phrasebook


def told_again(
    facts: NoticeFacts,
    p: Phrasebook,
    *,
    title: str,
    heading: str,
    news: tuple[Block, ...],
    first: tuple[str, ...] = (),
    after: tuple[Section, ...] = (),
) -> NoticeText:
    """The whole notice. `first`: steps of its own, before those of the posture; `after`: its own sections."""
    return NoticeText(
        language=p.language,
        title=title,
        opening=opening(facts, p),
        sections=(
            Section((Element.NEWS,), heading, news),
            *after,
            what_to_do(facts, p, *first),
            hold(facts, p),
            not_the_hold(p),
            sign_nothing(p),
            find_counsel(facts, p),
            what_we_do(facts, p),
            contact(facts, p),
            genuine(facts, p),
            what_happened(facts, p),
            what_was_seen(facts, p),
        ),
    )
