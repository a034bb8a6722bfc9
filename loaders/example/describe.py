"""How each agency writes a person down: spelling, papers, phones, part in the case."""

from random import Random

from loaders.example.desk import Desk
from loaders.example.people import Person
from loaders.example.story import AU, IN_MANY_SCRIPTS, LK, OTHER_SCRIPTS, TH

_TRAVELLER, _SUSPECT = "V", "S"


def describe(desk: Desk, person: Person, case: str, random: Random, *, seen: str = "") -> None:
    """State what one agency knows of a person: its record, its numbers, its part in the case."""
    full_id = desk.add(
        "persons", {**_who(desk.agency, person, random), "case_ref": case}, seen=seen,
        letter=_letter(desk.agency, person), truth=person.id,
    )  # fmt: skip
    person.records[desk.agency] = full_id
    if person.part.role != "unknown":
        _numbers(desk, person, case, random)
    if party := _party(person):
        link = {"from_ref": desk.cite(full_id), "kind": "PARTY_TO", "to_ref": case, "role": party,
                "case_ref": case}  # fmt: skip
        desk.add("links", link, beside=full_id, record_id=f"PT-{desk.cite(full_id)}")


def _letter(agency: str, person: Person) -> str:
    if agency != TH:
        return ""
    return _TRAVELLER if person.shielded else _SUSPECT


def _party(person: Person) -> str:
    return "" if person.part.role == "unknown" else person.part.party


def _who(agency: str, person: Person, random: Random) -> dict[str, str]:
    if person.part.role == "unknown":
        return {"name": "man at the counter, called Uncle", "name_kind": "label"}
    known = bool(person.part.acts) or not person.part.role
    return {
        **_spelling(agency, person, random),
        "name_kind": "legal",
        "birth_date": _birth_date(person, random),
        "gender": person.name.gender,
        "nationalities": person.country if known and random.random() < 0.93 else "",
        "residence_country": person.country if person.part.acts and random.random() < 0.6 else "",
        "operating_countries": person.part.acts,
        **_protection(person, random),
    }


def _spelling(agency: str, person: Person, random: Random) -> dict[str, str]:
    name = person.name
    latin = f"{name.latin_given} {name.latin_surname}"
    if agency == TH:
        alias = f"alias={latin}" if name.thai else ""
        return {"name": name.native if name.thai else latin, "other_names": alias}
    if agency == AU:
        first = name.latin_given.split()[0] if person.part.also else name.latin_given
        return {"name": f"{name.latin_surname} {first}", "name_order": "family_first"}
    alias = OTHER_SCRIPTS if person.key == IN_MANY_SCRIPTS else ""
    nick = "alias=Lucky" if person.key and random.random() < 0.1 else ""
    return {"name": latin, "name_order": "given_first", "other_names": alias or nick}


def _birth_date(person: Person, random: Random) -> str:
    draw = random.random()
    if draw < 0.12 and person.key:
        return ""
    return person.born[:4] if draw < 0.2 else person.born


def _protection(person: Person, random: Random) -> dict[str, str]:
    if person.key == "child":
        return {
            "protected": "victim;minor",
            "trafficking_status": "ActualVictimOfTrafficking",
            "status_decided_by": "Police",
            "consent": "no",
        }
    if person.key:
        return {"protected": "source"} if person.key == "witness" else {}
    if person.part.party != "victim":
        return {"protected": "migrant"}
    sure = random.random() < 0.4
    return {
        "protected": "victim",
        "trafficking_status": f"{'Actual' if sure else 'Possible'}VictimOfTrafficking",
        "status_decided_by": random.choice(("Police", "NGO")),
        "consent": random.choice(("yes", "no")),
    }


def _numbers(desk: Desk, person: Person, case: str, random: Random) -> None:
    full_id = person.records[desk.agency]
    mine = desk.cite(full_id)
    common = {"holder_ref": mine, "holder_role": "own", "case_ref": case}
    if random.random() < (0.8 if person.key else 0.35) and person.key != "child":
        phone = {"kind": "phone", **_phone(desk.agency, person), **common}
        desk.add("identifiers", phone, beside=full_id, record_id=f"T-{mine}")
    if _has_passport(person, random):
        paper = {"kind": "passport", "value": person.passport, "issuer_country": person.country}
        fraud = "altered" if not person.key and random.random() < 0.1 else ""
        passport = {**paper, **common, "fraud": fraud}
        person.papers[desk.agency] = desk.add(
            "identifiers", passport, beside=full_id, record_id=f"PP-{mine}"
        )


def _has_passport(person: Person, random: Random) -> bool:
    often = 0.85 if not person.key else 0.7 if person.part.also else 0.15
    return bool(person.country) and random.random() < often


def _phone(agency: str, person: Person) -> dict[str, str]:
    """Write a number as the agency's system keeps it: blanks, dashes, or neither."""
    prefix, block, digits = person.phone.split()
    if agency == LK:
        return {"value": person.phone}
    if agency == TH:
        return {"value": f"{prefix}-{block}-{digits}"}
    return {"value": f"{prefix}{block}{digits}"}
