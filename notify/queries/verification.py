"""Whether a code is one of ours: all that the public page may ask."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from holds.store.base import REFERENCE_ALPHABET
from notify.store.notices import Notice

LENGTH = 8


def is_ours(session: Session, code: str) -> bool:
    """Whether a notice carries this code, however it was typed: small letters, spaces, dashes."""
    typed = "".join(sign for sign in code.upper() if sign.isascii() and sign.isalnum())
    # Asked in any case, so that what cannot be a code takes as long as what is none.
    wanted = typed if len(typed) == LENGTH and set(typed) <= set(REFERENCE_ALPHABET) else "-" * LENGTH
    return bool(session.scalar(select(exists().where(Notice.code == wanted))))
