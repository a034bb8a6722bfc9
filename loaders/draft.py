"""A first mapping file for a strange sheet: what can be seen is proposed, the rest is asked."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from graphs.codes import CodeKind, alpha2_from
from loaders.faults import BundleError, Fault, shown
from loaders.mapping.dates import iso_date
from loaders.mapping.preset import folded
from loaders.mapping.sheets import JSONS, WORKBOOKS, Books, Sheet, read_sheet, sheet_names
from loaders.mapping.sheets import csv_rows as rows_of_csv
from loaders.mapping.sheets import sheet_rows as rows_of_sheet
from loaders.sources import Member, open_source

SAMPLE: Final = 500
"""So many rows are looked at to tell what a column holds."""
HEADER_WITHIN: Final = 30
DECIDE: Final = "# DECIDE:"
SPLITS: Final = ("", "/", ";", ",", "|")
MOST_WORDS: Final = 12
AS_ID: Final = 'as = "id"'
EACH_PERSON: Final = f'each = "persons:{{item}}", {AS_ID}'
EACH_ALIAS: Final = 'each = "alias={item}"'
READABLE: Final = (*WORKBOOKS, *JSONS, ".csv")

# What agencies of the region call their columns, folded; the order settles which is tried first.
SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    "birth_date": ("dob", "dateofbirth", "birthdate", "born", "วันเกิด", "ngàysinh",
                   "tanggallahir", "tarikhlahir"),
    "nationalities": ("nationality", "nationalities", "nat", "citizenship", "สัญชาติ", "quốctịch",
                      "kewarganegaraan", "warganegara"),
    "gender": ("gender", "sex", "เพศ", "giớitính", "jeniskelamin", "jantina"),
    "residence_country": ("residence", "countryofresidence", "residencecountry", "livesin"),
    "surname": ("surname", "lastname", "familyname", "secondname", "นามสกุล", "họ"),
    "given": ("given", "givenname", "givennames", "firstname", "forename", "ชื่อ", "tên"),
    "name": ("name", "fullname", "suspect", "subject", "person", "ชื่อสกุล", "ชื่อนามสกุล",
             "họtên", "họvàtên", "nama", "namalengkap", "namapenuh"),
    "alias": ("alias", "aka", "nickname", "ชื่อเล่น", "bídanh"),
    "passport": ("passport", "passportno", "passportnumber", "หนังสือเดินทาง", "hộchiếu", "paspor",
                 "pasport"),
    "phone": ("phone", "telephone", "tel", "mobile", "phonenumber", "msisdn", "โทรศัพท์", "เบอร์โทร",
              "điệnthoại", "sđt", "telepon", "telefon"),
    "email": ("email", "emailaddress", "อีเมล"),
    "case": ("case", "caseno", "casenumber", "caseref", "caseid", "คดี", "vụán", "kasus", "kes"),
    "id": ("no", "id", "number", "ref", "personid", "ลำดับ", "stt"),
}  # fmt: skip
PAIRS: Final = (
    ("persona", "personb"), ("source", "target"), ("from", "to"), ("caller", "callee"),
    ("caller", "receiver"), ("sender", "recipient"), ("ego", "alter"),
)  # fmt: skip
GENDERS: Final = {
    "Masculine": ("m", "male", "man", "masculine", "ชาย", "nam", "lakilaki", "lelaki"),
    "Feminine": ("f", "female", "woman", "feminine", "หญิง", "nữ", "perempuan"),
}
IDENTIFIERS: Final = ("passport", "phone", "email")


class Seen(NamedTuple):
    """What a column holds by the look of it: a kind, its share, and the settings that follow."""

    kind: str
    share: float
    settings: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of a sheet, what its heading means and what it holds."""

    name: str
    values: tuple[str, ...]
    meaning: str
    seen: Seen


