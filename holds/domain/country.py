"""Countries and territories as agencies write them, to ISO 3166-1 alpha-2.

Reads alpha-2 and alpha-3 codes, English short names, the spellings of U.S. immigration lists (`CONGO, DEM REP
OF THE`, `BURMA`, `PEOPLES REP OF CHINA`), former names that say which state is meant now, and some demonyms.
A name that fits two states (`KOREA`, `GUINEA REPUBLICS`), a state that is no more (`USSR`, `YUGOSLAVIA`) and
a stateless person give None: nobody's nationality is guessed. Note that two-letter codes are read as ISO, not
as EOIR or FIPS. Names in Spanish, French and Portuguese stand in `country_names.py`.
"""

import re
import unicodedata
from functools import cache

from holds.domain.country_names import TABLE as OTHER_LANGUAGES

# alpha-2 alpha-3 name, other name, …; the order of words and the little words in _NOISE do not count.
_TABLE = """
AD AND andorra; AE ARE united arab emirates, uae, u a e; AF AFG afghanistan, afghan, afghani
AG ATG antigua and barbuda, antigua barbuda, antigua; AI AIA anguilla; AL ALB albania, albanian
AM ARM armenia, armenian; AO AGO angola, angolan; AQ ATA antarctica; AR ARG argentina, argentine, argentinian
AS ASM american samoa; AT AUT austria, austrian; AU AUS australia, australian; AW ABW aruba
AX ALA aland islands, aland; AZ AZE azerbaijan, azerbaidzhan, azerbaijani
BA BIH bosnia and herzegovina, bosnia hercegovina, bosnia, bosnian; BB BRB barbados
BD BGD bangladesh, bangladeshi; BE BEL belgium, belgian; BF BFA burkina faso, upper volta, burkina, burkinabe
BG BGR bulgaria, bulgarian; BH BHR bahrain, bahrein; BI BDI burundi, burundian; BJ BEN benin, dahomey
BL BLM saint barthelemy; BM BMU bermuda; BN BRN brunei, brunei darussalam; BO BOL bolivia, bolivian,
plurinational state bolivia; BQ BES caribbean netherlands, bonaire sint eustatius and saba, bonaire
BR BRA brazil, brasil, brazilian; BS BHS bahamas, bahamian; BT BTN bhutan, bhutanese; BV BVT bouvet island
BW BWA botswana; BY BLR belarus, byelorussia, belorussia, belarusian
BZ BLZ belize, british honduras, belizean
CA CAN canada, canadian; CC CCK cocos islands, cocos keeling islands, keeling islands
CD COD democratic republic congo, dr congo, drc, zaire, congo kinshasa, d r congo, congolese dem rep
CF CAF central african republic, c a r; CG COG congo, republic congo, congo brazzaville
CH CHE switzerland, swiss; CI CIV cote d ivoire, cote divoire, ivory coast, ivorian; CK COK cook islands
CL CHL chile, chilean; CM CMR cameroon, cameroun, cameroonian, cameroons
CN CHN china, peoples republic china, prc, p r c, p r china, mainland china, chinese
CO COL colombia, colombian, columbia; CR CRI costa rica, costa rican; CU CUB cuba, cuban
CV CPV cape verde, cabo verde, cape verde islands; CW CUW curacao; CX CXR christmas island
CY CYP cyprus, cypriot; CZ CZE czechia, czech republic, czech
DE DEU germany, federal republic germany, german
DJ DJI djibouti; DK DNK denmark, danish; DM DMA dominica
DO DOM dominican republic, dominican rep, santo domingo, rep dominicana, republica dominicana
DZ DZA algeria, algerian; EC ECU ecuador, ecuadorian, ecuadorean; EE EST estonia, estonian
EG EGY egypt, arab republic egypt, egyptian; EH ESH western sahara, spanish sahara; ER ERI eritrea, eritrean
ES ESP spain, spanish; ET ETH ethiopia, ethiopian; FI FIN finland, finnish; FJ FJI fiji, fijian
FK FLK falkland islands, falkland islands malvinas; FM FSM micronesia, federated states micronesia
FO FRO faroe islands, faeroe islands; FR FRA france, french; GA GAB gabon
GB GBR united kingdom, great britain, britain, uk, u k, england, scotland, wales, northern ireland, british,
united kingdom great britain and northern ireland; GD GRD grenada
GE GEO georgia, republic georgia, georgian; GF GUF french guiana; GG GGY guernsey
GH GHA ghana, ghanaian, ghanian; GI GIB gibraltar; GL GRL greenland; GM GMB gambia, gambian
GN GIN guinea, republic guinea, guinea conakry, guinean; GP GLP guadeloupe; GQ GNQ equatorial guinea
GR GRC greece, hellenic republic, greek; GS SGS south georgia and south sandwich islands
GT GTM guatemala, guatemalan, guate, guat; GU GUM guam; GW GNB guinea bissau, portuguese guinea
GY GUY guyana, guyanese
HK HKG hong kong, hong kong sar, hong kong sar china; HM HMD heard island and mcdonald islands
HN HND honduras, honduran, hond; HR HRV croatia, croatian; HT HTI haiti, haitian; HU HUN hungary, hungarian
ID IDN indonesia, indonesian; IE IRL ireland, irish, eire; IL ISR israel, israeli; IM IMN isle man
IN IND india, indian; IO IOT british indian ocean territory; IQ IRQ iraq, iraqi
IR IRN iran, islamic republic iran, iranian; IS ISL iceland; IT ITA italy, italian; JE JEY jersey
JM JAM jamaica, jamaican; JO JOR jordan, hashemite kingdom jordan, jordanian; JP JPN japan, japanese
KE KEN kenya, kenyan; KG KGZ kyrgyzstan, kirghizia, kirgizia, kirgizstan, kyrgyz republic, kyrgyz
KH KHM cambodia, kampuchea, cambodian; KI KIR kiribati; KM COM comoros, comoro islands
KN KNA saint kitts and nevis, saint kitts nevis, saint christopher nevis, saint kitts
KP PRK north korea, democratic peoples republic korea, dprk, korea dpr
KR KOR south korea, republic korea, rok, south korean; KW KWT kuwait, kuwaiti; KY CYM cayman islands
KZ KAZ kazakhstan, kazakstan, kazakh; LA LAO laos, lao peoples democratic republic, lao pdr, laotian
LB LBN lebanon, lebanese; LC LCA saint lucia; LI LIE liechtenstein; LK LKA sri lanka, ceylon, sri lankan
LR LBR liberia, liberian; LS LSO lesotho, basutoland; LT LTU lithuania, lithuanian; LU LUX luxembourg
LV LVA latvia, latvian
LY LBY libya, libyan arab jamahiriya, socialist peoples libyan arab jamahiriya, libyan
MA MAR morocco, moroccan; MC MCO monaco
MD MDA moldova, moldavia, republic moldova, moldovan; ME MNE montenegro, montenegrin
MF MAF saint martin, french saint martin; MG MDG madagascar, malagasy republic; MH MHL marshall islands
MK MKD north macedonia, macedonia, former yugoslav republic macedonia, fyrom; ML MLI mali, malian
MM MMR myanmar, burma, burmese, myanmar burma, burma myanmar; MN MNG mongolia, mongolian
MO MAC macau, macao, macau sar, macao sar china; MP MNP northern mariana islands, cnmi
MQ MTQ martinique; MR MRT mauritania, islamic republic mauritania, mauritanian; MS MSR montserrat
MT MLT malta
MU MUS mauritius; MV MDV maldives, maldive islands; MW MWI malawi, nyasaland
MX MEX mexico, mexican, united mexican states; MY MYS malaysia, malaysian; MZ MOZ mozambique
NA NAM namibia, south west africa; NC NCL new caledonia; NE NER niger; NF NFK norfolk island
NG NGA nigeria, nigerian; NI NIC nicaragua, nicaraguan; NL NLD netherlands, holland, dutch; NO NOR norway
NP NPL nepal, nepalese, nepali; NR NRU nauru; NU NIU niue; NZ NZL new zealand; OM OMN oman, muscat and oman
PA PAN panama, panamanian; PE PER peru, peruvian; PF PYF french polynesia, tahiti; PG PNG papua new guinea
PH PHL philippines, philippine, filipino; PK PAK pakistan, pakistani; PL POL poland, polish
PM SPM saint pierre and miquelon; PN PCN pitcairn islands, pitcairn; PR PRI puerto rico
PS PSE palestine, palestinian territories, west bank, gaza, gaza strip, west bank and gaza, palestinian,
occupied palestinian territory, state palestine; PT PRT portugal, portuguese; PW PLW palau
PY PRY paraguay, paraguayan; QA QAT qatar; RE REU reunion; RO ROU romania, rumania, roumania, romanian
RS SRB serbia, republic serbia, serbian; RU RUS russia, russian federation, russian; RW RWA rwanda, rwandan
SA SAU saudi arabia, kingdom saudi arabia, saudi; SB SLB solomon islands; SC SYC seychelles
SD SDN sudan, republic sudan, sudanese; SE SWE sweden, swedish; SG SGP singapore; SH SHN saint helena
SI SVN slovenia; SJ SJM svalbard and jan mayen; SK SVK slovakia, slovak republic, slovak
SL SLE sierra leone, sierra leonean; SM SMR san marino; SN SEN senegal, senegalese; SO SOM somalia, somali
SR SUR suriname, surinam, dutch guiana; SS SSD south sudan, south sudanese
ST STP sao tome and principe, sao tome; SV SLV el salvador, salvador, salvadoran, salvadorian, elsal, salv
SX SXM sint maarten; SY SYR syria, syrian arab republic, syrian; SZ SWZ eswatini, swaziland
TC TCA turks and caicos islands; TD TCD chad, chadian; TF ATF french southern territories
TG TGO togo, togolese
TH THA thailand, thai; TJ TJK tajikistan, tadzhikistan, tadjikistan, tajik; TK TKL tokelau
TL TLS timor leste, east timor; TM TKM turkmenistan, turkmen; TN TUN tunisia, tunisian; TO TON tonga
TR TUR turkey, turkiye, republic turkiye, turkish; TT TTO trinidad and tobago, trinidad tobago, trinidad
TV TUV tuvalu; TW TWN taiwan, republic china taiwan, taiwan province china, taiwanese, taiwan roc
TZ TZA tanzania, united republic tanzania, tanzanian; UA UKR ukraine, ukrainian; UG UGA uganda, ugandan
UM UMI united states minor outlying islands
US USA united states, united states america, u s a, u s, american; UY URY uruguay, uruguayan
UZ UZB uzbekistan, uzbek; VA VAT vatican city, holy see, vatican; VC VCT saint vincent and grenadines,
saint vincent grenadines, saint vincent; VE VEN venezuela, bolivarian republic venezuela, venezuelan
VG VGB british virgin islands
VI VIR united states virgin islands, u s virgin islands, virgin islands united states
VN VNM vietnam, viet nam, socialist republic vietnam, vietnamese; VU VUT vanuatu, new hebrides
WF WLF wallis and futuna, wallis and futuna islands; WS WSM samoa, western samoa; XK XKX kosovo, kosovan
YE YEM yemen, republic yemen, yemen sanaa, yemen aden, yemeni; YT MYT mayotte
ZA ZAF south africa, republic south africa, south african; ZM ZMB zambia, zambian; ZW ZWE zimbabwe, rhodesia
"""

