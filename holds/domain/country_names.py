"""Names of countries in the languages lists are written in beside English, for `country.py`.

Facts of Unicode CLDR, written by tests/holds/domain/make_country_names.py; a name that two countries bear in
different languages is left out. Each line: alpha-2, alpha-3 (`-`: see country.py), names.
"""

TABLE = """
AD - andorra, andorre
AE - emirados arabes unidos, emirati arabi uniti, emiratos arabes unidos, emirats arabes unis,
united arab emirates
AF - afeganistao, afganistan, afghanistan
AG - antigua barbuda, antigua e barbuda, antigua et barbuda, antigua y barbuda
AI - anguila, anguilla
AL - albania, albanie
AM - armenia, armenie
AO - angola
AQ - antarctica, antarctique, antartida, antartide
AR - argentina, argentine
AS - american samoa, samoa americaines, samoa americana, samoa americane
AT - austria, autriche
AU - australia, australie
AW - aruba
AX - aland islands, iles aland, ilhas aland, islas aland, isole aland
AZ - azerbaidjan, azerbaigian, azerbaijan, azerbaijao, azerbaiyan
BA - bosnia e herzegovina, bosnia ed erzegovina, bosnia herzegovina, bosnia y herzegovina,
bosnie herzegovine
BB - barbade, barbados
BD - banglades, bangladesh
BE - belgica, belgio, belgique, belgium
BF - burkina faso, burquina faso
BG - bulgaria, bulgarie
BH - bahrain, bahrein, barein
BI - burundi
BJ - benin
BL - saint barthelemy, san bartolome, sao bartolomeu, st barthelemy
BM - bermuda, bermudas, bermudes
BN - brunei
BO - bolivia, bolivie
BQ - caraibi olandesi, caribbean netherlands, caribe neerlandes, paises baixos caribenhos,
pays bas caribeens
BR - brasil, brasile, brazil, bresil
BS - bahamas
BT - bhoutan, bhutan, butan, butao
BV - bouvet island, ile bouvet, ilha bouvet, isla bouvet, isola bouvet
BW - botsuana, botswana
BY - belarus, bielorrusia, bielorrussia, bielorussia, bielorussie
BZ - belice, belize
CA - canada
CC - cocos, iles cocos, ilhas cocos, islas cocos, isole cocos
CD - congo kinshasa, republica democratica del congo
CF - central african republic, repubblica centrafricana, republica centro africana,
republica centroafricana, republique centrafricaine
CG - congo, congo brazzaville, republica do congo
CH - suica, suisse, suiza, svizzera, switzerland
CI - costa davorio, costa do marfim, cote divoire
CK - cook islands, iles cook, ilhas cook, islas cook, isole cook
CL - chile, chili, cile
CM - camaroes, cameroon, cameroun, camerun
CN - china, chine, cina
CO - colombia, colombie
CR - costa rica
CU - cuba
CV - cabo verde, cap vert, cape verde, capo verde
CW - curacao, curazao
CX - christmas island, ile christmas, ilha christmas, isla de navidad, isola christmas
CY - chipre, chypre, cipro, cyprus
CZ - cechia, chequia, czechia, tchequia, tchequie
DE - alemanha, alemania, allemagne, germania, germany
DJ - djibouti, djibuti, gibuti, yibuti
DK - danemark, danimarca, denmark, dinamarca
DM - dominica, dominique
DO - dominican republic, repubblica dominicana, republica dominicana, republique dominicaine
DZ - algeria, algerie, argelia
EC - ecuador, equador, equateur
EE - estonia, estonie
EG - egipto, egito, egitto, egypt, egypte
EH - saara ocidental, sahara occidental, sahara occidentale, western sahara
ER - eritrea, eritreia, erythree
ES - espagne, espana, espanha, spagna, spain
ET - ethiopia, ethiopie, etiopia
FI - finland, finlande, finlandia
FJ - fidji, figi, fiji, fiyi
FK - falkland islands, iles malouines, ilhas malvinas, islas malvinas, isole falkland
FM - micronesia, micronesie
FO - faroe islands, iles feroe, ilhas faroe, islas feroe, isole f r er
FR - franca, france, francia
GA - gabao, gabon
GB - regno unito, reino unido, royaume uni, united kingdom
GD - granada, grenada, grenade
GE - georgia, georgie
GF - french guiana, guayana francesa, guiana francesa, guyana francese, guyane francaise
GG - guernesey, guernsey
GH - gana, ghana
GI - gibilterra, gibraltar
GL - greenland, groenland, groenlandia
GM - gambia, gambie
GN - guine, guinea, guinee
GP - guadalupa, guadalupe, guadeloupe
GQ - equatorial guinea, guine equatorial, guinea ecuatorial, guinea equatoriale, guinee equatoriale
GR - grece, grecia, greece
GS - georgia del sud e sandwich australi, georgie du sud et les iles sandwich du sud,
ilhas georgia do sul e sandwich do sul, islas georgia del sur y sandwich del sur,
south georgia south sandwich islands
GT - guatemala
GU - guam
GW - guine bissau, guinea bisau, guinea bissau, guinee bissau
GY - guiana, guyana
HK - hong kong rae da china, hong kong sar china, r a s chinoise de hong kong, rae de hong kong,
ras di hong kong
HM - heard mcdonald islands, iles heard et macdonald, ilhas heard e mcdonald, islas heard y mcdonald,
isole heard e mcdonald
HN - honduras
HR - croacia, croatia, croatie, croazia
HT - haiti
HU - hongrie, hungary, hungria, ungheria
ID - indonesia, indonesie
IE - ireland, irlanda, irlande
IL - israel, israele
IM - ile de man, ilha de man, isla de man, isle of man, isola di man
IN - inde, india
IO - british indian ocean territory, territoire britannique de locean indien,
territorio britanico del oceano indico, territorio britanico do oceano indico,
territorio britannico delloceano indiano
IQ - irak, iraq, iraque
IR - ira, iran
IS - iceland, islanda, islande, islandia
IT - italia, italie, italy
JE - jersey
JM - giamaica, jamaica, jamaique
JO - giordania, jordan, jordania, jordanie
JP - giappone, japan, japao, japon
KE - kenia, kenya, quenia
KG - kirghizistan, kirghizstan, kirguistan, kyrgyzstan, quirguistao
KH - cambodge, cambodia, cambogia, camboja, camboya
KI - kiribati, quiribati
KM - comoras, comore, comores, comoros
KN - saint christophe et nieves, saint kitts e nevis, san cristobal y nieves, sao cristovao e nevis,
st kitts nevis
KP - corea del nord, corea del norte, coree du nord, coreia do norte, north korea
KR - corea del sud, corea del sur, coree du sud, coreia do sul, south korea
KW - koweit, kuwait
KY - cayman islands, iles caimans, ilhas cayman, islas caiman, isole cayman
KZ - cazaquistao, kazajistan, kazakhstan, kazakistan
LA - laos
LB - lebanon, liban, libano
LC - saint lucia, sainte lucie, santa lucia, st lucia
LI - liechtenstein
LK - sri lanka
LR - liberia
LS - lesotho, lesoto
LT - lithuania, lituania, lituanie
LU - lussemburgo, luxembourg, luxemburgo
LV - latvia, letonia, lettonia, lettonie
LY - libia, libya, libye
MA - maroc, marocco, marrocos, marruecos, morocco
MC - monaco
MD - moldavia, moldavie, moldova
ME - montenegro
MF - san martin, sao martinho, st martin
MG - madagascar
MH - iles marshall, ilhas marshall, islas marshall, isole marshall, marshall islands
MK - macedoine du nord, macedonia del nord, macedonia del norte, macedonia do norte, north macedonia
ML - mali
MM - mianmar, myanmar
MN - mongolia, mongolie
MO - macao sar china, macau rae da china, r a s chinoise de macao, rae de macao, ras di macao
MP - iles mariannes du nord, ilhas marianas do norte, islas marianas del norte,
isole marianne settentrionali, northern mariana islands
MQ - martinica, martinique
MR - mauritania, mauritanie
MS - montserrat
MT - malta, malte
MU - maurice, mauricio, mauritius
MV - maldivas, maldive, maldives
MW - malaui, malawi
MX - messico, mexico, mexique
MY - malaisie, malasia, malaysia
MZ - mocambique, mozambico, mozambique
NA - namibia, namibie
NC - new caledonia, nouvelle caledonie, nova caledonia, nueva caledonia, nuova caledonia
NE - niger
NF - ile norfolk, ilha norfolk, isla norfolk, isola norfolk, norfolk island
NG - nigeria
NI - nicaragua
NL - netherlands, paesi bassi, paises baixos, paises bajos, pays bas
NO - noruega, norvege, norvegia, norway
NP - nepal
NR - nauru
NU - niue
NZ - new zealand, nouvelle zelande, nova zelandia, nueva zelanda, nuova zelanda
OM - oma, oman
PA - panama
PE - perou, peru
PF - french polynesia, polinesia francesa, polinesia francese, polynesie francaise
PG - papouasie nouvelle guinee, papua new guinea, papua nova guine, papua nueva guinea, papua nuova guinea
PH - filipinas, filippine, philippines
PK - pakistan, paquistao
PL - poland, pologne, polonia
PM - saint pierre e miquelon, saint pierre et miquelon, san pedro y miquelon, sao pedro e miquelao,
st pierre miquelon
PN - iles pitcairn, ilhas pitcairn, islas pitcairn, isole pitcairn, pitcairn islands
PR - porto rico, portorico, puerto rico
PS - palestinian territories, territoires palestiniens, territori palestinesi, territorios palestinos
PT - portogallo, portugal
PW - palaos, palau
PY - paraguai, paraguay
QA - catar, qatar
RE - la reunion, reuniao, reunion, riunione
RO - romania, romenia, roumanie, rumania
RS - serbia, serbie, servia
RU - rusia, russia, russie
RW - ruanda, rwanda
SA - arabia saudi, arabia saudita, arabie saoudite, saudi arabia
SB - iles salomon, ilhas salomao, islas salomon, isole salomone, solomon islands
SC - seicheles, seychelles
SD - soudan, sudan, sudao
SE - suecia, suede, svezia, sweden
SG - singapore, singapour, singapur, singapura
SH - sainte helene, santa elena, santa helena, santelena, st helena
SI - eslovenia, slovenia, slovenie
SJ - svalbard e jan mayen, svalbard et jan mayen, svalbard jan mayen, svalbard y jan mayen
SK - eslovaquia, slovacchia, slovakia, slovaquie
SL - serra leoa, sierra leona, sierra leone
SM - saint marin, san marino
SN - senegal
SO - somalia, somalie
SR - surinam, suriname
SS - soudan du sud, south sudan, sud sudan, sudan del sur, sudao do sul
ST - santo tome y principe, sao tome e principe, sao tome et principe, sao tome principe
SV - el salvador, salvador
SX - sint maarten
SY - siria, syria, syrie
SZ - essuatini, esuatini, eswatini
TC - iles turques et caiques, ilhas turcas e caicos, islas turcas y caicos, isole turks e caicos,
turks caicos islands
TD - chad, chade, ciad, tchad
TF - french southern territories, terre australi francesi, terres australes francaises,
territorios australes franceses, territorios franceses do sul
TG - togo
TH - tailandia, thailand, thailande, thailandia
TJ - tadjikistan, tadjiquistao, tagikistan, tajikistan, tayikistan
TK - tokelau
TL - timor est, timor leste, timor oriental
TM - turcomenistao, turkmenistan
TN - tunez, tunisia, tunisie
TO - tonga
TR - turchia, turkiye, turquia, turquie
TT - trinidad e tobago, trinidad tobago, trinidad y tobago, trinite et tobago
TV - tuvalu
TW - taiwan
TZ - tanzania, tanzanie
UA - ucraina, ucrania, ukraine
UG - ouganda, uganda
UM - iles mineures eloignees des etats unis, ilhas menores distantes dos eua,
islas menores alejadas de ee uu, isole minori esterne degli stati uniti, u s outlying islands
US - estados unidos, etats unis, stati uniti, united states
UY - uruguai, uruguay
UZ - ouzbekistan, uzbekistan, uzbequistao
VA - cidade do vaticano, citta del vaticano, ciudad del vaticano, etat de la cite du vatican, vatican city
VC - saint vincent e grenadine, saint vincent et les grenadines, san vicente y las granadinas,
sao vicente e granadinas, st vincent grenadines
VE - venezuela
VG - british virgin islands, iles vierges britanniques, ilhas virgens britanicas, islas virgenes britanicas,
isole vergini britanniche
VI - iles vierges des etats unis, ilhas virgens americanas, islas virgenes de ee uu,
isole vergini americane, u s virgin islands
VN - viet nam, vietna, vietnam
VU - vanuatu
WF - wallis e futuna, wallis et futuna, wallis futuna, wallis y futuna
WS - samoa
XK - kosovo
YE - iemen, yemen
YT - mayotte
ZA - africa do sul, afrique du sud, south africa, sudafrica
ZM - zambia, zambie
ZW - zimbabue, zimbabwe
"""