def draft_mapping(path: Path) -> str:
    """Return the text of a mapping file for a file, or for all sheets of a folder.

    Header rows are guessed, columns by their headings (in English and languages of the region)
    and by what they hold: dates with their order and calendar, countries, phones, passports. All
    that a person must settle stands on a line `# DECIDE: …`. Marking and grading are never
    guessed; until they are stated the file does not load.

    Raises ``BundleError`` where no sheet can be read.
    """
    source = open_source(Path(path))
    books = Books()
    sheets: list[Sheet] = []
    troubles: list[BundleError] = []
    for member in source.members:
        if member.name.lower().endswith(READABLE):
            try:
                sheets += _sheets(member, books)
            except BundleError as error:
                troubles.append(error)
    if not sheets:
        raise BundleError([fault for error in troubles for fault in error.faults] or _nothing(path))
    drafted = (line for place, sheet in enumerate(sheets) for line in _tables(sheet, place))
    return "\n".join([*_head(), *drafted]) + "\n"


def _nothing(path: Path) -> list[Fault]:
    found = "no sheet with a header and rows"
    return [Fault(shown(path.name), "", None, None, found, "a workbook, a CSV or a JSON file")]


def _sheets(member: Member, books: Books) -> Iterator[Sheet]:
    for name in sheet_names(member, books):
        rows = _rows(member, name, books)
        if len(rows) > 1:
            yield read_sheet(member, name, header_row=guess_header_row(rows), books=books)


def _rows(member: Member, name: str, books: Books) -> list[tuple[int, tuple[str, ...]]]:
    if name:
        return list(rows_of_sheet(books.open(member)[0][name]))
    if member.name.lower().endswith(JSONS):
        return [(0, ("",)), (1, ("",))]
    return list(rows_of_csv(member, ""))


def guess_header_row(rows: Sequence[tuple[int, tuple[str, ...]]]) -> int:
    """Return the number of the row that most looks like headings: many, short, different, no data.

    >>> guess_header_row([(1, ("Register",)), (3, ("No", "Name")), (4, ("1", "Ann"))])
    3
    """
    best, most = 1, 0.0
    for number, cells in rows[:HEADER_WITHIN]:
        texts = [text.strip() for text in cells if text.strip()]
        wordy = {text for text in texts if len(text) <= 60 and not re.search(r"\d{3}|@", text)}
        wordy = {text for text in wordy if not text.isdigit() and iso_date(text) is None}
        score = len(wordy) - (len(texts) - len(wordy)) * 0.5
        if score > most:
            best, most = number, score
    return best


# What a column means and holds


def _columns(sheet: Sheet) -> list[_Column]:
    taken: set[str] = set()
    columns: list[_Column] = []
    for place, name in enumerate(sheet.header):
        rows = sheet.rows[:SAMPLE]
        values = tuple(row[place].strip() for row in rows if row[place].strip())
        seen = look_at(values)
        meaning = _meaning(name, seen)
        if meaning in taken and meaning not in (*IDENTIFIERS, "id"):
            meaning = ""
        taken.add(meaning)
        columns.append(_Column(name, values, meaning, seen))
    return columns


def _meaning(heading: str, seen: Seen) -> str:
    name = folded(heading)
    for meaning, words in SYNONYMS.items():
        if name in words:
            return meaning
    for meaning, words in SYNONYMS.items():
        if any(len(word) >= 5 and word in name for word in words):
            return meaning
    return seen.kind if seen.kind in ("phone", "email") and seen.share >= 0.9 else ""


def look_at(values: Sequence[str]) -> Seen:
    """Return what a column's cells are by the look of them, "" for a kind where nothing is clear.

    >>> look_at(["12/03/2569", "25/11/2568"]).settings
    'order = "dmy", calendar = "buddhist"'
    >>> look_at(["Việt Nam", "ไทย"]).settings
    'codes = "name"'
    """
    if not values:
        return Seen("", 0.0)
    dates = _look_at_dates(values)
    if dates is not None:
        return dates
    if countries := _look_at_countries(values):
        return countries
    if _share(values, lambda text: re.fullmatch(r"[^@\s]{1,64}@[^@\s]{1,255}", text)) >= 0.8:
        return Seen("email", 1.0)
    share = _share(values, lambda text: re.fullmatch(r"(?:\+|00|0)[\d ().-]{7,20}", text))
    return Seen("phone", share) if share >= 0.8 else Seen("", 0.0)


