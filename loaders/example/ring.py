"""One ring of the operation: its cast, their standing ties, its cases, its marks online."""

import unicodedata
from collections.abc import Sequence
from random import Random
from typing import Final

from loaders.example.describe import describe
from loaders.example.desk import Desk
from loaders.example.journeys import Journeys
from loaders.example.names import NameBook
from loaders.example.people import Person, player
from loaders.example.story import (
    ACCOUNTS,
    ARRESTED,
    AU,
    CASES,
    CAST,
    GROUPS,
    LINKED,
    LK,
    PERIOD,
    PLAN,
    RING_SIZE,
    STAGE_OF,
    TH,
    TIES,
    Part,
    Tie,
)

_CAST_SHARE: Final = len(CAST) / RING_SIZE
_HEADS: Final = ("my_broker", "au_gate", "th_gate")
# In which of its agency's cases a part is recorded first; elsewhere the first tie tells.
_FALLBACK: Final = {LK: "visa", TH: "transit", AU: "labour"}


class Ring:
    """Plays the story once, with new people, over the desks of the three agencies."""

    def __init__(
        self, desks: dict[str, Desk], random: Random, book: NameBook, *, first_number: int,
        size: int,
    ) -> None:  # fmt: skip
        self._desks = desks
        self._random = random
        self._book = book
        self._first_number = first_number
        self._size = size
        self._cases: dict[tuple[str, str], str] = {}
        self._cast: dict[str, Person] = {}

    def play(self) -> None:
        """State everything that happens in the ring."""
        self._open_cases()
        self._cast_parts()
        for tie in TIES:
            self._tie(tie)
        self._organisations()
        self._accounts()
        self._arrest()
        self._child()
        self._search()
        Journeys(
            self._desks, self._random, self._book, self._cast, self._cases,
            first_number=self._first_number + len(self._cast),
        ).run(self._size - len(self._cast))  # fmt: skip

    def heads(self) -> dict[str, Person]:
        """Return those whom a later ring may know."""
        return {key: self._cast[key] for key in _HEADS if key in self._cast}

    def know(self, others: dict[str, Person]) -> None:
        """Tie the heads of this ring to those of an earlier one, through two parts."""
        for key, agency, case in (("my_broker", LK, "sea"), ("au_gate", AU, "labour")):
            if key in self._cast and key in others:
                self._link(agency, self._cast[key], "MET", others[key], case, day=self._day())

    def _day(self) -> str:
        random = self._random
        year, month = random.choice(((2025, 7), (2025, 9), (2025, 10), (2025, 11), (2025, 12),
                                     (2026, 1), (2026, 2)))  # fmt: skip
        return f"{year}-{month:02d}-{random.randint(1, 28):02d}"

    def _open_cases(self) -> None:
        for agency, cases in CASES.items():
            for key, offences in cases.items():
                self._cases[agency, key] = self._open_case(self._desks[agency], key, offences)

    def _open_case(self, desk: Desk, key: str, offences: str) -> str:
        linked = [
            self._cases[other, case]
            for agency, here, other, case in LINKED
            if (agency, here) == (desk.agency, key) and (other, case) in self._cases
        ]
        number = self._random.randint(100, 999)
        return desk.add("cases", {
            "local_ref": f"{desk.agency[:2]}/2025/{number}", "offences": offences,
            "status": "FollowUp" if key == "online" else "Active",
            "opened": f"2025-{self._random.randint(7, 11):02d}", "lead_agency": desk.agency,
            "period_ref": desk.cite(PERIOD), "plan_ref": desk.cite(PLAN) if key == "visa" else "",
            "linked_cases": ";".join(linked),
        }, plain=True)  # fmt: skip

    def _case(self, agency: str, key: str) -> str:
        return self._desks[agency].cite(self._cases[agency, key])

    def _cast_parts(self) -> None:
        many = max(1, round(self._size * _CAST_SHARE))
        first = self._first_number == 1
        for offset, part in enumerate(CAST[:many]):
            person = player(
                part, self._first_number + offset, self._random, self._book, first=first
            )
            self._cast[part.key] = person
            for agency in (part.home, *part.also):
                case = self._case(agency, _case_of(part, agency))
                describe(self._desks[agency], person, case, self._random, seen=self._day())
            self._role_in_case(person)

    def _role_in_case(self, person: Person) -> None:
        part, desk = person.part, self._desks[person.part.home]
        if not part.role:
            return
        case = self._case(part.home, _case_of(part, part.home))
        desk.add("links", {
            "from_ref": desk.cite(person.records[part.home]), "kind": "HAS_ROLE", "to_ref": case,
            "stage": STAGE_OF[part.role], "role": part.role, "case_ref": case,
        }, seen=self._day())  # fmt: skip

    def _tie(self, tie: Tie) -> None:
        source, target = self._cast.get(tie.source), self._cast.get(tie.target)
        if source is None or target is None:
            return
        more = {"channel": tie.channel, "claim": tie.claim, "currency": tie.currency,
                "amount": str(tie.amount) if tie.amount else ""}  # fmt: skip
        if tie.channel:
            more["count"] = str(self._random.randint(2, 90))
        day = "" if self._random.random() < 0.15 else self._day()
        self._link(tie.agency, source, tie.kind, target, tie.case, day=day, more=more)

    def _link(
        self, agency: str, source: Person, kind: str, target: Person, case: str, *, day: str,
        more: dict[str, str] | None = None,
    ) -> None:  # fmt: skip
        desk = self._desks[agency]
        desk.add("links", {
            "from_ref": desk.cite_person(source), "kind": kind, "to_ref": desk.cite_person(target),
            "date_from": day, "case_ref": self._case(agency, case), **(more or {}),
        }, seen=day)  # fmt: skip

    def _organisations(self) -> None:
        for key, country, kind, pattern, owner_key, agency, worker_key in GROUPS:
            owner, desk = self._cast.get(owner_key), self._desks[agency]
            if owner is None:
                continue
            case = self._case(agency, _case_of(owner.part, agency))
            name = pattern.format(surname=owner.name.latin_surname.split()[-1])
            firm = desk.add("organisations", {
                "name": name, "kind": kind, "jurisdiction": country, "case_ref": case,
                "registration_no": f"{country}{self._random.randint(100_000, 999_999)}",
            }, seen=self._day())  # fmt: skip
            self._firm_link(desk, owner, "OWNS", firm, case)
            if worker := self._cast.get(worker_key):
                self._firm_link(desk, worker, "WORKS_FOR", firm, case)
            if key == "AU" and (sender := self._cast.get("my_hawala")):
                self._firm_link(desk, sender, "MOVED_MONEY", firm, case)

    def _firm_link(self, desk: Desk, person: Person, kind: str, firm: str, case: str) -> None:
        desk.add("links", {"from_ref": desk.cite_person(person), "kind": kind,
                           "to_ref": desk.cite(firm), "case_ref": case})  # fmt: skip

    def _accounts(self) -> None:
        for platform, kind, pattern, holder_key, agency in ACCOUNTS:
            holder = self._cast.get(holder_key)
            if holder is None:
                continue
            value = pattern.format(handle=_handle(holder, self._first_number))
            for desk in (self._desks[agency], self._desks[AU if agency != AU else TH]):
                self._account(desk, holder, platform, kind, value, own=desk.agency == agency)

    def _account(
        self, desk: Desk, holder: Person, platform: str, kind: str, value: str, *, own: bool
    ) -> None:
        case = self._case(desk.agency, _case_of(holder.part, desk.agency))
        day = self._day()
        account = desk.add("identifiers", {
            "kind": "account_handle", "value": value, "platform": platform, "channel_kind": kind,
            "holder_ref": desk.cite_person(holder) if own else "",
            "holder_role": "own" if own else "", "case_ref": case,
        }, seen=day)  # fmt: skip
        desk.add("links", {
            "from_ref": desk.cite_person(holder), "kind": "ADVERTISED_ON" if own else "USED",
            "to_ref": desk.cite(account), "date_from": day, "case_ref": case,
        }, seen=day)  # fmt: skip

    def _arrest(self) -> None:
        key, day = ARRESTED
        if (person := self._cast.get(key)) is None:
            return
        desk = self._desks[LK]
        desk.add("events", {
            "kind": "arrest", "date": day, "location_ref": desk.place("CMB"),
            "person_refs": f"arrested={desk.cite_person(person)}",
            "case_ref": self._case(LK, "visa"),
        }, seen=day)  # fmt: skip

    def _child(self) -> None:
        """State what was done to a child by its codes alone; no record here describes it.

        The child is last in the cast: where it has a part, everybody has.
        """
        child, desk = self._cast.get("child"), self._desks[TH]
        if child is None:
            return
        controller = desk.cite_person(self._cast["th_online"])
        people = f"victim={desk.cite_person(child)};controller={controller}"
        desk.add("events", {
            "kind": "exploitation", "date": "2025-11", "date_to": "2026-02", "country": "TH",
            "person_refs": people, "exploitation_types": "SexualExploitation",
            "sex_exploitation_types": "RemoteInteractiveServices", "platforms": "Telegram",
            "methods_of_control": "PsychologicalAbuse", "case_ref": self._case(TH, "online"),
        }, seen="2026-02-28")  # fmt: skip
        desk.add("events", {
            "kind": "rescue", "date": "2026-03-03", "country": "TH",
            "person_refs": f"victim={desk.cite_person(child)}",
            "case_ref": self._case(TH, "online"),
        }, seen="2026-03-03")  # fmt: skip
        self._link(AU, self._cast["au_payer"], "EXPLOITED", child, "online", day="2025-12")

    def _search(self) -> None:
        keepers = [self._cast[key] for key in ("th_house1", "th_driver1") if key in self._cast]
        if len(keepers) < 2:
            return
        desk, case = self._desks[TH], self._case(TH, "transit")
        who = ";".join(f"present={desk.cite_person(person)}" for person in keepers)
        desk.add("events", {
            "kind": "search", "date": "2026-02-07", "location_ref": desk.place("BKC"),
            "person_refs": who, "case_ref": case,
        }, seen="2026-02-07")  # fmt: skip
        shared = {"kind": "phone", "value": keepers[0].phone, "case_ref": case}
        phone = desk.add("identifiers", shared, seen="2026-02-07")
        for person in keepers:
            desk.add("links", {"from_ref": desk.cite_person(person), "kind": "USED",
                               "to_ref": desk.cite(phone), "case_ref": case,
                               "date_from": "2026-02-07"}, seen="2026-02-07")  # fmt: skip


def _case_of(part: Part, agency: str) -> str:
    for tie in TIES:
        if part.key in (tie.source, tie.target) and tie.agency == agency:
            return tie.case
    return "online" if part.key == "child" else _FALLBACK[agency]


def _handle(person: Person, number: int) -> str:
    surname: Sequence[str] = person.name.latin_surname.split()
    plain = unicodedata.normalize("NFKD", surname[-1]).encode("ascii", "ignore").decode().lower()
    return plain if number == 1 else f"{plain}{number}"
