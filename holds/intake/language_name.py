"""Languages as forms name them, to BCP 47 tags.

Indigenous languages of Mexico and Central America, for which there is no locale, have their ISO 639-3 code. A
word that names no one language (`Chinese`, `Mayan`, `Indigenous`, `Kurdish`) gives None, so that a person
asks.
"""

import re
import unicodedata

# tag name, other name; …
_TABLE = """
am amharic; ar arabic; hy armenian; bn bengali, bangla
zh-Hans simplified chinese, chinese simplified, mandarin simplified, zh cn, zh hans
zh-Hant traditional chinese, chinese traditional, mandarin traditional, zh tw, zh hk
en english, ingles, eng; fr french, francais; ka georgian
ht haitian creole, haitian, kreyol, creole haitian, creole haiti; hi hindi; ne nepali; qu quechua
ps pashto, pushto, pashtu; fa persian, farsi, farsi persian; fa-AF dari
pt portuguese, brazilian portuguese, portuguese brazil, portugues; pa punjabi, panjabi; ro romanian
ru russian; so somali; es spanish, espanol, castellano, spa; ti tigrinya, tigrigna; tr turkish
uk ukrainian; ur urdu; uz uzbek; vi vietnamese; mam mam; quc kiche, quiche; kek qeqchi, kekchi, ketchi
ixl ixil; kjb qanjobal, kanjobal; knj akateko, acateco; cac chuj; cab garifuna
jac popti, jakalteko, jacalteco; cak kaqchikel, cakchiquel; poc poqomam; poh poqomchi
agu awakateko, aguacateco; usp uspanteko; tzj tzutujil, tzutuhil; caa chorti; mop mopan; tzo tzotzil
tzh tzeltal; ak akan; tw twi; ig igbo; yo yoruba; ha hausa; wo wolof; ln lingala; sw swahili, kiswahili
ff fulani, fulah, fula, pulaar, peul; bm bambara; om oromo, afan oromo; rw kinyarwanda; rn kirundi
de german; it italian; pl polish; bg bulgarian; sq albanian; az azerbaijani, azeri; kk kazakh
ky kyrgyz, kirghiz; tg tajik; tk turkmen; mn mongolian; ko korean; ja japanese; th thai
km khmer, cambodian; lo lao, laotian; my burmese; id indonesian; tl tagalog, filipino; gu gujarati
ta tamil; te telugu; ml malayalam; kn kannada; mr marathi; si sinhala, sinhalese; ku kurmanji; ckb sorani
he hebrew; el greek; sr serbian; hr croatian; bs bosnian; hu hungarian
"""


def language_tag(text: str) -> str | None:
    """The BCP 47 tag of a language given by English name, own name in Latin letters, or tag; None if not
    certain.
    """
    folded = _fold(text)
    if not folded:
        return None
    if found := _BY_NAME.get(folded):
        return found
    # "Spanish (Mexico)", "Arabic - Levantine": the variety is for the interpreter, the language is certain.
    return _BY_NAME.get(_fold(re.split(r"[(/,;]| - ", text)[0])) if "/" not in text else None


def _fold(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    return re.sub(r"[^a-z]+", " ", re.sub(r"['’‘ʼ`]", "", plain)).strip()


def _read_table() -> dict[str, str]:
    by_name: dict[str, str] = {}
    for entry in _TABLE.strip().replace("\n", ";").split(";"):
        tag, _, names = entry.strip().partition(" ")
        by_name |= {_fold(name): tag for name in (tag, *names.split(","))}
    return by_name


_BY_NAME = _read_table()