def _look_at_countries(values: Sequence[str]) -> Seen | None:
    for kind in _CODE_KINDS:
        for mark in SPLITS:
            items = [i for text in values for i in (text.split(mark) if mark else [text])]
            share = _share(items, lambda text, kind=kind: alpha2_from(text, kind) is not None)
            if share >= 0.8:
                settings = f'codes = "{kind}"' + (f', split = "{mark}"' if mark else "")
                return Seen("country", share, settings)
    return None


_CODE_KINDS: Final[tuple[CodeKind, ...]] = ("alpha2", "alpha3", "name")


def _share(values: Sequence[str], holds: Callable[[str], object]) -> float:
    return sum(bool(holds(text[:300])) for text in values) / len(values)


def _look_at_dates(values: Sequence[str]) -> Seen | None:
    shaped = _share(values, lambda text: re.match(r"\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{1,4})?", text))
    years = _share(values, lambda text: re.fullmatch(r"(?:1[89]|2[0-6])\d\d", text))
    # Years alone may be numbers of anything; beside written dates they are dates.
    if not shaped or shaped + years < 0.8:
        return None
    fits: list[tuple[float, str, str]] = []
    for order in ("ymd", "dmy", "mdy"):
        for calendar in ("gregorian", "buddhist"):
            share = _share(values, lambda t, o=order, c=calendar: iso_date(t, order=o, calendar=c))
            fits.append((share, order, calendar))
    most = max(share for share, _, _ in fits)
    best = [(order, calendar) for share, order, calendar in fits if share == most]
    if most < 0.5:
        return None
    order, calendar = best[0]
    settings = [f'order = "{order}"'] if order != "ymd" else []
    settings += [f'calendar = "{calendar}"'] if calendar != "gregorian" else []
    doubt = ""
    if {one[0] for one in best} >= {"dmy", "mdy"}:
        doubt = "day or month first? No cell of the column tells"
    elif most < 1:
        doubt = f"{1 - most:.0%} of its cells are no such dates"
    return Seen("date", most, ", ".join(settings), doubt)


# What is written


def _head() -> list[str]:
    return [
        "# A draft: read every line, settle the lines that say DECIDE, then run `corridor check`.",
        f"{DECIDE} as_of = 2026-03-31     (the day of this state of the file)",
        f'{DECIDE} title = "…"            (what these records are)',
        "",
        "[originator]",
        f'{DECIDE} agency = "LK-CIU"      (the code of the agency whose files these are)',
        f'{DECIDE} country = "LK"',
        "",
        "[defaults]",
        f'{DECIDE} handling = "TLP:AMBER" (the marking of these records; nobody else can know it)',
        f'{DECIDE} grading = "none"       (the evaluation: a scheme and its codes, or none)',
        f'{DECIDE} releasable_to = "AU"   (who else may see them; left out = the agency only)',
        'source_ref = "{file} row {row}"',
    ]


def _tables(sheet: Sheet, place: int) -> Iterator[str]:
    """Yield the tables of one sheet; ids of later sheets begin otherwise, or two would be one."""
    columns = _columns(sheet)
    pair = _pair(columns)
    case = next((column for column in columns if column.meaning == "case"), None)
    yield ""
    yield f"# {shown(sheet.label)}: {len(sheet.rows)} rows below row {sheet.header_row}"
    if sheet.header_row > 1:
        yield f"{DECIDE} is row {sheet.header_row} the row with the names of the columns?"
    if case is not None or place == 0:
        yield from _case_table(sheet, case)
    mark = str(place + 1) if place else ""
    if pair:
        people = _pair_tables(sheet, pair, case, mark)
    else:
        people = _person_tables(sheet, columns, case, mark)
    lines = list(people)
    yield from lines
    text = "\n".join([*lines, *_case_table(sheet, case)])
    rest = [column.name for column in columns if not _is_read(column.name, text)]
    if rest:
        yield f"{DECIDE} these columns are left out; map those that matter"
        yield f"ignore = [{', '.join(map(quoted, rest))}]"


