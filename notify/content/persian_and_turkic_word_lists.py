"""The lists of `word_lists` for Turkish, written as in `more_word_lists`: drafted, a floor, `/` between entries.

A star stands for any ending: these languages hang case, number and person on the end of a word.
"""

from __future__ import annotations

CONFIDENTIAL: dict[str, str] = {
    # "hâkim" (judge) is left out: folded it is also one of the commonest names.
    "tr": (
        "sığınma* / iltica* / mülteci* / gözaltı* / alıkon* / tutuk* / nezaret* / göçmen* / göç idare* / sınır"
        " dışı* / sınırdışı* / deport* / geri gönderme* / yabancı* / kaçak* / vatandaş* / uyruk* / uyruğ* / a"
        " numara* / inandırıcı korku* / makul korku* / korku görüşme* / korku mülakat* / zulüm* / zulme* /"
        " zulmü* / işkence* / sınır devriye* / gümrük* / gümrüğ* / vize / vizesi* / vizeyi / vizeye / vizeler*"
        " / hapis / hapse / hapiste* / hapishane* / cezaev* / mahkum* / mahkeme* / yargıç* / yargıc* /"
        " duruşma* / insan ticaret* / insan kaçakçı*"
    ),
}

LETTER: dict[str, str] = {
    "tr": (
        "inandırıcı korku* / makul korku* / haklı korku* / olumlu sonuç* / olumsuz sonuç* / zulüm* / zulme* /"
        " zulmü* / siyasi görüş* / siyasi düşünce* / toplumsal grup* / sosyal grup* / cinsel yönelim* /"
        " eşcinsel* / biseksüel* / lezbiyen* / trans / transseksüel* / insan ticaret* / aile içi şiddet* / ev"
        " içi şiddet* / tecavüz* / cinsel istismar* / cinsel saldırı* / işkence* / u vizesi* / t vizesi* /"
        " muhbir* / çete / çetesi* / çeteye / çeteler* / dinden dön* / mürted* / dine hakaret* / kutsala"
        " hakaret* / sığınmacı* / sığınma başvuru* / sığınma talep* / sığınma taleb* / iltica başvuru* /"
        " iltica talep* / iltica taleb*"
    ),
}

PEOPLES: tuple[str, ...] = (
    "acem / azeri* / ermeni* / gürcü* / kürt* / kürd* / suriyeli* / ıraklı* / rus / ruslar* / rusyalı* / özbek*"
    " / türkmen* / kırgız* / kazak / kazaklar* / tacik* / çeçen* / çinli* / hintli* / kübalı* / haitili* /"
    " moritanyalı* / faslı* / mısırlı* / cezayirli* / ürdünlü* / lübnanlı* / arap / araplar* / peştun* / hazara*",
)
