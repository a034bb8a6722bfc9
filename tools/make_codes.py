"""Make graphs/data/{countries,withdrawn_countries,currencies}.csv from three npm packages.

Run only when a list changes; the CSV files are committed and nothing else needs this script:

    npm pack i18n-iso-countries@7.14.0 cldr-localenames-full@48.2.0 currency-codes@2.2.0
    python tools/make_codes.py FOLDER_WITH_THE_THREE_TGZ

Codes and English names come from i18n-iso-countries (MIT), names in other languages from
cldr-localenames-full (Unicode-3.0), currencies from currency-codes (MIT). The
tables below are our own: the name shown on pages, further spellings seen in case files, codes
that ISO withdrew, and currencies whose status changed after the package's list of 2024-06-25.
"""

import csv
import hashlib
import io
import json
import sys
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path

PACKAGES = {
    "i18n-iso-countries-7.14.0.tgz": (
        "bb418ebfb965789fcfbcce7dee59888d901ef64b03601da78b2e224cd6f5825c"
    ),
    "cldr-localenames-full-48.2.0.tgz": (
        "7f2ac7fd3b5d90f56ad127f9ed5ae67b58b3e556818f55530b9f47bb81bcde57"
    ),
    "currency-codes-2.2.0.tgz": (
        "741edb04557a9c7c5312567dac46c6fe4866623ef20fd3687b586e9b31f4a4b9"
    ),
}
# Languages of case files from members of the Bali Process and their neighbours. CLDR, since
# i18n-iso-countries has wrong names in some (its Dhivehi "Namibia" reads Nauru).
LANGUAGES = """
    ar bn fa fil fr gu hi id ja jv kk km kn ko ku ky lo ml mn mr ms my ne pa ps pt ru sd si ta te
    tg th tk tr ug ur uz vi zh zh-Hant
"""