_TWO_STATES = {"china", "congo", "korea", "yemen", "guinea", "sudan"}
_NOISE = {"the", "of", "and"}
_SHORTENED = {
    "rep": "republic", "repub": "republic", "republica": "republic", "dem": "democratic", "fed": "federation",
    "st": "saint", "is": "islands", "isl": "islands", "isls": "islands", "island": "islands",
    "peop": "peoples", "people": "peoples", "ppls": "peoples", "terr": "territory", "afr": "african",
    "no": "north", "so": "south", "n": "north", "s": "south", "fmr": "former", "dom": "dominican",
}  # fmt: skip
# What a state calls itself beside its name: "Islamic Rep of Pakistan", "Commonwealth of the Bahamas".
_FORMS = {
    "republic", "kingdom", "state", "sultanate", "principality", "emirate", "commonwealth", "union",
    "islamic", "federal", "federation", "democratic", "peoples", "socialist", "cooperative", "co",
    "operative", "oriental", "bolivarian", "plurinational", "hashemite", "independent", "arab", "united",
    "great", "sovereign",
}  # fmt: skip
_ASIDE = re.compile(r"(.+?)\s*\((.+)\)\s*")


def country_code(text: str) -> str | None:
    """The ISO 3166-1 alpha-2 code (XK for Kosovo) of a country, or None when it is blank, unknown or
    ambiguous.
    """
    by_code, by_words, by_joined = _directory()
    folded = _fold(text)
    code = folded.replace(" ", "").upper()
    # A code is written in capitals of its own ("PER"); spaced initials such as "U S" are names.
    if " " not in folded and code in by_code:
        return by_code[code]
    if not folded:
        return None
    words = _words(folded)
    return by_words.get(words) or by_joined.get(code) or _by_what_is_left(words) or _beside_an_aside(text)


