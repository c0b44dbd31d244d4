"""Who may do what: the whole matrix, written out a second time, and the rule that some need to be outside."""

import uuid

import pytest

from holds.domain.staff import Acting, NotAllowedError, Role, Verb, may, require

MATRIX = """
                   operator system administrator caseworker supervisor notice_manager field_officer auditor carrier  duty_desk  counsel
manage_staff       -        -      yes           -          -          -              -             -       -        -        -
import             yes      -      -             yes        yes        -              -             -       -        -        -
match              yes      yes    -             yes        yes        -              -             -       -        -        -
judge_place        -        -      -             yes        yes        -              -             -       -        -        -
look_at_person     yes      -      -             yes        yes        yes            -             -       -        -        -
place_hold         yes      -      -             yes        yes        -              yes           -       -        yes        -
verify_hold        -        -      -             yes        yes        -              -             -       -        -        -
report_violation   yes      -      -             yes        yes        -              yes           -       -        yes        -
raise_tasks        yes      yes    -             -          -          -              -             -       -        -        -
check_removal      yes      -      -             yes        yes        -              yes           -       -        yes        -
execute_removal    -        -      -             -          -          -              yes           -       -        yes        -
verify_appearance  -        -      -             yes        yes        -              -             -       -        -        -
judge_identity     -        -      -             outside    outside    -              -             -       -        -        -
record_service     -        -      -             outside    outside    -              -             -       -        -        -
record_review      -        -      -             outside    outside    -              -             -       -        -        -
verify_review      -        -      -             -          outside    -              -             -       -        -        -
propose_release    -        -      -             outside    outside    -              -             -       -        -        -
release_hold       -        -      -             -          outside    -              -             -       -        -        -
answer_objection   -        -      -             -          outside    -              -             -       -        -        -
plan_notices       yes      yes    -             yes        yes        yes            -             -       -        -        -
approve_notices    yes      -      -             -          yes        yes            -             -       -        -        -
send_notices       yes      yes    -             -          -          yes            -             -       -        -        -
open_spool         yes      -      -             -          yes        yes            -             -       -        -        -
see_figures        yes      -      -             yes        yes        yes            -             yes     -        yes        -
verify_ledger      yes      -      -             -          yes        -              -             yes     -        -        -
transmit_holds     yes      yes    -             -          yes        -              -             -       -        -        -
acknowledge_hold   -        -      -             -          -          -              yes           -       -        -        -
reconcile_database -        -      -             -          yes        -              -             -       -        -        -
manage_contacts    -        -      yes           -          yes        -              -             -       -        -        -
answer_by_phone    -        -      -             -          -          -              -             -       -        yes        -
admit_counsel      -        -      -             yes        yes        -              -             -       -        yes        -
"""  # noqa: E501


def _cells() -> list[tuple[Role, Verb, str]]:
    heading, *lines = MATRIX.strip("\n").splitlines()
    roles = [Role(name) for name in heading.split()]
    rows = [(Verb(line.split()[0]), line.split()[1:]) for line in lines]
    return [(role, verb, cell) for verb, cells in rows for role, cell in zip(roles, cells, strict=True)]


def _acting(role: Role, *, outside: bool) -> Acting:
    return Acting(
        id=uuid.UUID(int=1),
        organisation_id=uuid.UUID(int=2),
        login="someone",
        display_name="Someone",
        role=role,
        outside_removing_office=outside,
    )


def test_the_matrix_names_every_role_and_verb_once() -> None:
    assert sorted((role, verb) for role, verb, _ in _cells()) == sorted(
        (role, verb) for role in Role for verb in Verb
    )


@pytest.mark.parametrize(("role", "verb", "cell"), _cells())
def test_may(role: Role, verb: Verb, cell: str) -> None:
    assert may(_acting(role, outside=True), verb) is (cell != "-")
    assert may(_acting(role, outside=False), verb) is (cell == "yes")


def test_the_hosts_operator_neither_verifies_nor_ends_a_hold() -> None:
    operator = _acting(Role.OPERATOR, outside=True)
    ending = (Verb.RECORD_REVIEW, Verb.VERIFY_REVIEW, Verb.PROPOSE_RELEASE, Verb.RELEASE_HOLD)
    assert not any(may(operator, verb) for verb in (*ending, Verb.EXECUTE_REMOVAL))


def test_a_refusal_says_who_could() -> None:
    with pytest.raises(NotAllowedError, match=r"may not release hold; .* roles: supervisor"):
        require(_acting(Role.CASEWORKER, outside=True), Verb.RELEASE_HOLD)
    with pytest.raises(NotAllowedError, match="staff outside the removing office with one of the roles"):
        require(_acting(Role.SUPERVISOR, outside=False), Verb.RELEASE_HOLD)