# The name on pages: the common English short name, one reading each, short enough for a map.
SHOWN = {
    "BN": "Brunei Darussalam",
    "CD": "Congo (Kinshasa)",
    "CG": "Congo (Brazzaville)",
    "CI": "Côte d'Ivoire",
    "CN": "China",
    "CV": "Cabo Verde",
    "CZ": "Czechia",
    "FK": "Falkland Islands",
    "FM": "Micronesia",
    "GM": "Gambia",
    "IR": "Iran",
    "KP": "DPR Korea",
    "KR": "Republic of Korea",
    "LA": "Lao PDR",
    "MD": "Moldova",
    "MK": "North Macedonia",
    "MO": "Macao",
    "NL": "Netherlands",
    "PN": "Pitcairn",
    "PS": "Palestine",
    "RE": "Réunion",
    "RU": "Russia",
    "ST": "São Tomé and Príncipe",
    "SY": "Syria",
    "TR": "Türkiye",
    "TW": "Taiwan",
    "TZ": "Tanzania",
    "UM": "US Minor Outlying Islands",
    "US": "United States",
    "VA": "Holy See",
    "VG": "British Virgin Islands",
    "VI": "US Virgin Islands",
    "VN": "Viet Nam",
}
FURTHER = {
    "AE": "الإمارات;امارات;U.A.E.;Emirates;United Arab Emirates (the)",
    "BA": "Bosnia;Bosnia-Herzegovina",
    "BN": "Brunei;Negara Brunei Darussalam",
    "BO": "Bolivia (Plurinational State of)",
    "BS": "Bahamas (the)",
    "CC": "Cocos Islands;Keeling Islands",
    "CD": "DRC;DR Congo;Congo-Kinshasa;Zaire;Congo (the Democratic Republic of the)",
    "CG": "Congo-Brazzaville;Congo (the)",
    "CN": "PRC;P.R. China;PR China;Mainland China;China (PRC)",
    "CV": "Cape Verde",
    "CZ": "Czech Republic",
    "DO": "Dominican Republic (the)",
    "FK": "Falkland Islands (the) [Malvinas];Malvinas",
    "FM": "FSM;Federated States of Micronesia;Micronesia (Federated States of)",
    "GB": (
        "U.K.;Britain;England;Scotland;Wales;Northern Ireland;United Kingdom of Great Britain "
        "and Northern Ireland (the)"
    ),
    "GR": "Hellas;EL",
    "HK": "HKSAR;Hong Kong SAR;Hong Kong SAR China;Hongkong;Hong Kong, China",
    "ID": "Republik Indonesia",
    "IN": "Bharat",
    "IR": "Iran (Islamic Republic of);Persia",
    "KG": "Kirghizstan;Kyrgyz Republic",
    "KH": "Kampuchea;Kingdom of Cambodia",
    "KN": "St Kitts and Nevis;St. Kitts and Nevis",
    "KP": (
        "DPRK;D.P.R.K.;Korea (the Democratic People's Republic of);Democratic People's Republic "
        "of Korea;Korea, North"
    ),
    "KR": "ROK;R.O.K.;Korea (the Republic of);Korea, South",
    "LA": "Laos;Lao;Lao P.D.R.;Lao People's Democratic Republic (the)",
    "LC": "St Lucia;St. Lucia",
    "LK": "Ceylon;Srilanka",
    "MD": "Moldova (the Republic of)",
    "MH": "RMI;Republic of the Marshall Islands;Marshall Islands (the)",
    "MK": "Macedonia;FYROM",
    "MM": "Burma;Myanmar (Burma);Union of Myanmar",
    "MO": "Macau;Macau SAR;Macao SAR;Macao SAR China;MSAR",
    "MV": "ދިވެހިރާއްޖެ;Maldive Islands;Republic of Maldives",
    "NZ": "Aotearoa",
    "PG": "PNG;P.N.G.",
    "PH": "Philippines (the);Pilipinas;The Philippines",
    "PK": "Islamic Republic of Pakistan",
    "PS": "Palestine, State of;Palestinian Territory;West Bank and Gaza",
    "RU": "Russian Federation (the)",
    "SA": "KSA;K.S.A.;Kingdom of Saudi Arabia;Saudi",
    "SB": "Solomons",
    "SG": "Republic of Singapore;Singapore (Republic of)",
    "SH": "Saint Helena, Ascension and Tristan da Cunha;St Helena",
    "SV": "Salvador",
    "SY": "Syrian Arab Republic (the)",
    "SZ": "Swaziland",
    "TH": "ประเทศไทย;Siam;Kingdom of Thailand",
    "TL": "East Timor;Timor Leste;Timor Lorosae;Timor-Lorosa'e",
    "TR": "Turkiye;Republic of Türkiye;Republic of Turkey",
    "TW": "Taiwan (Province of China);Chinese Taipei;ROC;Formosa",
    "TZ": "Tanzania, the United Republic of",
    "US": "United States of America (the);America;U S A;The States",
    "VA": "Vatican;Vatican City;Holy See (the)",
    "VC": "St Vincent and the Grenadines;St Vincent;St. Vincent",
    "VE": "Venezuela (Bolivarian Republic of)",
    "VG": "BVI;Virgin Islands (British)",
    "VI": "USVI;Virgin Islands (U.S.)",
    "VN": "Viet Nam;Vietnam;Socialist Republic of Vietnam;Socialist Republic of Viet Nam;SRV",
    "WS": "Western Samoa;Independent State of Samoa",
    "XK": "Kosovo (UNMIK)",
}
# ISO 3166-3: code, alpha-3, name, year withdrawn, present codes.
WITHDRAWN = (
    ("AN", "ANT", "Netherlands Antilles", "2010", "BQ;CW;SX"),
    ("BU", "BUR", "Burma", "1989", "MM"),
    ("CS", "SCG", "Serbia and Montenegro", "2006", "RS;ME"),
    ("CT", "CTE", "Canton and Enderbury Islands", "1984", "KI"),
    ("DD", "DDR", "German Democratic Republic", "1990", "DE"),
    ("DY", "DHY", "Dahomey", "1977", "BJ"),
    ("FQ", "ATF", "French Southern and Antarctic Territories", "1979", "AQ;TF"),
    ("FX", "FXX", "France, Metropolitan", "1997", "FR"),
    ("HV", "HVO", "Upper Volta", "1984", "BF"),
    ("JT", "JTN", "Johnston Island", "1986", "UM"),
    ("MI", "MID", "Midway Islands", "1986", "UM"),
    ("NH", "NHB", "New Hebrides", "1980", "VU"),
    ("NQ", "ATN", "Dronning Maud Land", "1983", "AQ"),
    ("NT", "NTZ", "Neutral Zone", "1993", "IQ;SA"),
    ("PC", "PCI", "Pacific Islands (Trust Territory)", "1986", "FM;MH;MP;PW"),
    ("PU", "PUS", "United States Miscellaneous Pacific Islands", "1986", "UM"),
    ("PZ", "PCZ", "Panama Canal Zone", "1980", "PA"),
    ("RH", "RHO", "Southern Rhodesia", "1980", "ZW"),
    ("SU", "SUN", "USSR", "1992", "AM;AZ;BY;EE;GE;KG;KZ;LT;LV;MD;RU;TJ;TM;UA;UZ"),
    ("TP", "TMP", "East Timor", "2002", "TL"),
    ("VD", "VDR", "Viet-Nam, Democratic Republic of", "1977", "VN"),
    ("WK", "WAK", "Wake Island", "1986", "UM"),
    ("YD", "YMD", "Yemen, Democratic", "1990", "YE"),
    ("YU", "YUG", "Yugoslavia", "2003", "BA;HR;ME;MK;RS;SI"),
    ("ZR", "ZAR", "Zaire", "1997", "CD"),
)
# After the package's date, or gone before it but met in older payments: code, number, digits,
# name, the year it stopped being legal tender ("" = still is).
CURRENCY_CHANGES = (
    ("XCG", "532", "2", "Caribbean Guilder", ""),
    ("ZWG", "924", "2", "Zimbabwe Gold", ""),
    ("ANG", "532", "2", "Netherlands Antillean Guilder", "2025"),
    ("BGN", "975", "2", "Bulgarian Lev", "2026"),
    ("BYR", "974", "0", "Belarusian Ruble (2000-2016)", "2016"),
    ("CUC", "931", "2", "Peso Convertible", "2021"),
    ("HRK", "191", "2", "Kuna", "2023"),
    ("LTL", "440", "2", "Lithuanian Litas", "2015"),
    ("LVL", "428", "2", "Latvian Lats", "2014"),
    ("MRO", "478", "2", "Ouguiya (to 2017)", "2018"),
    ("SLL", "694", "2", "Leone (to 2022)", "2024"),
    ("STD", "678", "2", "Dobra (to 2017)", "2018"),
    ("VEF", "937", "2", "Bolivar (2008-2018)", "2018"),
    ("ZMK", "894", "2", "Zambian Kwacha (to 2012)", "2013"),
    ("ZWL", "932", "2", "Zimbabwe Dollar", "2024"),
)


