"""Settings are checked at the start; a demonstration reaches nobody."""

from pathlib import Path
from typing import Any

import pytest

from holds.settings import SettingsError
from notify.actions.transport import TransportRefusedError, transport
from notify.domain.delivery import Carriage
from notify.settings import NoticeSettings

WHO = {
    "ORGANISATION_NAME": "Office",
    "CONTACT_PHONE": "+18005550199",
    "VERIFY_ADDRESS": "verify.example.org",
}
TWILIO = {
    "SMS": "twilio",
    "TWILIO_ACCOUNT_SID": "AC0",
    "TWILIO_AUTH_TOKEN": "very-secret",
    "TWILIO_FROM_NUMBER": "+18005550199",
}


SENDGRID = {
    "EMAIL": "sendgrid",
    "SENDGRID_API_KEY": "very-secret",
    "SENDGRID_FROM_EMAIL": "post@example.org",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Any:
    def put(values: dict[str, str]) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"HOLDFAST_{name}", value)

    return put


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("CONTACT_PHONE", "555-0199", "E.164"),
        ("VERIFY_ADDRESS", "https://example.org", "without https://"),
        ("TIME_ZONE", "Mars/Olympus", "IANA"),
        ("WEBHOOK_URL", "http://example.org", "https://"),
        ("SMS", "pigeon", "spool"),
        ("SENDGRID_WEBHOOK_KEYS", "bm8ga2V5", "public keys"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_expected(
    environment: Any, name: str, value: str, expected: str
) -> None:
    environment({name: value})
    with pytest.raises(SettingsError, match=f"HOLDFAST_{name}") as raised:
        NoticeSettings.read()
    assert expected in str(raised.value)


def test_a_provider_needs_its_credentials_which_stay_hidden(environment: Any) -> None:
    environment({"SMS": "twilio", "TWILIO_AUTH_TOKEN": "very-secret"})
    with pytest.raises(
        SettingsError, match="HOLDFAST_TWILIO_ACCOUNT_SID, HOLDFAST_TWILIO_FROM_NUMBER"
    ) as raised:
        NoticeSettings.read()
    assert "very-secret" not in str(raised.value)
    environment(TWILIO)
    assert "very-secret" not in repr(NoticeSettings.read())


def test_a_demonstration_reaches_nobody(office: Any, environment: Any, tmp_path: Path) -> None:
    environment(TWILIO)
    with pytest.raises(TransportRefusedError, match="HOLDFAST_SMS"):
        transport(office.database, NoticeSettings.read(), tmp_path)
    environment({"SMS": "spool"})
    carried = transport(office.database, NoticeSettings.read(), tmp_path)
    assert carried.channels[Carriage.SMS].name == "spool"
    assert carried.sender.contact_phone == "+18005550199"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VERIFY_ADDRESS", "detention.example.org"),
        ("SENDGRID_FROM_NAME", "Asylum Office"),
        ("SENDGRID_FROM_EMAIL", "post@asylum.example.org"),
    ],
)
def test_what_others_see_of_a_message_tells_nothing(
    real_office: Any, environment: Any, tmp_path: Path, name: str, value: str
) -> None:
    environment(WHO | SENDGRID | {"ORGANISATION_NAME": "Asylum and Immigration Office"})
    assert NoticeSettings.read().sendgrid.from_name == "Notices"
    assert transport(real_office.database, NoticeSettings.read(), tmp_path).channels
    environment({name: value})
    with pytest.raises(SettingsError, match=f"HOLDFAST_{name} would tell"):
        transport(real_office.database, NoticeSettings.read(), tmp_path)


def test_a_real_office_says_for_whom_it_speaks(real_office: Any, environment: Any, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="HOLDFAST_ORGANISATION_NAME, HOLDFAST_CONTACT_PHONE"):
        transport(real_office.database, NoticeSettings.read(), tmp_path)
    environment(WHO | TWILIO)
    carried = transport(real_office.database, NoticeSettings.read(), tmp_path)
    assert carried.channels[Carriage.SMS].name == "twilio_sms"
    assert carried.channels[Carriage.LETTER].name == "letter"
