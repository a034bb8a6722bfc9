"""An agency's own files read through a mapping file, checked like any case bundle."""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from graphs.records import Bundle, FileCount, Manifest, Record, Reject
from graphs.schema import SCHEMA_VERSION, TABLES
from loaders.checks import check_bundle
from loaders.faults import BundleError, Fault, shown
from loaders.manifest import read_manifest
from loaders.mapping.apply import Made, groups_of, make_rows, missing_columns, places_of, row_ranges
from loaders.mapping.preset import TABLE_PRESETS, fit_rules, fit_sheet, read_preset
from loaders.mapping.rules import MappingFaults, MappingRules, TableRule, near, parse_mapping
from loaders.mapping.sheets import Books, Sheet, read_sheet
from loaders.mapping.survey import sheet_faults, sheet_warnings
from loaders.raw import Reading
from loaders.sources import Member, Source, open_source

NAME: Final = "mapping.toml"
FTM: Final = "ftm"
PRESETS: Final = (FTM, *TABLE_PRESETS)
_FACTS: Final = ("purpose", "legal_basis")


class _Work(NamedTuple):
    """A sheet, and how its rows become records when some of them are left out."""

    sheet: Sheet
    make: Callable[[frozenset[int]], list[Made]]


class _Survey(NamedTuple):
    """What was found before any row was made."""

    works: list[_Work]
    faults: list[Fault]
    warnings: list[str]
    hashes: dict[str, str]


def read_mapped(path: Path, mapping: Path | None = None, *, accept_partial: bool = False) -> Bundle:
    """Return the checked records of an agency's own files.

    `path` is a folder or ZIP archive with a `mapping.toml`, or, with `mapping`, a bare CSV,
    workbook or JSON file or a folder of them. A sheet counts its own rows in `Bundle.files`, with
    the records made of them beside; a row that makes no record is a warning. With
    `accept_partial`, rows with faults are left out and kept as rejects.

    Raises ``BundleError`` listing every fault with the agency's own file, sheet, row and column.
    """
    source = open_source(Path(path))
    rules, manifest = _read_rules(source, mapping)
    survey = _survey(source, rules)
    if survey.faults:
        raise BundleError(survey.faults)
    left_out: dict[str, dict[int, list[Fault]]] = {work.sheet.label: {} for work in survey.works}
    while True:
        made = [work.make(frozenset(left_out[work.sheet.label])) for work in survey.works]
        bundle, faults = _checked(manifest, survey, made)
        if bundle is not None:
            return _finished(bundle, rules, survey, made, left_out)
        if not accept_partial or not _leave_out(faults, survey, left_out):
            raise BundleError(faults)


# The mapping file


def _read_rules(source: Source, mapping: Path | None) -> tuple[MappingRules, Manifest]:
    name, text = _mapping_text(source, mapping)
    preset = _preset_named(text, name)
    tables = read_preset(preset).text if preset in TABLE_PRESETS else ""
    try:
        rules = parse_mapping(text, name=name, preset_tables=tables)
    except MappingFaults as error:
        raise BundleError(
            Fault(name, slip.table, slip.line, slip.key or None, shown(slip.found),
                  slip.expected, slip.hint)
            for slip in error.slips
        ) from error  # fmt: skip
    return rules, _manifest(rules)


def _mapping_text(source: Source, mapping: Path | None) -> tuple[str, str]:
    if mapping is None:
        member = source.member(NAME)
        if member is None:
            expected = f"a {NAME} beside the files, or --mapping FILE"
            raise BundleError([Fault(source.name, "", None, None, "no mapping file", expected)])
        content = member.read()
    elif not mapping.is_file():
        raise BundleError(
            [Fault(shown(mapping.name), "", None, None, "no such file", "a TOML file")]
        )
    else:
        content = mapping.read_bytes()
    name = NAME if mapping is None else mapping.name
    try:
        return name, content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BundleError(
            [Fault(name, "", line, None, "bytes that are not UTF-8", "UTF-8")]
        ) from error


def _preset_named(text: str, name: str) -> str:
    try:
        preset = tomllib.loads(text).get("preset", "")
    except (tomllib.TOMLDecodeError, RecursionError):
        return ""  # parse_mapping says where the file is no TOML
    if preset and preset not in PRESETS:
        expected = f"one of: {', '.join(PRESETS)}"
        found = shown(str(preset))
        raise BundleError([Fault(name, "", None, "preset", found, expected, near(found, PRESETS))])
    return preset


