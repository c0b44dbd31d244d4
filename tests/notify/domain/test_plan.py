"""The plan, a row a rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.domain.delivery import Carriage, Form
from notify.domain.plan import (
    AppearanceFacts,
    Destination,
    FacilityMail,
    ForHuman,
    PlanFacts,
    Planned,
    Reach,
    Step,
    TaskKind,
    Whereabouts,
    Wording,
    plan,
    plan_counsel,
)

PACKET = Planned(Carriage.LETTER, Form.FULL, Destination.FACILITY)
FULL_POST = Planned(Carriage.LETTER, Form.FULL, Destination.POST)
NEUTRAL_POST = Planned(Carriage.LETTER, Form.NEUTRAL, Destination.POST)
SMS = Planned(Carriage.SMS, Form.NEUTRAL, Destination.PHONE)
EMAIL = Planned(Carriage.EMAIL, Form.NEUTRAL, Destination.EMAIL)
NAMELESS = ForHuman(TaskKind.NO_SAFE_WAY, "no_name")
AT_SAFE_HOURS = ForHuman(TaskKind.NO_SAFE_WAY, "safe_hours")
NO_MAIL = ForHuman(TaskKind.FACILITY_TAKES_NO_MAIL)
DETAINED, RELEASED, REMOVED = Whereabouts.DETAINED, Whereabouts.RELEASED, Whereabouts.REMOVED


def facts(
    whereabouts: Whereabouts = RELEASED,
    *,
    facility: FacilityMail = FacilityMail.UNKNOWN,
    language: str | None = "en",
    written: bool = True,
    wording: Wording = Wording.REVIEWED,
    address: Reach = Reach.NONE,
    phone: bool = False,
    phone_in_hours: bool = False,
    email: bool = False,
    named: bool = True,
) -> PlanFacts:
    return PlanFacts(
        named=named,
        phone_in_hours=phone_in_hours,
        whereabouts=whereabouts,
        facility=facility,
        language=language,
        written=written,
        wording=wording,
        address=address,
        phone=phone,
        email=email,
    )


def oral(tag: str) -> ForHuman:
    return ForHuman(TaskKind.ORAL_INTERPRETATION, tag)


@pytest.mark.parametrize(
    ("known", "steps"),
    [
        (facts(DETAINED, facility=FacilityMail.TAKES_MAIL), (PACKET,)),
        (facts(DETAINED, facility=FacilityMail.TAKES_MAIL, wording=Wording.DRAFT, language="es"), (PACKET,)),
        (facts(DETAINED, facility=FacilityMail.TAKES_MAIL, phone=True, email=True), (PACKET,)),
        (facts(DETAINED, facility=FacilityMail.NO_MAIL), (ForHuman(TaskKind.FACILITY_TAKES_NO_MAIL),)),
        (facts(DETAINED, facility=FacilityMail.UNKNOWN), (ForHuman(TaskKind.FACILITY_UNKNOWN),)),
        (facts(DETAINED, address=Reach.CONFIRMED), (ForHuman(TaskKind.FACILITY_UNKNOWN),)),
        (facts(RELEASED, address=Reach.CONFIRMED), (FULL_POST,)),
        (facts(RELEASED, address=Reach.UNCONFIRMED), (NEUTRAL_POST,)),
        (facts(RELEASED, facility=FacilityMail.TAKES_MAIL, address=Reach.UNCONFIRMED), (NEUTRAL_POST,)),
        (facts(REMOVED, address=Reach.CONFIRMED), (FULL_POST,)),
        (facts(Whereabouts.UNKNOWN, address=Reach.UNCONFIRMED), (NEUTRAL_POST,)),
        (facts(RELEASED, phone=True), (SMS,)),
        (facts(RELEASED, email=True), (EMAIL,)),
        (facts(RELEASED, address=Reach.UNCONFIRMED, phone=True, email=True), (NEUTRAL_POST, SMS, EMAIL)),
        (facts(RELEASED, address=Reach.CONFIRMED, phone=True, wording=Wording.DRAFT), (FULL_POST,)),
        (facts(RELEASED), (ForHuman(TaskKind.NO_SAFE_WAY, "nothing_known"),)),
        (facts(DETAINED, facility=FacilityMail.TAKES_MAIL, named=False), (NAMELESS,)),
        (facts(DETAINED, facility=FacilityMail.NO_MAIL, named=False), (NO_MAIL,)),
        (facts(RELEASED, address=Reach.CONFIRMED, named=False), (NAMELESS,)),
        (facts(RELEASED, address=Reach.UNCONFIRMED, phone=True, named=False), (NAMELESS, SMS)),
        (facts(RELEASED, named=False), (ForHuman(TaskKind.NO_SAFE_WAY, "nothing_known"),)),
        (facts(RELEASED, phone=True, phone_in_hours=True), (AT_SAFE_HOURS,)),
        (facts(RELEASED, phone=True, phone_in_hours=True, email=True), (EMAIL,)),
        (facts(RELEASED, phone=True, phone_in_hours=True, address=Reach.CONFIRMED), (FULL_POST,)),
        (facts(RELEASED, phone_in_hours=True), (ForHuman(TaskKind.NO_SAFE_WAY, "nothing_known"),)),
        (
            facts(RELEASED, phone=True, wording=Wording.DRAFT, language="es"),
            (ForHuman(TaskKind.NO_SAFE_WAY, "draft_on_paper_only"),),
        ),
        (facts(DETAINED, facility=FacilityMail.TAKES_MAIL, language=None), (oral("unknown"),)),
        (facts(DETAINED, facility=FacilityMail.TAKES_MAIL, language="mam", written=False), (oral("mam"),)),
        (
            facts(RELEASED, address=Reach.CONFIRMED, language="zh-Hans", wording=Wording.NONE),
            (oral("zh-Hans"),),
        ),
        (
            facts(DETAINED, facility=FacilityMail.NO_MAIL, language="ht", wording=Wording.NONE),
            (oral("ht"), ForHuman(TaskKind.FACILITY_TAKES_NO_MAIL)),
        ),
    ],
)
def test_each_rule(known: PlanFacts, steps: tuple[Step, ...]) -> None:
    assert plan(known) == steps


EVERYTHING_KNOWN = st.builds(
    facts,
    st.sampled_from(Whereabouts),
    facility=st.sampled_from(FacilityMail),
    language=st.sampled_from([None, "en", "es", "mam", "zh-Hans"]),
    written=st.booleans(),
    wording=st.sampled_from(Wording),
    address=st.sampled_from(Reach),
    phone=st.booleans(),
    phone_in_hours=st.booleans(),
    email=st.booleans(),
    named=st.booleans(),
)


@given(EVERYTHING_KNOWN)
def test_nobody_is_dropped_and_no_one_exposed(known: PlanFacts) -> None:
    steps = plan(known)
    assert steps
    for step in (step for step in steps if isinstance(step, Planned)):
        assert known.wording is not Wording.NONE
        assert known.language is not None
        if step.carriage is Carriage.LETTER:
            assert known.named
        if step.carriage is Carriage.SMS:
            assert not known.phone_in_hours
        if step.form is Form.FULL:
            assert step.carriage is Carriage.LETTER
            assert step.destination is Destination.FACILITY or known.address is Reach.CONFIRMED
        if step.carriage in {Carriage.SMS, Carriage.EMAIL}:
            assert known.wording is Wording.REVIEWED
            assert known.whereabouts is not DETAINED


@pytest.mark.parametrize(
    ("changed", "steps"),
    [
        ({}, (EMAIL,)),
        ({"verified": False}, (ForHuman(TaskKind.VERIFY_APPEARANCE),)),
        ({"verified": False, "custody_only": True}, (ForHuman(TaskKind.VERIFY_APPEARANCE),)),
        ({"in_force": False}, ()),
        ({"custody_only": True}, ()),
        ({"limited_help": True}, ()),
        ({"email": False}, (ForHuman(TaskKind.COUNSEL_WITHOUT_EMAIL),)),
    ],
)
def test_counsel(changed: dict[str, bool], steps: tuple[Step, ...]) -> None:
    usual = {"verified": True, "in_force": True, "custody_only": False, "limited_help": False, "email": True}
    assert plan_counsel(AppearanceFacts(**{**usual, **changed})) == steps
