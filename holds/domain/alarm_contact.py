"""Whom an alarm reaches, and by what."""

from enum import StrEnum


class Duty(StrEnum):
    """For what somebody is called: an office's own holds, or whatever alarms us."""

    FIELD_OFFICE = "field_office"
    FACILITY = "facility"
    ON_CALL = "on_call"


class ContactWay(StrEnum):
    """A telephone is called and texted at once: a duty phone may be a landline."""

    EMAIL = "email"
    PHONE = "phone"


def way_of(written: str) -> ContactWay | None:
    """What a contact somebody wrote down is; None where it can be neither written to nor dialled."""
    text = written.strip()
    name, at, domain = text.partition("@")
    if at:
        whole = name and "." in domain and not any(c.isspace() or c == "@" for c in name + domain)
        return ContactWay.EMAIL if whole else None
    return ContactWay.PHONE if dialled(text) else None


def dialled(written: str) -> str | None:
    """A telephone number as E.164, ten digits taken for one of the United States; None where it is none."""
    if any(not (c.isdigit() or c in " .-/()+") for c in written):
        return None
    digits = "".join(c for c in written if c.isascii() and c.isdigit())
    if written.strip().startswith("+"):
        return f"+{digits}" if 8 <= len(digits) <= 15 else None
    if len(digits) == 10 and digits[0] not in "01":
        return f"+1{digits}"
    return f"+{digits}" if len(digits) == 11 and digits[0] == "1" and digits[1] not in "01" else None
