"""Words that give a person away are found in the languages of the Horn and in Vietnamese."""

from collections.abc import Mapping

import pytest

from notify.content.unsafe_words import Channel, PersonWords, unsafe

GIVES_AWAY = {
    "so": (
        *("maxkamadda", "tarxiilkaaga", "qaxooti", "waad xiran tahay", "xabsiga", "waaxda socdaalka"),
        *("garsooraha", "jirdilka", "Soomaali", "lambarkaaga A"),
    ),
    "am": (
        *("መባረርዎ", "ከፍርድ ቤቱ", "በጥገኝነት", "ስደተኞችን", "ታስረዋል", "የኢሚግሬሽን", "ኢትዮጵያዊ"),
        "የA ቁጥርዎ",
        *("ማባረሩ", "በችሎቱ", "ዜግነቱ", "ከእስሩ", "ዳኛው"),
    ),
    "ti": (
        *("ምጥራዝኩም", "ናብ ቤት ፍርዲ", "መኮንን ዑቕባ", "ስደተኛታት", "ተኣሲርኩም", "ኤርትራዊ"),
        "ቁጽሪ A",
        *("ቤት ፍርድኹም", "ምጥራዞም", "ዜግነቱ", "ኢሚግሬሽን", "ከም ዝተኣሰርኩም"),
    ),
    "vi": ("trục xuất", "TRUC XUAT", "tòa án", "giam giữ", "người tị nạn", "di trú"),
}
EVERYDAY = {
    "so": ("xiriir", "warqad daboolan", "xaas", "socod", "waad ku mahadsan tahay"),
    "am": ("መልእክት", "ስልክ ቁጥር", "አማራጭ", "ኩባንያ", "ችሎታ", "እስከ", "ስራዎ", "አመሰግናለሁ"),
    "ti": ("መልእኽቲ", "ቁጽሪ ስልኪ", "ስራሕኩም", "ስደዱልና", "የቐንየልና", "ቁጽሪ 1"),
    "vi": ("quý vị", "cảm ơn", "công việc", "mã số", "ao", "gây ra", "trả lời"),
}
ENDANGERS = {
    "so": ("jirdil", "khaniis", "codsiga magangelyada", "kufsi"),
    "am": ("ግብረ ሰዶም", "የጥገኝነት ማመልከቻ", "በማሰቃየት", "ኤድስ"),
    "ti": ("ግብረ ሰዶም", "መመልከቲ ዑቕባ", "ኤይድስ", "መግረፍቲ"),
    "vi": ("đồng tính", "xin tị nạn", "hiếp dâm", "tra tấn"),
}


def pairs(lists: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(language, said) for language, words in lists.items() for said in words]


@pytest.mark.parametrize(("language", "said"), pairs(GIVES_AWAY))
def test_what_gives_away_is_found(language: str, said: str) -> None:
    assert unsafe(f"A message: {said}.", channel=Channel.SMS, language=language, person=PersonWords())


@pytest.mark.parametrize(("language", "said"), pairs(EVERYDAY))
def test_everyday_words_pass(language: str, said: str) -> None:
    assert not unsafe(f"A message: {said}.", channel=Channel.SMS, language=language, person=PersonWords())


@pytest.mark.parametrize(("language", "said"), pairs(ENDANGERS))
def test_what_endangers_stays_out_of_letters(language: str, said: str) -> None:
    assert unsafe(f"A letter: {said}.", channel=Channel.LETTER, language=language, person=PersonWords())