def _is_read(name: str, text: str) -> bool:
    return quoted(name) in text or quoted(f"{{{name}}}")[1:-1] in text


def _pair(columns: Sequence[_Column]) -> tuple[_Column, _Column] | None:
    by_name = {folded(column.name): column for column in columns}
    for one, other in PAIRS:
        if one in by_name and other in by_name:
            return by_name[one], by_name[other]
    return None


def _start(sheet: Sheet, to: str) -> Iterator[str]:
    yield ""
    yield "[[table]]"
    yield f"file = {quoted(sheet.file)}"
    if sheet.name:
        yield f"sheet = {quoted(sheet.name)}"
    if sheet.header_row > 1:
        yield f"header_row = {sheet.header_row}"
    yield f'to = "{to}"'


def _case_table(sheet: Sheet, case: _Column | None) -> Iterator[str]:
    yield from _start(sheet, "cases")
    if case is None:
        yield "once = true"
        yield 'record_id = "C-1"'
        yield f"{DECIDE} the case's number at the agency"
        yield 'local_ref = "C-1"'
    else:
        yield f"when = {quoted(case.name)}"
        yield f"record_id = {_cell(case.name, AS_ID)}"
        yield f"local_ref = {_cell(case.name)}"
    yield f"{DECIDE} Active, FollowUp, Closed or ClosedReferred"
    yield 'status = "Active"'
    yield f"{DECIDE} smuggling, trafficking, document_fraud, …"
    yield 'offences = "other"'


def _case_ref(case: _Column | None) -> str:
    return 'case_ref = "C-1"' if case is None else f"case_ref = {_cell(case.name, AS_ID)}"


def _pair_tables(
    sheet: Sheet, pair: tuple[_Column, _Column], case: _Column | None, mark: str
) -> Iterator[str]:
    one, other = pair
    for column in pair:
        yield from _start(sheet, "persons")
        yield f"record_id = {_cell(column.name, AS_ID)}"
        yield f"name = {_cell(column.name)}"
        yield f"{DECIDE} legal (a name), alias, handle, or label (a code: never matched)"
        yield 'name_kind = "label"'
        yield _case_ref(case)
    yield from _start(sheet, "links")
    yield f"{DECIDE} row numbers change when the sheet is sorted; a column of ids does not"
    yield f'record_id = "T{mark}-{{row}}"'
    yield f"from_ref = {_cell(one.name, EACH_PERSON)}"
    yield f"{DECIDE} what the first does for the second: DIRECTS, RECRUITED, PAID, …"
    yield 'kind = "COMMUNICATED"'
    yield f"to_ref = {_cell(other.name, EACH_PERSON)}"
    yield _case_ref(case)


def _person_tables(
    sheet: Sheet, columns: Sequence[_Column], case: _Column | None, mark: str
) -> Iterator[str]:
    by_meaning = {column.meaning: column for column in columns if column.meaning}
    ids = [column for column in columns if column.meaning == "id"]
    named = next((f"{{{one.name}}}" for one in ids if _names_rows(one, len(sheet.rows))), "{row}")
    for column in columns:
        if column.meaning in IDENTIFIERS:
            yield from _identifier_table(sheet, column, f"{mark}-{named}", case)
    yield from _start(sheet, "persons")
    if named == "{row}":
        yield f"{DECIDE} row numbers change when the sheet is sorted; a column of ids does not"
    yield f'record_id = {{ text = {quoted(f"P{mark}-{named}")}, as = "id" }}'
    yield from _name_lines(by_meaning)
    yield f"{DECIDE} legal (a name), alias, handle, or label (no name is known)"
    yield 'name_kind = "legal"'
    yield _case_ref(case)
    for target in ("birth_date", "nationalities", "residence_country", "gender"):
        if column := by_meaning.get(target):
            yield from _typed_lines(target, column)
    yield f'{DECIDE} protected = "victim"   (victim, migrant, minor or source: shields the person)'


