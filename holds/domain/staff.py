"""Who may do what: the one place that decides. Whatever is not listed is refused."""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from holds.domain.refusal import RefusedError


class Role(StrEnum):
    OPERATOR = "operator"
    SYSTEM = "system"
    ADMINISTRATOR = "administrator"
    CASEWORKER = "caseworker"
    SUPERVISOR = "supervisor"
    NOTICE_MANAGER = "notice_manager"
    FIELD_OFFICER = "field_officer"
    DUTY_DESK = "duty_desk"
    AUDITOR = "auditor"
    CARRIER = "carrier"
    COUNSEL = "counsel"


NOT_GIVEN = frozenset({Role.OPERATOR, Role.SYSTEM, Role.CARRIER, Role.COUNSEL})
"""Roles no member of staff has: `holdfast init` records two, systems have one, counsel one."""


class Verb(StrEnum):
    MANAGE_STAFF = "manage_staff"
    IMPORT = "import"
    MATCH = "match"
    JUDGE_PLACE = "judge_place"
    LOOK_AT_PERSON = "look_at_person"
    PLACE_HOLD = "place_hold"
    VERIFY_HOLD = "verify_hold"
    REPORT_VIOLATION = "report_violation"
    RAISE_TASKS = "raise_tasks"
    CHECK_REMOVAL = "check_removal"
    EXECUTE_REMOVAL = "execute_removal"
    VERIFY_APPEARANCE = "verify_appearance"
    RECORD_SERVICE = "record_service"
    RECORD_REVIEW = "record_review"
    VERIFY_REVIEW = "verify_review"
    PROPOSE_RELEASE = "propose_release"
    RELEASE_HOLD = "release_hold"
    ANSWER_OBJECTION = "answer_objection"
    PLAN_NOTICES = "plan_notices"
    APPROVE_NOTICES = "approve_notices"
    SEND_NOTICES = "send_notices"
    OPEN_SPOOL = "open_spool"
    SEE_FIGURES = "see_figures"
    VERIFY_LEDGER = "verify_ledger"
    TRANSMIT_HOLDS = "transmit_holds"
    ACKNOWLEDGE_HOLD = "acknowledge_hold"
    RECONCILE_DATABASE = "reconcile_database"
    JUDGE_IDENTITY = "judge_identity"
    MANAGE_CONTACTS = "manage_contacts"
    ANSWER_BY_PHONE = "answer_by_phone"
    ADMIT_COUNSEL = "admit_counsel"


_CASEWORK = {
    Verb.JUDGE_IDENTITY,
    Verb.JUDGE_PLACE,
    Verb.VERIFY_HOLD,
    Verb.REPORT_VIOLATION,
    Verb.IMPORT,
    Verb.MATCH,
    Verb.LOOK_AT_PERSON,
    Verb.PLACE_HOLD,
    Verb.CHECK_REMOVAL,
    Verb.VERIFY_APPEARANCE,
    Verb.ADMIT_COUNSEL,
    Verb.RECORD_SERVICE,
    Verb.RECORD_REVIEW,
    Verb.PROPOSE_RELEASE,
    Verb.PLAN_NOTICES,
    Verb.SEE_FIGURES,
}

