"""The invented people that an example operation is named from, and how each script writes them."""

import csv
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

POOL: Final = Path(__file__).parent / "fictional_people.csv"


class Name(NamedTuple):
    """A name in its parts, in the script the pool writes it in."""

    given: str
    surname: str
    gender: str
    thai: bool = False

    @property
    def native(self) -> str:
        """Return the name as its own country writes it."""
        return f"{self.given} {self.surname}"

    @property
    def latin_given(self) -> str:
        """Return the given names in Latin letters."""
        return in_latin(self.given)

    @property
    def latin_surname(self) -> str:
        """Return the surname in Latin letters."""
        return in_latin(self.surname)


_SOUTH_ASIA = ("Sri Lanka", "Bangladesh", "India", "Nepal", "Pakistan", "Bhutan")
_SOUTH_EAST_ASIA = (
    "Vietnam", "Malaysia", "Indonesia", "Cambodia", "Myanmar", "Laos", "Philippines", "Singapore",
    "Brunei", "East Timor", "Thailand",
)  # fmt: skip
_WEST = ("Australia", "New Zealand", "United Kingdom", "Ireland", "United States", "Canada")
# The pool gives names by script and region, not by country: which of them serve for a country.
_REGION: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("LK", "BD", "IN", "NP", "PK"), _SOUTH_ASIA),
    **dict.fromkeys(("VN", "MY", "ID", "KH", "MM", "LA", "PH"), _SOUTH_EAST_ASIA),
    "AU": _WEST,
}
_GENDERS: Final = {"male": "Masculine", "female": "Feminine", "other": "NonSpecifiedUnknown"}


@cache
def pool() -> tuple[dict[str, str], ...]:
    """Return the 1,000 invented people in the order of the file.

    >>> len(pool()), pool()[6]["last_name"]
    (1000, 'นักรบ')
    """
    with POOL.open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def names_for(country: str) -> tuple[Name, ...]:
    """Return the names that serve for a country: Thai script for TH, else Latin of the region.

    >>> names_for("TH")[0].native, names_for("AU")[0].native
    ('บุญนพ นักรบ', 'William Luis Walton')
    """
    if country == "TH":
        return tuple(_name(row) for row in pool() if _script(row["full_name"]) == "THAI")
    region = _REGION[country]
    return tuple(
        _name(row)
        for row in pool()
        if row["nationality"] in region and _script(row["full_name"]) == "LATIN"
    )


def named(full_name: str) -> Name:
    """Return the person of the pool with this full name; StopIteration names no such person."""
    return next(_name(row) for row in pool() if row["full_name"] == full_name)


class NameBook:
    """Hands out names: each of the pool once, then new pairings of its given names and surnames.

    >>> book = NameBook(Random(7), taken=())
    >>> book.take("TH", "Feminine").gender
    'Feminine'
    """

    def __init__(self, random: Random, *, taken: Sequence[str]) -> None:
        self._random = random
        self._taken = set(taken)
        self._left: dict[tuple[str, ...], list[Name]] = {}

    def take(self, country: str, gender: str = "") -> Name:
        """Return a name for a person of this country, of this gender if one is given."""
        region = _REGION.get(country, (country,))
        if region not in self._left:
            self._left[region] = self._shuffled(country)
        left = self._left[region]
        for place, name in enumerate(left):
            if not gender or name.gender == gender:
                return left.pop(place)
        return self._pair(country, gender)

    def _shuffled(self, country: str) -> list[Name]:
        names = [name for name in names_for(country) if name.native not in self._taken]
        self._random.shuffle(names)
        return names

    def _pair(self, country: str, gender: str) -> Name:
        whole = names_for(country)
        givers = [name for name in whole if name.gender == gender] if gender else whole
        first, last = self._random.choice(givers), self._random.choice(whole)
        return first._replace(surname=last.surname)


def in_latin(text: str) -> str:
    """Return a name of the pool in Latin letters; Thai by the table below, others as they are.

    >>> in_latin("บุญนพ นักรบ"), in_latin("Åse")
    ('Boonnop Nakrob', 'Åse')
    """
    return " ".join(_THAI_IN_LATIN.get(part, part) for part in text.split())


def _name(row: dict[str, str]) -> Name:
    given = " ".join(part for part in (row["first_name"], row["middle_name"]) if part)
    thai = _script(row["full_name"]) == "THAI"
    return Name(given, row["last_name"], _GENDERS[row["gender"]], thai)


def _script(text: str) -> str:
    letter = next(letter for letter in text if letter.isalpha())
    return unicodedata.name(letter).split()[0]


# How an airline or a visa form would spell the Thai names of the pool.
_THAI_IN_LATIN: Final[Mapping[str, str]] = {
    "กะดิรัตน์": "Kadirat", "กุลเชษฐ": "Kulachet", "ขอดิเยาะ": "Khodiyo",
    "ขอหมั่นกลาง": "Khomanklang", "ขุนดำ": "Khundam", "คำลือ": "Khamlue",
    "งามพิเชษฐ์": "Ngamphichet", "จักรีรัตน์": "Chakkrirat", "จุฑารัตน์": "Chutharat",
    "ฐิติณัฐฐา": "Thitinattha", "ณัฐธิตา": "Natthita", "ดาวกระจาย": "Daokrachai",
    "ดิศดใน": "Ditdanai", "ถนอมชัย": "Thanomchai", "ถนัดหัตถกรรม": "Thanathatthakam",
    "ทองรัตน์": "Thongrat", "ทองสุกเลิศ": "Thongsuklert", "ทองแท้": "Thongtae",
    "ทับทิมไทย": "Thapthimthai", "ทินพร": "Thinnaporn", "ธารา": "Thara", "นรีรัตน์": "Nareerat",
    "นวลฉวี": "Nuanchawee", "นวลเพ็ง": "Nuanpheng", "นักรบ": "Nakrob", "นาตยา": "Nattaya",
    "นิติ": "Niti", "บุญนพ": "Boonnop", "บุญส่ง": "Boonsong", "บุตราช": "Butrat",
    "ปฐวีกานต์": "Pathaweekan", "ประวี": "Prawee", "ปิยะนันท์": "Piyanan",
    "พชรภรณ์": "Patcharaporn", "พรมอ่อน": "Phrom-on", "พรรษาสกุล": "Phansasakun",
    "ราชัน": "Rachan", "รูไกยะฮ์": "Rukaiyah", "วิชา": "Wicha", "วุฒิ": "Wut",
    "ศรลักษณ์": "Sornlak", "สหัสมณี": "Sahatsamanee", "สิริกานต์": "Sirikan", "สีหราช": "Siharat",
    "สุธาวี": "Suthawee", "อัญพัชร์": "Anyaphat", "อัตตนาถ": "Attanat", "เกษมชัย": "Kasemchai",
    "เธียรายัน": "Thiarayan", "เรืองเกียรติ": "Rueangkiat", "เวียงจันทึก": "Wiangchanthuek",
    "แถมธน": "Thaemthon", "แนวพนิช": "Naewphanit", "ไชยภพ": "Chaiyaphop",
}  # fmt: skip