def read_package(folder: Path, name: str) -> dict[str, bytes]:
    """Return the files of one packed npm package, refusing a package that is not the one used."""
    raw = (folder / name).read_bytes()
    if (found := hashlib.sha256(raw).hexdigest()) != PACKAGES[name]:
        raise SystemExit(f"{name}: got sha256 {found}, expected {PACKAGES[name]}")
    with tarfile.open(fileobj=io.BytesIO(raw)) as archive:
        return {
            member.name.removeprefix("package/"): file.read()
            for member in archive
            if (file := archive.extractfile(member)) is not None
        }


def names_by_code(folder: Path) -> dict[str, list[str]]:
    """Return every name of every country, English first, then by language, in a fixed order."""
    i18n = read_package(folder, "i18n-iso-countries-7.14.0.tgz")
    cldr = read_package(folder, "cldr-localenames-full-48.2.0.tgz")
    english = json.loads(i18n["langs/en.json"])["countries"]
    names = {code: [found] if isinstance(found, str) else found for code, found in english.items()}
    for language in LANGUAGES.split():
        tree = json.loads(cldr[f"main/{language}/territories.json"])
        for code, name in tree["main"][language]["localeDisplayNames"]["territories"].items():
            if code.partition("-")[0] in names and name != code:
                names[code.partition("-")[0]].append(name)
    return names


def country_rows(folder: Path) -> Iterator[tuple[str, ...]]:
    """Yield one row per assigned code, by code, with XK marked as user-assigned."""
    codes = json.loads(read_package(folder, "i18n-iso-countries-7.14.0.tgz")["codes.json"])
    names = names_by_code(folder)
    for alpha2, alpha3, numeric, _ in sorted(codes):
        english = names[alpha2][0]
        shown = SHOWN.get(alpha2, english)
        spellings = [*FURTHER.get(alpha2, "").split(";"), *names[alpha2]]
        aliases = [name for name in dict.fromkeys(spellings) if name not in ("", shown)]
        if any("|" in name for name in aliases):
            raise SystemExit(f"{alpha2}: a name holds the separator |")
        status = "user-assigned" if alpha2 == "XK" else "official"
        yield alpha2, alpha3, "" if alpha2 == "XK" else numeric, shown, status, "|".join(aliases)


def currency_rows(folder: Path) -> list[tuple[str, ...]]:
    """Return code, number, digits, name and the year withdrawn, by code."""
    text = read_package(folder, "currency-codes-2.2.0.tgz")["data.js"].decode()
    listed = json.loads(text[text.index("[") : text.rindex("]") + 1])
    rows = {
        each["code"]: (each["code"], each["number"], str(each["digits"]), each["currency"], "")
        for each in listed
    }
    rows.update({row[0]: row for row in CURRENCY_CHANGES})
    return [rows[code] for code in sorted(rows)]


def write(path: Path, header: str, rows: Iterable[tuple[str, ...]]) -> None:
    """Write a CSV file with LF endings, the same bytes on every machine."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)


def main() -> None:
    """Write the three files beside the schema."""
    folder, data = Path(sys.argv[1]), Path(__file__).parent.parent / "graphs" / "data"
    write(data / "countries.csv", "alpha2,alpha3,numeric,name,status,aliases", country_rows(folder))
    write(data / "withdrawn_countries.csv", "alpha2,alpha3,name,withdrawn,successors", WITHDRAWN)
    write(data / "currencies.csv", "code,numeric,digits,name,withdrawn", currency_rows(folder))


if __name__ == "__main__":
    main()
