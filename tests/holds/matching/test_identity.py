from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holds.domain.person_name import all_pairs, name_pairs, name_tokens, read_person_name
from holds.matching.identity import Identity, agreement

BORN = date(1990, 3, 12)
SWAPPED = date(1990, 12, 3)


def on_record(name: str, *dates: date) -> Identity:
    read = read_person_name(name)
    assert read is not None
    return Identity(name_tokens(read), name_pairs(read), frozenset(dates))


def asked(name: str, *dates: date) -> Identity:
    return Identity(name_tokens(name), all_pairs(name), frozenset(dates))


@pytest.mark.parametrize(
    ("record", "question"),
    [
        ("GARCIA LOPEZ, JUAN CARLOS", "Juan Garcia"),
        ("GARCIA LOPEZ, JUAN CARLOS", "lopez juan"),
        ("GARCÍA, JOSÉ", "Jose Garcia"),
        ("ABDULLAYEV, YUSUF", "Yusef Abdullaev"),
        ("NGUYEN, VAN THI", "Thi Van Nguyen"),
        ("MADONNA", "Madonna"),
        ("DE LA CRUZ, MARIA", "Maria Cruz"),
    ],
)
def test_names_agree_in_any_order_and_with_words_left_out(record: str, question: str) -> None:
    assert agreement(on_record(record), asked(question)).name == "agrees"


@pytest.mark.parametrize(
    ("record", "question"),
    [
        ("GARCIA, JUAN", "Pedro Hernandez"),
        ("LIN, ANA", "Ada Wu"),
        ("DE LA CRUZ, MARIA DE LOS ANGELES", "Pedro de la Torre de los Santos"),
    ],
)
def test_names_that_share_nothing_conflict(record: str, question: str) -> None:
    assert agreement(on_record(record), asked(question)).name == "conflicts"


def test_one_word_in_common_settles_neither() -> None:
    assert agreement(on_record("GARCIA, JUAN"), asked("Pedro Garcia")).name == "unknown"


def test_what_is_not_given_is_unknown() -> None:
    nothing = agreement(on_record("GARCIA, JUAN"), Identity())
    assert (nothing.name, nothing.birth_date) == ("unknown", "unknown")
    assert (nothing.agreed, nothing.disagreed) == ((), ())


def test_an_ambiguous_birth_date_agrees_with_either_reading() -> None:
    record = on_record("GARCIA, JUAN", BORN, SWAPPED)
    assert agreement(record, asked("Juan Garcia", SWAPPED)).birth_date == "agrees"
    conflict = agreement(record, asked("Juan Garcia", date(1991, 3, 12)))
    assert (conflict.agreed, conflict.disagreed) == (("name",), ("birth_date",))


WORDS = ("ana", "ada", "juan", "jaun", "garcia", "de", "la", "cruz", "yusuf", "yusef", "li", "ng")
NAMES = st.lists(st.sampled_from(WORDS), max_size=5)


@given(NAMES, NAMES)
def test_who_is_asked_about_whom_makes_no_difference(one: list[str], other: list[str]) -> None:
    this, that = asked(" ".join(one), BORN), asked(" ".join(other))
    assert agreement(this, that) == agreement(that, this)


@given(st.text(max_size=40))
def test_everybody_agrees_with_themselves(name: str) -> None:
    same = agreement(asked(name, BORN), asked(name, BORN))
    assert same.birth_date == "agrees"
    assert same.name == ("agrees" if name_tokens(name) else "unknown")
