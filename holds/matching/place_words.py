"""The words of which the names of places of detention are made.

Compiled from the spellings in the agency's own facility workbooks: what is short for what, which words say
*what kind* of place it is, and which words tell two places of one name apart.
"""

from types import MappingProxyType


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Written short -> written out. Both sides of a comparison are written out, so either may be short;
# words that are SILENT below are left out here too.
# `cty` is absent on purpose: lists use it for county and for city.
WRITTEN_OUT = MappingProxyType(
    {
        short: tuple(long.split())
        for short, long in {
            "adc": "adult detention center", "admin": "administrative", "bldg": "building",
            "cc": "correctional center", "cdf": "contract detention facility", "cen": "center",
            "cent": "center", "centre": "center", "cf": "correctional facility",
            "ci": "correctional institution", "cnt": "center", "cntr": "center", "cntrl": "central",
            "cnty": "county", "co": "county", "comm": "community", "cmplx": "complex",
            "comp": "complex", "con": "contract", "contr": "contract",
            "cor": "correctional", "corr": "correctional", "correction": "correctional",
            "corrections": "correctional", "corrl": "correctional", "cplx": "complex", "ctr": "center",
            "centers": "center", "ctrs": "center", "dc": "detention center", "dent": "detention",
            "dept": "department",
            "dormitory": "dorm",
            "det": "detention", "deten": "detention", "detent": "detention", "detn": "detention",
            "df": "detention facility", "dist": "district", "doc": "department correctional",
            "fac": "facility", "facil": "facility", "fam": "family",
            "fci": "federal correctional institution", "fclty": "facility",
            "fdc": "federal detention center", "fed": "federal", "female": "women", "females": "women",
            "fmc": "federal medical center", "frc": "family residential center", "ft": "fort",
            "gen": "general", "holdroom": "hold room", "holding": "hold", "hosp": "hospital",
            "ica": "immigration center america", "imm": "immigration", "inst": "institution",
            "institute": "institution", "intl": "international", "ipc": "processing center",
            "jc": "justice center", "just": "justice", "juv": "juvenile", "juvenille": "juvenile",
            "lec": "law enforcement center", "male": "men", "males": "men",
            "mcc": "metropolitan correctional center", "mdc": "metropolitan detention center",
            "med": "medical", "mens": "men", "met": "metropolitan", "mt": "mount", "natl": "national",
            "pc": "processing center", "pd": "police department", "pen": "penitentiary",
            "proc": "processing", "prsh": "parish", "psych": "psychiatric", "pub": "public",
            "rdc": "regional detention center", "rdf": "regional detention facility", "reg": "regional",
            "regl": "regional", "res": "residential", "rj": "regional jail", "rm": "room", "sec": "secure",
            "serv": "service",
            "sfty": "safety", "sheriffs": "sheriff", "so": "sheriff office",
            "spc": "service processing center", "spgs": "springs", "st": "saint", "sta": "station",
            "ste": "sainte", "stg": "staging", "suboffice": "sub office", "svc": "service",
            "svcs": "service", "services": "service", "usp": "penitentiary", "womans": "women",
            "womens": "women", "yth": "youth",
        }.items()
    }
)  # fmt: skip

DIRECTIONS = MappingProxyType(
    {
        "n": "north", "s": "south", "e": "east", "w": "west",
        "ne": "northeast", "nw": "northwest", "se": "southeast", "sw": "southwest",
    }
)  # fmt: skip

# A name of these words alone (`CENTRAL REGIONAL JAIL`) is borne by places in many states.
COMPASS = _words(
    "north south east west central northern southern eastern western northeast northwest southeast southwest"
)

# Said or left out without meaning another place: articles, the agency, the companies that run places.
SILENT = _words("the of at and for an us ins ice ero dro dhs inc llc corp corporation cca geo corecivic mtc")

# Whose place it is. Two places of one name differ in it: a city jail is not the county jail.
LEVELS = _words("county parish city state regional borough municipal district nation tribal police")

# Names with one of these are borne by places in several states.
ONE_OF_MANY = LEVELS - {"regional", "state", "nation", "tribal"}

# Which part of a place, or which of several, it is. Any difference makes it another place to write to.
PARTS = _words(
    "annex main dorm unit pod building women men minimum medium maximum pretrial intake release reception "
    "civil temporary tent satellite ii iii iv"
)
COUNTED = _words("ii iii iv")