def _manifest(rules: MappingRules) -> Manifest:
    """Return the manifest a mapping file states; its [reading] has done its work by then."""
    said: dict[str, object] = {
        "schema_version": SCHEMA_VERSION,
        "title": rules.title or rules.agency,
        "as_of": rules.as_of,
        "originator": {"agency": rules.agency, "country": rules.country},
        "defaults": rules.defaults,
    }
    if rules.missing_handling:
        said["missing_handling"] = rules.missing_handling
    read = read_manifest(said, rules.name, {})
    if read.faults:
        raise BundleError(read.faults)
    return read.manifest


# The sheets


def _survey(source: Source, rules: MappingRules) -> _Survey:
    survey = _Survey([], [], [], {})
    if rules.preset == FTM:
        _survey_ftm(source, rules, survey)
        return survey
    by_sheet: dict[tuple[str, str, int], list[TableRule]] = {}
    for rule in rules.tables:
        by_sheet.setdefault((rule.file, rule.sheet, rule.header_row), []).append(rule)
    sheets: dict[str, tuple[Sheet, list[TableRule]]] = {}
    books = Books()
    encoding = rules.reading.get("encoding", "")
    for (file, name, header_row), readers in by_sheet.items():
        member = _member(source, rules, file, survey)
        if member is None:
            continue
        try:
            sheet = read_sheet(member, name, header_row=header_row, encoding=encoding, books=books)
        except BundleError as error:
            survey.faults.extend(fault for fault in error.faults if fault not in survey.faults)
            continue
        survey.hashes[sheet.label] = member.sha256()
        # One sheet may be named in two ways, as the only one of its file and by its name.
        sheets.setdefault(f"{sheet.label} {header_row}", (sheet, []))[1].extend(readers)
    for sheet, readers in sheets.values():
        _survey_sheet(sheet, readers, rules, survey)
    _note_unread(source, rules, survey)
    return survey


def _member(source: Source, rules: MappingRules, file: str, survey: _Survey) -> Member | None:
    """Return the file a table reads: the one that was given, or one of the folder by name."""
    named = {rule.file for rule in rules.tables if rule.file}
    if source.kind == "file" and len(named) <= 1:
        return source.members[0]
    names = [member.name for member in source.members if member.name != NAME]
    if not file and len(names) == 1:
        return source.member(names[0])
    member = source.member(file)
    if member is None:
        expected = f"file = one of the folder's files: {', '.join(map(shown, names))}"
        fault = Fault(rules.name, "", None, "file", shown(file), expected, near(file, names))
        if fault not in survey.faults:
            survey.faults.append(fault)
    return member


def _survey_sheet(
    sheet: Sheet, readers: list[TableRule], rules: MappingRules, survey: _Survey
) -> None:
    if rules.preset:
        preset = read_preset(rules.preset)
        sheet = fit_sheet(sheet, preset)
        readers = list(fit_rules(readers, sheet, preset))
    for rule in readers:
        missing = places_of(rule, sheet)[1] if not rule.is_preset else []
        survey.faults.extend(missing_columns(rule, sheet, missing))
    survey.faults.extend(sheet_faults(sheet, readers, rules))
    survey.warnings.extend(sheet_warnings(sheet, readers))
    groups = groups_of(readers)

    def make(skip: frozenset[int]) -> list[Made]:
        return [make_rows(group, sheet, rules, skip=skip) for group in groups]

    survey.works.append(_Work(sheet, make))


def _survey_ftm(source: Source, rules: MappingRules, survey: _Survey) -> None:
    from loaders.presets.ftm import read_entities

    names = [member.name for member in source.members if member.name != NAME]
    file = rules.file if source.kind != "file" else source.members[0].name
    member = source.member(file or (names[0] if len(names) == 1 else ""))
    if member is None:
        expected = f"file = one of the folder's files: {', '.join(map(shown, names))}"
        survey.faults.append(Fault(rules.name, "", None, "file", shown(file), expected))
        return
    try:
        sheet, make = read_entities(member, rules)
    except BundleError as error:
        survey.faults.extend(error.faults)
        return
    survey.hashes[sheet.label] = member.sha256()
    survey.works.append(_Work(sheet, make))


def _note_unread(source: Source, rules: MappingRules, survey: _Survey) -> None:
    if source.kind == "file":
        return
    read = {work.sheet.file for work in survey.works} | {NAME, rules.name}
    for member in source.members:
        if member.name not in read and not survey.faults:
            survey.warnings.append(f"{shown(member.name)}: no table of the mapping file reads it")


# The rows