def _names_rows(column: _Column, rows: int) -> bool:
    """Say whether a column holds an id of its own for every row that was looked at."""
    all_differ = len(set(column.values)) >= min(rows, SAMPLE)
    return all_differ and not _has_brace(column.name)


def _name_lines(by_meaning: dict[str, _Column]) -> Iterator[str]:
    parts = [by_meaning[part] for part in ("surname", "given") if part in by_meaning]
    if whole := by_meaning.get("name"):
        yield f"name = {_cell(whole.name)}"
        if parts:
            yield f"{DECIDE} the parts of the name stand in columns of their own, too"
    elif parts and not any(_has_brace(part.name) for part in parts):
        pattern = " ".join(f"{{{part.name}}}" for part in parts)
        yield f"name = {quoted(pattern)}"
    else:
        yield f"{DECIDE} which column holds the name?"
        yield 'name = "not named in the sheet, row {row}"'
    if alias := by_meaning.get("alias"):
        yield f"other_names = {_cell(alias.name, EACH_ALIAS)}"


def _typed_lines(target: str, column: _Column) -> Iterator[str]:
    seen = column.seen
    if target == "gender":
        words = {value: _gender(value) for value in sorted(set(column.values))[:MOST_WORDS]}
        asked = [word for word, meant in words.items() if not meant]
        if asked:
            yield f"{DECIDE} what these words mean: {', '.join(map(shown, asked))}"
        pairs = ", ".join(
            f"{quoted(word)} = {quoted(meant)}" for word, meant in words.items() if meant
        )
        yield f"gender = {_cell(column.name, f'map = {{ {pairs} }}' if pairs else '')}"
        return
    expected = "date" if target == "birth_date" else "country"
    if column.values and seen.kind != expected:
        yield f"{DECIDE} the column does not look like a {expected}: {shown(column.values[0])}"
    if seen.doubt:
        yield f"{DECIDE} {seen.doubt}"
    settings = seen.settings if seen.kind == expected else ""
    if target != "birth_date" and not settings:
        settings = 'codes = "name"'
    yield f"{target} = {_cell(column.name, settings)}"


def _gender(word: str) -> str:
    return next((gender for gender, words in GENDERS.items() if folded(word) in words), "")


def _identifier_table(
    sheet: Sheet, column: _Column, named: str, case: _Column | None
) -> Iterator[str]:
    yield from _start(sheet, "identifiers")
    yield f"when = {quoted(column.name)}"
    name = re.sub(r"[^a-z0-9]", "", column.name.casefold()) or "id"
    yield f'record_id = {{ text = {quoted(f"{name}{named}")}, as = "id" }}'
    yield f'kind = "{column.meaning}"'
    yield f"value = {_cell(column.name)}"
    if column.meaning == "phone" and not all(value.startswith("+") for value in column.values):
        yield f'{DECIDE} issuer_country = "TH"   (numbers without + need their country)'
    if column.meaning == "passport":
        yield f'{DECIDE} issuer_country = "TH"   (or a column that says which country issued it)'
    yield f'holder_ref = {{ text = {quoted(f"persons:P{named}")}, as = "id" }}'
    yield f"{DECIDE} own, contact (in the file, not theirs), lent or unknown"
    yield 'holder_role = "unknown"'
    yield _case_ref(case)


def _cell(name: str, settings: str = "") -> str:
    """Return how a cell is filled from one column, as TOML."""
    if not settings and not _has_brace(name):
        return quoted(f"{{{name}}}")
    return f"{{ column = {quoted(name)}{', ' if settings else ''}{settings} }}"


def _has_brace(name: str) -> bool:
    return "{" in name or "}" in name


def quoted(text: str) -> str:
    """Return a text as a TOML string, whatever stands in it.

    >>> print(quoted('a "b" ' + chr(92) + chr(127)))
    "a \\"b\\" \\\\\\u007f"
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


__all__ = ["draft_mapping", "guess_header_row", "look_at", "quoted"]
