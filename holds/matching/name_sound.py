"""How a word of a name sounds, whichever way it was put into Latin letters.

Romanisations differ by rules (Mohammad, Muhammad; Xu, Hsu; Aleksandr, Alexander, Oleksandr; Yevgeny, Evgeni),
so that most variants meet in a skeleton of consonants; a short list holds names that no rule brings together.
Sounding alike is evidence, never proof: it weighs less than the same spelling, and rare words more than
common ones (`holds/matching/weighing.py`).
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

Likeness = Literal["same", "sound", "slip", "like", "initial"]

PARTICLES = frozenset({
    "al", "an", "ar", "as", "bin", "bint", "binte", "binti", "da", "das", "de", "del", "dela", "della", "der",
    "di", "do", "dos", "du", "e", "el", "ibn", "la", "las", "le", "los", "ogli", "oglu", "ogly", "qizi",
    "kizi", "kyzy", "san", "santa", "ul", "ur", "van", "von", "y",
})  # fmt: skip
"""Words that come and go in a name and say nothing of who bears it."""
_SHORT_FORMS = {
    "md": "muhammad", "mohd": "muhammad", "muhd": "muhammad", "mhd": "muhammad", "moh": "muhammad",
    "hdez": "hernandez", "hndz": "hernandez", "fdez": "fernandez", "glez": "gonzalez", "gzlez": "gonzalez",
    "rdguez": "rodriguez", "rdz": "rodriguez", "mtz": "martinez", "mtnez": "martinez", "lpz": "lopez",
    "fco": "francisco", "ma": "maria", "gpe": "guadalupe", "ant": "antonio", "jse": "jose",
}  # fmt: skip
"""What registrars write short."""
_ONE_NAME = {
    word: group.split()[0]
    for group in (
        "nikolai mykola nikolay nicolai", "vladimir volodymyr uladzimir wolodymyr",
        "mikhail mykhailo mikhailo mihail michail", "dmitri dmytro dmitry dmitriy dimitri",
        "yosef yusuf joseph yousif", "georgi giorgi yuri heorhiy georgy", "anton antin", "ilya illia ilia",
        "tatiana tetiana tatyana", "natalia nataliya natalya natalie", "olena elena yelena helena alena",
        "kateryna ekaterina yekaterina katerina", "yevhen evgeni yevgeny evgeny yevgeniy eugene jevgenij",
        "yevheniia evgenia yevgenia evgeniya", "vasily vasyl vasili", "stepan stefan", "petro pyotr petr",
        "pavel pavlo", "andrei andriy andrii andrey", "ivan iwan", "chen chan", "huang wong", "zhang cheung",
        "lin lam", "wu ng", "liang leung", "zheng cheng", "ye yip", "cai tsai choi", "guo kwok kuo",
        "hovhannes ohannes", "hakob hagop", "ibrahim ebrahim abraham",
        "husayn husein hossain hussain hossein",
        "said saeed sayed syed sayyid", "abubakar abubakr aboubacar boubacar", "usman osman ousmane uthman",
    )
    for word in group.split()
}  # fmt: skip
"""One name in two languages or dialects, where no rule of sound leads from one to the other."""
_DOUBLED = re.compile(r"(.)\1+")
_SYLLABLE = re.compile(
    r"(zh|ch|sh|ts|tz|ss|hs|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(iang|iung|iong|uang|uai|uan|uei|uen|ueh|iao|ian|ien|ing|ung|ong|ang|eng|ueh|ieh|ie|iu|in|ia|ui|un|uo|ua"
    r"|ue|ai|ei|ao|ou|an|en|ih|eh|er|rh|a|o|e|i|u)"
)
_INITIALS = {
    "b": "p", "d": "t", "g": "k", "zh": "ch", "j": "ch", "q": "ch", "z": "ts", "c": "ts", "tz": "ts",
    "ss": "s", "x": "hs", "r": "r",
}  # fmt: skip
_FINALS = {
    "ih": "i", "eh": "e", "ieh": "ie", "ien": "ian", "iung": "iong", "ung": "ong", "uei": "ui", "uen": "un",
    "ueh": "ue", "uo": "o", "rh": "er",
}  # fmt: skip
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"(.)\1+", r"\1"),
        (r"^abd[aeiou]?[lrsn]?(?=[a-z]{3})", "abd"),
        (r"(sky|skiy|skii|skyi|skyy|skij|skaya|skaia|ska|ski)$", "sk"),
        (r"(?<=[oe])(va|f|ff|w|wa)$", "v"),
        (r"(sch|shch|tch|tsch)", "ch"),
        (r"dzh|dj", "j"),
        (r"ph", "f"),
        (r"kh|gh", "h"),
        (r"(?<=[tdb])h", ""),
        (r"ck|q|c(?![eiyh])", "k"),
        (r"c(?=[eiy])", "s"),
        (r"^x|hs|sh", "s"),
        (r"x", "ks"),
        (r"zh", "j"),
        (r"ts|tz", "s"),
        (r"w|v", "b"),
        (r"z", "s"),
        (r"g(?=u[ei])", "k"),
        (r"g", "h"),
        (r"(?<=.)n(?=[bpm])", "m"),
        (r"t$", "d"),
        (r"h$", ""),
        (r"^[yj](?=[aeiou])|^[aeiouy]+", "a"),
        (r"(?<=.)[aeiouy]", ""),
        (r"(?<=.)([a-z])\1+", r"\1"),
    )
)


class Word(NamedTuple):
    """One word of a name: as written, how it sounds, and its key as a Chinese syllable (empty for none)."""

    text: str
    sound: str
    syllable: str

    @property
    def keys(self) -> tuple[str, ...]:
        """Under which keys a word is looked for: another spelling of it has one in common."""
        return (self.sound, self.syllable) if self.syllable else (self.sound,)


def words_of(tokens: Iterable[str]) -> tuple[Word, ...]:
    """The words of a name that say something, from `name_tokens`; all of them where nothing else is there."""
    every = list(dict.fromkeys(tokens))
    return tuple(map(word_of, [token for token in every if token not in PARTICLES] or every))


@lru_cache(maxsize=200_000)
def word_of(token: str) -> Word:
    """The word with its sounds. Letters of other scripts sound as they are written."""
    whole = _SHORT_FORMS.get(token, token)
    return Word(token, _sound(whole), _syllable(whole))


def _sound(token: str) -> str:
    if not token.isascii() or len(token) < 3:
        return token
    sound = _ONE_NAME.get(token, token)
    for pattern, by in _RULES:
        sound = pattern.sub(by, sound)
    # One consonant is no name: what is left of a short word is its spelling.
    return sound if len(sound) > 2 or (len(sound) > 1 and len(token) < 7) else token


def _syllable(token: str) -> str:
    """The key that the pinyin and the Wade-Giles spelling of a Chinese syllable share."""
    token = _ONE_NAME.get(token, token)
    match = _SYLLABLE.fullmatch(token) if len(token) <= 6 else None
    if match is None:
        return ""
    initial, final = match[1] or "", match[2]
    # j is pinyin's own sound, and what Wade-Giles writes for r.
    return f"{_INITIALS.get(initial, initial)}-{_FINALS.get(final, final)}"


@lru_cache(maxsize=500_000)
def likeness(one: Word, other: Word) -> Likeness | None:
    """How alike two words are; None where they are no more alike than any two."""
    if one.text == other.text:
        return "same"
    shorter, longer = sorted((one.text, other.text), key=len)
    if len(shorter) == 1:
        return "initial" if longer[0] == shorter else None
    if _sounds_alike(one, other, shorter, longer):
        return "sound"
    if len(shorter) < 4 or _other_sex(shorter, longer):
        return None
    if OSA.distance(one.text, other.text, score_cutoff=1) <= 1:
        return "slip"
    near = len(shorter) > 4 and JaroWinkler.similarity(shorter, longer, score_cutoff=0.9)
    return (
        "like" if near or (len(shorter) > 6 and OSA.distance(shorter, longer, score_cutoff=2) <= 2) else None
    )


def _sounds_alike(one: Word, other: Word, shorter: str, longer: str) -> bool:
    if one.syllable and one.syllable == other.syllable:
        return True
    if len(shorter) < 4:
        return _DOUBLED.sub(r"\1", shorter) == _DOUBLED.sub(r"\1", longer)
    if one.sound != other.sound or _other_sex(shorter, longer):
        return False
    # Few consonants say little: Luis and Luz, Jose and Jesus have the same.
    return len(one.sound) > 3 or OSA.normalized_similarity(shorter, longer) > 0.5


def _other_sex(shorter: str, longer: str) -> bool:
    """Mario and Maria, Daniel and Daniela: brother and sister. Ivanov and Ivanova are one family name."""
    if longer == shorter + "a":
        return shorter[-1] not in "aeiou" and not shorter.endswith(("ov", "ev"))
    return shorter[:-1] == longer[:-1] and {shorter[-1], longer[-1]} == {"a", "o"}


def joined(words: Sequence[Word]) -> Word:
    """Words written as one: `Jia Hui`, `Jiahui`."""
    return word_of("".join(word.text for word in words))