def _checked(
    manifest: Manifest, survey: _Survey, made: list[list[Made]]
) -> tuple[Bundle | None, list[Fault]]:
    """Return the bundle of the rows made, or the faults of their cells, each cell blamed once."""
    faults = [fault for parts in made for part in parts for fault in part.faults]
    blamed = {(fault.file, fault.row, fault.column) for fault in faults}
    reading = Reading(
        tables=[part.table for parts in made for part in parts if part.table.rows],
        warnings=list(survey.warnings),
        files=dict(survey.hashes),
    )  # fmt: skip
    counts = [
        FileCount(label, survey.hashes[label], len(work.sheet.numbers), 0, 0, 0, 0)
        for work in survey.works
        for label in [work.sheet.label]
    ]
    try:
        bundle = check_bundle(manifest, reading, base_counts=counts)
    except BundleError as error:
        later = (f for f in error.faults if (f.file, f.row, f.column) not in blamed)
        return None, [*faults, *later]
    return (None, faults) if faults else (bundle, [])


def _leave_out(
    faults: list[Fault], survey: _Survey, left_out: dict[str, dict[int, list[Fault]]]
) -> bool:
    """Note the rows that faults stand in; say whether all stand in rows, and one is new."""
    found = False
    for fault in faults:
        work = _work_of(fault, survey)
        if work is None or fault.row not in set(work.sheet.numbers):
            return False
        rows = left_out[work.sheet.label]
        found = found or fault.row not in rows
        rows.setdefault(fault.row, []).append(fault)
    return found


def _work_of(fault: Fault, survey: _Survey) -> _Work | None:
    works = [work for work in survey.works if work.sheet.file == fault.file]
    named = [work for work in works if work.sheet.name == fault.table]
    return (named or [work for work in works if not work.sheet.name] or [None])[0]


# The counts


def _finished(
    bundle: Bundle, rules: MappingRules, survey: _Survey, made: list[list[Made]],
    left_out: Mapping[str, dict[int, list[Fault]]],
) -> Bundle:  # fmt: skip
    """Return the bundle with its sheets' own counts, and what was written otherwise in them."""
    order = sorted(range(len(survey.works)), key=lambda at: survey.works[at].sheet.label)
    first: dict[str, int] = {}
    written: dict[str, tuple[tuple[str, str], ...]] = {}
    for place, at in enumerate(order):
        for part in made[at]:
            for local, cells in part.written.items():
                full = f"{rules.agency}:{part.to}:{local}"
                first.setdefault(full, place)
                written[full] = min(written.get(full, cells), cells)
    records = tuple(_with_written(record, written.get(record.id, ())) for record in bundle.records)
    file_of = tuple(first[record.id] for record in records)
    warnings = [*bundle.warnings]
    counts: list[FileCount] = []
    for place, at in enumerate(order):
        sheet = survey.works[at].sheet
        rows_of = [numbers for part in made[at] for numbers in part.rows_of]
        count = _count(sheet, rows_of, len(left_out[sheet.label]), survey.hashes[sheet.label])
        counts.append(replace(count, records=file_of.count(place)))
        warnings.extend(_unmade(sheet, rows_of, left_out[sheet.label]))
    return replace(
        bundle, records=records, files=tuple(counts), file_of=file_of,
        warnings=tuple(sorted(set(warnings))), rejects=tuple(_rejects(survey, left_out)),
    )  # fmt: skip


def _with_written(record: Record, written: Iterable[tuple[str, str]]) -> Record:
    kept = dict(record.verbatim) | dict(written)
    places = TABLES[record.table].place
    verbatim = tuple(sorted(kept.items(), key=lambda cell: places[cell[0]]))
    return record._replace(verbatim=verbatim)


def _count(sheet: Sheet, rows_of: list[tuple[int, ...]], rejected: int, sha256: str) -> FileCount:
    """Count a sheet's rows: a row all of whose records an earlier row made is a duplicate."""
    new = {numbers[0] for numbers in rows_of if numbers}
    said = {number for numbers in rows_of for number in numbers}
    duplicates = len(said - new)
    read = len(sheet.numbers)
    return FileCount(
        file=sheet.label, sha256=sha256, read=read, accepted=read - duplicates - rejected,
        duplicates=duplicates, rejected=rejected, records=0,
    )  # fmt: skip


def _unmade(sheet: Sheet, rows_of: list[tuple[int, ...]], rejected: Iterable[int]) -> Iterator[str]:
    said = {number for numbers in rows_of for number in numbers}
    silent = sorted(set(sheet.numbers) - said - set(rejected))
    if silent:
        count = f"{len(silent)} rows make" if len(silent) > 1 else "1 row makes"
        yield f"{sheet.label}: {count} no record: row {row_ranges(silent)}"


def _rejects(survey: _Survey, left_out: Mapping[str, dict[int, list[Fault]]]) -> Iterator[Reject]:
    for work in sorted(survey.works, key=lambda work: work.sheet.label):
        cells = dict(zip(work.sheet.numbers, work.sheet.rows, strict=True))
        for number, faults in sorted(left_out[work.sheet.label].items()):
            letters = tuple(sorted({fault.letter for fault in faults}))
            yield Reject(work.sheet.label, number, cells[number], letters)
