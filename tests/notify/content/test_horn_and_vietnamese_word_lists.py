"""Words that give a person away are found in Somali, Vietnamese and Amharic as their readers write them."""

import pytest

from notify.content.unsafe_words import Channel, PersonWords, unsafe


@pytest.mark.parametrize(
    ("language", "said"),
    [
        *(("so", word) for word in ("maxkamadda", "tarxiilkaaga", "qaxooti", "waad xiran tahay", "xabsiga")),
        *(
            ("so", word)
            for word in ("waaxda socdaalka", "garsooraha", "jirdilka", "Soomaali", "lambarkaaga A")
        ),
    ],
)
def test_what_gives_away_is_found(language: str, said: str) -> None:
    assert unsafe(f"A message: {said}.", channel=Channel.SMS, language=language, person=PersonWords())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        *(
            ("so", words)
            for words in ("xiriir", "warqad daboolan", "xaas", "socod", "waad ku mahadsan tahay")
        ),
        *(("am", words) for words in ("መልእክት", "ስልክ ቁጥር", "አማራጭ", "ኩባንያ", "ስራዎ", "አመሰግናለሁ")),
        *(("vi", words) for words in ("quý vị", "cảm ơn", "công việc", "mã số", "ao", "gây ra", "trả lời")),
    ],
)
def test_everyday_words_pass(language: str, said: str) -> None:
    assert not unsafe(f"A message: {said}.", channel=Channel.SMS, language=language, person=PersonWords())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        *(("so", words) for words in ("jirdil", "khaniis", "codsiga magangelyada", "kufsi")),
        *(("am", words) for words in ("ግብረ ሰዶም", "የጥገኝነት ማመልከቻ", "በማሰቃየት", "ኤድስ")),
        *(("vi", words) for words in ("đồng tính", "xin tị nạn", "hiếp dâm", "tra tấn")),
    ],
)
def test_what_endangers_stays_out_of_letters(language: str, said: str) -> None:
    assert unsafe(f"A letter: {said}.", channel=Channel.LETTER, language=language, person=PersonWords())