MAY: dict[Role, frozenset[Verb]] = {
    Role.OPERATOR: frozenset(
        {
            Verb.IMPORT,
            Verb.MATCH,
            Verb.LOOK_AT_PERSON,
            Verb.PLACE_HOLD,
            Verb.REPORT_VIOLATION,
            Verb.RAISE_TASKS,
            Verb.CHECK_REMOVAL,
            Verb.PLAN_NOTICES,
            Verb.APPROVE_NOTICES,
            Verb.SEND_NOTICES,
            Verb.OPEN_SPOOL,
            Verb.SEE_FIGURES,
            Verb.VERIFY_LEDGER,
            Verb.TRANSMIT_HOLDS,
        }
    ),
    Role.SYSTEM: frozenset(
        {Verb.RAISE_TASKS, Verb.MATCH, Verb.PLAN_NOTICES, Verb.SEND_NOTICES, Verb.TRANSMIT_HOLDS}
    ),
    Role.ADMINISTRATOR: frozenset({Verb.MANAGE_STAFF, Verb.MANAGE_CONTACTS}),
    Role.CASEWORKER: frozenset(_CASEWORK),
    Role.SUPERVISOR: frozenset(
        _CASEWORK
        | {
            Verb.VERIFY_REVIEW,
            Verb.RELEASE_HOLD,
            Verb.ANSWER_OBJECTION,
            Verb.APPROVE_NOTICES,
            Verb.OPEN_SPOOL,
            Verb.VERIFY_LEDGER,
            Verb.TRANSMIT_HOLDS,
            Verb.RECONCILE_DATABASE,
            Verb.MANAGE_CONTACTS,
        }
    ),
    Role.NOTICE_MANAGER: frozenset(
        {
            Verb.PLAN_NOTICES,
            Verb.APPROVE_NOTICES,
            Verb.SEND_NOTICES,
            Verb.OPEN_SPOOL,
            Verb.SEE_FIGURES,
            Verb.LOOK_AT_PERSON,
        }
    ),
    Role.FIELD_OFFICER: frozenset(
        {
            Verb.CHECK_REMOVAL,
            Verb.EXECUTE_REMOVAL,
            Verb.PLACE_HOLD,
            Verb.REPORT_VIOLATION,
            Verb.ACKNOWLEDGE_HOLD,
        }
    ),
    # Answers officers who have no network. Clears nobody without a read-back: the database sees to it.
    Role.DUTY_DESK: frozenset(
        {
            Verb.ANSWER_BY_PHONE,
            Verb.ADMIT_COUNSEL,
            Verb.CHECK_REMOVAL,
            Verb.EXECUTE_REMOVAL,
            Verb.PLACE_HOLD,
            Verb.REPORT_VIOLATION,
            Verb.SEE_FIGURES,
        }
    ),
    Role.AUDITOR: frozenset({Verb.SEE_FIGURES, Verb.VERIFY_LEDGER}),
    Role.CARRIER: frozenset(),
    # What counsel may do stands on the link that they were sent, each of which is for one thing.
    Role.COUNSEL: frozenset(),
}


@dataclass(frozen=True, kw_only=True)
class Acting:
    """Who acts, with what stands in the record about them."""

    id: uuid.UUID
    organisation_id: uuid.UUID
    login: str
    display_name: str
    role: Role
    outside_removing_office: bool = False
    office: str | None = None


class NotAllowedError(RefusedError):
    """The actor may not do this; the message names the verb and who could."""


def may(acting: Acting, verb: Verb) -> bool:
    """Whether this role has this verb; what can end a hold needs someone outside the office too."""
    outside_needed = verb in {
        Verb.RECORD_REVIEW,
        Verb.VERIFY_REVIEW,
        Verb.PROPOSE_RELEASE,
        Verb.RELEASE_HOLD,
        Verb.RECORD_SERVICE,
        Verb.ANSWER_OBJECTION,
        Verb.JUDGE_IDENTITY,
    }
    return verb in MAY[acting.role] and (acting.outside_removing_office or not outside_needed)


def require(acting: Acting, verb: Verb) -> None:
    """Raise `NotAllowedError` unless `may`."""
    if may(acting, verb):
        return
    roles = ", ".join(sorted(role.value for role, verbs in MAY.items() if verb in verbs))
    inside = " outside the removing office" if verb in MAY[acting.role] else ""
    raise NotAllowedError(
        f"{acting.login} ({acting.role.value}) may not {verb.value.replace('_', ' ')}; "
        f"this takes a member of staff{inside} with one of the roles: {roles}."
    )
