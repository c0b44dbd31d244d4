"""Counsel places a provisional stay themselves, through the link that they were sent: it blocks at commit."""

import uuid
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from holds.actions.counsel_codes import Turned, admit
from holds.actions.counsel_links import LinkView, end_link, look_at_link
from holds.actions.place_provisional_stay import StayForm, StayRefusedError, place_stay
from holds.domain.a_number import read_a_numbers
from holds.domain.counsel_link import LARGEST_ORDER, LinkEnd, LinkPurpose, is_pdf
from holds.domain.person_name import all_pairs
from holds.store.facts import facts_of
from holds.store.merged import members_of
from holds.store.vault import Vault

PDF = "application/pdf"


@dataclass(frozen=True)
class ByCounsel:
    """What counsel sent. `client` is the client's A-number, or their full name where they have none."""

    code: str
    client: str
    form: StayForm


def place_stay_by_link(session: Session, vault: Vault, *, token: str, sent: ByCounsel) -> LinkView | Turned:
    """The link as it is afterwards, with the hold's reference and since when it blocks; or why not.

    `StayRefusedError` where the form does not do: nothing is counted against the link then.
    """
    admitted = admit(session, vault, token=token, code=sent.code)
    if isinstance(admitted, Turned):
        return admitted
    link = admitted.view.link
    if link.purpose != LinkPurpose.PLACE_STAY.value:
        return Turned("link.not_open")
    _check_document(sent.form.document)
    if not _is_client(session, vault, link.person_id, sent.client):
        raise StayRefusedError(
            "This is not the client for whom this link was sent. Check the number, and the link; if both "
            "are right, call now: any duty officer may place the stay."
        )
    form = replace(sent.form, media_type=PDF, appearance_id=link.appearance_id)
    place_stay(session, vault, acting=admitted.acting, person_id=link.person_id, form=form, link_id=link.id)
    end_link(session, admitted.acting, link, LinkEnd.USED)
    return look_at_link(session, vault, token=token) or Turned("link.not_open")


def _check_document(content: bytes) -> None:
    if len(content) > LARGEST_ORDER:
        raise StayRefusedError("The order is larger than ten megabytes. Send the pages of the order alone.")
    if content and not is_pdf(content):
        raise StayRefusedError("This file is no whole PDF. Save or scan the order as a PDF, and send that.")


def _is_client(session: Session, vault: Vault, person_id: uuid.UUID, text: str) -> bool:
    """Whether counsel named the very client of the link, so that two links are not taken for each other."""
    facts = facts_of(session, vault, sorted(members_of(session, person_id))).values()
    numbers = set(read_a_numbers(text).numbers)
    if numbers:
        return any(numbers & set(known.a_numbers) for known in facts)
    pairs = all_pairs(text)
    return any(pairs & all_pairs(name) for known in facts for name in known.names)
