"""Makes the pictures of docs/letters.md: `python -m docs.letter_pictures`.

The first page of the same made-up letter in one language a script, as it is printed.
"""

from dataclasses import replace
from pathlib import Path

from notify.content.letters import LetterFacts, page_images
from notify.content.specimens import SPECIMEN, specimens
from notify.domain.kinds import NoticeKind

LANGUAGES = ("es", "ru", "ar", "ur", "pa", "hi", "bn", "am", "ka", "hy", "zh-Hans", "zh-Hant")
FOLDER = Path(__file__).with_name("letters")


def main() -> None:
    """Write one PNG a language; page 2 is the notice's first, behind the cover."""
    FOLDER.mkdir(exist_ok=True)
    facts = specimens(NoticeKind.EXPOSURE_NOTICE)[0]
    for language in LANGUAGES:
        letter = LetterFacts(replace(facts, language=language), SPECIMEN.person_name, ("Unit B",))
        (FOLDER / f"{language}.png").write_bytes(page_images(letter, ppi=64)[1])


if __name__ == "__main__":
    main()
