"""A case bundle of any size on disk, as CSV, the same bytes for the same number of rows."""

import csv
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

MANIFEST = """\
schema_version = "1.0"
title = "Invented rows"
as_of = 2026-03-31
[originator]
agency = "LK-CIU"
country = "LK"
[defaults]
handling = "TLP:AMBER H1"
grading = "admiralty:C3"
releasable_to = "AU;TH"
"""
COUNTRIES = ("LK", "TH", "MY", "AU", "ID", "VN", "IN", "AE")
KINDS = ("RECRUITED", "TRANSPORTED", "PAID", "DIRECTS", "COMMUNICATED", "SUPPLIED_DOCUMENT")
SHARES = {"cases": 0.01, "persons": 0.30, "identifiers": 0.20}
"""What part of the rows each table has; links are the rest."""

Table = tuple[tuple[str, ...], Iterator[tuple[object, ...]]]


def write_bundle(folder: Path, rows: int, *, seed: int = 20260331) -> list[Path]:
    """Write a bundle of this many rows in four files; return the CSV files.

    People stand in rising order, each tied to people near by and a few far away, so that the
    network has the long thin shape of routes.
    """
    folder.mkdir(parents=True)
    (folder / "bundle.toml").write_text(MANIFEST, "utf-8")
    counts = {table: max(1, int(rows * share)) for table, share in SHARES.items()}
    counts["links"] = rows - sum(counts.values())
    chance = random.Random(seed)
    files: list[Path] = []
    for table, (header, lines) in _tables(counts, chance).items():
        files.append(folder / f"{table}.csv")
        _write(files[-1], header, lines)
    return files


def _write(path: Path, header: Iterable[str], lines: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows(lines)


def _tables(counts: dict[str, int], chance: random.Random) -> dict[str, Table]:
    cases, persons = counts["cases"], counts["persons"]

    def case() -> str:
        return f"C-{chance.randrange(cases)}"

    def near(i: int) -> int:
        far = chance.random() < 0.05
        return chance.randrange(persons) if far else (i + chance.randrange(1, 9)) % persons

    def links() -> Iterator[tuple[object, ...]]:
        for i in range(counts["links"]):
            one = i % persons
            other = near(one)
            other = other if other != one else (one + 1) % persons
            kind = chance.choice(KINDS)
            money = (f"{chance.randrange(100, 9000)}", "USD") if kind == "PAID" else ("", "")
            yield (f"L-{i}", f"Stmt {i} p. {i % 9}", case(), f"P-{one}", kind, f"P-{other}",
                   f"2025-{chance.randrange(1, 13):02}", *money)  # fmt: skip

    return {
        "cases": (
            ("record_id", "source_ref", "local_ref", "status", "offences"),
            ((f"C-{i}", "register", f"2026/{i}", "Active", "smuggling") for i in range(cases)),
        ),
        "persons": (
            ("record_id", "source_ref", "case_ref", "name", "name_kind", "birth_date", "gender",
             "nationalities", "residence_country", "operating_countries"),
            (
                (f"P-{i}", f"Stmt {i} p. 1", case(), f"Invented Person {i} สมมุติ", "legal",
                 f"19{chance.randrange(60, 99)}-{chance.randrange(1, 13):02}", "Masculine",
                 chance.choice(COUNTRIES), chance.choice(COUNTRIES),
                 f"{COUNTRIES[i % 7]};{COUNTRIES[i % 7 + 1]}")
                for i in range(persons)
            ),
        ),
        "identifiers": (
            ("record_id", "source_ref", "case_ref", "kind", "value", "issuer_country",
             "holder_ref", "holder_role"),
            (
                (f"I-{i}", f"Stmt {i} p. 2", case(), "passport", f"N{i:08}", COUNTRIES[i % 8],
                 f"P-{i % persons}", "own")
                for i in range(counts["identifiers"])
            ),
        ),
        "links": (
            ("record_id", "source_ref", "case_ref", "from_ref", "kind", "to_ref", "date_from",
             "amount", "currency"),
            links(),
        ),
    }  # fmt: skip