def _by_what_is_left(words: tuple[str, ...]) -> str | None:
    """ "Republic of Cuba" is Cuba; without the word, "Republic of China" would be the wrong China."""
    plainer = tuple(word for word in words if word not in _FORMS)
    if plainer == words or (len(plainer) == 1 and plainer[0] in _TWO_STATES):
        return None
    return _directory()[1].get(plainer)


def _beside_an_aside(text: str) -> str | None:
    """`CAMBODIA (KAMPUCHEA)`: the country outside the brackets, unless what is in them is another."""
    match = _ASIDE.fullmatch(text)
    if not match:
        return None
    outside, inside = country_code(match[1]), country_code(match[2])
    return outside if inside in (None, outside) else None


def all_country_codes() -> frozenset[str]:
    """Every alpha-2 code the table knows."""
    return frozenset(_directory()[0].values())


@cache
def _directory() -> tuple[dict[str, str], dict[tuple[str, ...], str], dict[str, str]]:
    by_code: dict[str, str] = {}
    by_joined: dict[str, str] = {}
    by_words: dict[tuple[str, ...], str] = {}
    whole = f"{_TABLE.strip()}\n{OTHER_LANGUAGES.strip()}"
    for entry in re.sub(r",\s*\n", ", ", whole).replace("\n", ";").split(";"):
        alpha2, alpha3, names = entry.strip().split(" ", 2)
        by_code |= {code: alpha2 for code in (alpha2, alpha3) if code != "-"}
        for name in names.split(","):
            words = _words(_fold(name))
            by_joined[_fold(name).replace(" ", "").upper()] = alpha2
            # A table that gives one name to two countries would decide by its order; refuse it at first use.
            if by_words.setdefault(words, alpha2) != alpha2:
                raise ValueError(f"{name.strip()} is listed for {alpha2} and {by_words[words]}")
    return by_code, by_words, by_joined


def _fold(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"['’‘`]", "", plain)).strip()


def _words(folded: str) -> tuple[str, ...]:
    """The words that count, in one order, so that `CHINA, PEOPLES REP OF` and `Peoples Republic of China`
    meet.
    """
    words = {_SHORTENED.get(word, word) for word in folded.split()} - _NOISE
    return tuple(sorted(words))