# A word that says the kind -> the kinds it may mean. Lists change `jail` for `detention center` freely;
# they don't call a processing center a jail.
MAY_MEAN = MappingProxyType(
    {
        "jail": frozenset({"local"}), "sheriff": frozenset({"local"}), "justice": frozenset({"local"}),
        "safety": frozenset({"local"}),
        "enforcement": frozenset({"local"}),
        "detention": frozenset({"local", "agency"}),
        "correctional": frozenset({"local", "prison"}),
        "prison": frozenset({"prison"}), "penitentiary": frozenset({"prison"}),
        "institution": frozenset({"prison"}),
        "processing": frozenset({"agency"}), "contract": frozenset({"agency"}),
    }
)  # fmt: skip

# A word that says the kind, and that no list leaves out or exchanges: word -> kind.
ALWAYS_MEANS = MappingProxyType(
    {
        word: kind
        for kind, words in {
            "federal": "federal",
            "metropolitan": "metropolitan",
            "hold": "hold custody",
            "hospital": "hospital medical psychiatric clinic nursing health behavioral infirmary",
            "hotel": "hotel inn motel suites lodge",
            "juvenile": "juvenile youth child children girls boys shelter",
            "family": "family residential",
            "staging": "staging",
            "transitional": "transitional transfer",
            "marshals": "marshals",
        }.items()
        for word in words.split()
    }
)

# Words that belong to no name: they may come or go.
PLAIN = _words(
    "center facility complex campus department office adult secure service law public administrative "
    "station sub field academy room area criminal inmate immigration"
)

# What stands in a location cell when there is no location.
NO_PLACE = _words(
    "redacted unknown none na n/a unavailable tbd other null not-available not-detained non-detained "
    "released release paroled parole ror atd removed bonded"
)

KIND_WORDS = PLAIN | frozenset(MAY_MEAN) | frozenset(ALWAYS_MEANS)
# Long enough, and far enough from any name, that one letter wrong is a slip and not another word.
SNAPPED = _words(
    "center complex contract correctional county department detention enforcement facility federal "
    "hospital institution justice juvenile medical metropolitan penitentiary processing psychiatric "
    "regional residential service services sheriff staging transitional institute correction corrections"
)

STATE_NAMES = MappingProxyType(
    {
        "alabama": "AL", "alaska": "AK", "american samoa": "AS", "arizona": "AZ", "arkansas": "AR",
        "california": "CA", "colorado": "CO", "connecticut": "CT", "delaware": "DE",
        "district of columbia": "DC", "florida": "FL", "georgia": "GA", "guam": "GU", "hawaii": "HI",
        "idaho": "ID", "illinois": "IL", "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY",
        "louisiana": "LA", "maine": "ME", "maryland": "MD", "massachusetts": "MA", "michigan": "MI",
        "minnesota": "MN", "mississippi": "MS", "missouri": "MO", "montana": "MT", "nebraska": "NE",
        "nevada": "NV", "new hampshire": "NH", "new jersey": "NJ", "new mexico": "NM", "new york": "NY",
        "north carolina": "NC", "north dakota": "ND", "northern mariana islands": "MP", "ohio": "OH",
        "oklahoma": "OK", "oregon": "OR", "pennsylvania": "PA", "puerto rico": "PR", "rhode island": "RI",
        "south carolina": "SC", "south dakota": "SD", "tennessee": "TN", "texas": "TX", "utah": "UT",
        "vermont": "VT", "virgin islands": "VI", "virginia": "VA", "washington": "WA",
        "west virginia": "WV", "wisconsin": "WI", "wyoming": "WY",
    }
)  # fmt: skip
STATE_CODES = frozenset(STATE_NAMES.values())
# `co`, `de`, `in`, `la`, `me`, `or` and the like are words: after a compass point (`SOUTH TX`) few are meant.
STATE_OF_CODE = MappingProxyType(
    {code.lower(): name for name, code in STATE_NAMES.items() if code in {"TX", "FL", "CA", "GA", "VA", "NJ"}}
)
STATE_WORDS = _words(" ".join(STATE_NAMES))

# Field offices of Enforcement and Removal Operations: a list names an area of responsibility by one's code.
FIELD_OFFICES = MappingProxyType(
    {
        "atlanta": "ATL", "baltimore": "BAL", "boston": "BOS", "buffalo": "BUF", "chicago": "CHI",
        "dallas": "DAL", "denver": "DEN", "detroit": "DET", "el paso": "ELP", "harlingen": "HLG",
        "houston": "HOU", "los angeles": "LOS", "miami": "MIA", "newark": "NEW", "new orleans": "NOL",
        "new york": "NYC", "new york city": "NYC", "philadelphia": "PHI", "phoenix": "PHO",
        "salt lake city": "SLC", "san antonio": "SNA", "san diego": "SND", "san francisco": "SFR",
        "seattle": "SEA", "saint paul": "SPM", "washington": "WAS", "washington dc": "WAS",
    }
)  # fmt: skip
