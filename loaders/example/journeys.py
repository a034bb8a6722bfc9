"""The journeys of a ring: who travelled, leg by leg, who did which step, what became of them."""

from random import Random
from typing import Final, NamedTuple

from loaders.example.describe import describe
from loaders.example.desk import Desk, later
from loaders.example.names import NameBook
from loaders.example.people import Person, traveller
from loaders.example.story import (
    AU,
    CAST,
    FIRST_DAY,
    LK,
    PLACES,
    PLOTS,
    RING_SIZE,
    TH,
    Plot,
    Step,
)

_PER_TRAVELLER: Final = 60 / (RING_SIZE - len(CAST))
_MOST: Final = 4
_WOMEN: Final = ("venue", "marriage", "club")
_ALSO_KNOWN_IN: Final = {"visitor": (AU, "visa"), "sea": (AU, "sea")}
_OUTCOMES: Final = ("arrived",) * 6 + ("intercepted", "refused", "unknown", "intercepted")
_CASE_THERE: Final = {
    (LK, "labour"): "labour", (TH, "visitor"): "transit", (TH, "marriage"): "transit",
    (TH, "club"): "venue", (AU, "visitor"): "visa", (AU, "sea"): "sea", (AU, "club"): "labour",
    (TH, "fishing"): "fishing",
}  # fmt: skip
_METHODS: Final = {
    "visitor": ("ThroughOnlineSocialNetworks", "Facebook"),
    "labour": ("ThroughAnOnlineAdvertisement", "Telegram"),
    "venue": ("ThroughOnlineSocialNetworks", "TikTok"),
    "marriage": ("ThroughAnOnlineAdvertisement", "Facebook"),
}  # fmt: skip


class Trip(NamedTuple):
    """One journey as its agency holds it: refs of its record and legs, its travellers, its days."""

    plot: Plot
    desk: Desk
    case: str
    travellers: list[Person]
    journey: str
    legs: list[str]
    days: list[str]


class Journeys:
    """Makes the journeys of one ring with the people left to travel."""

    def __init__(
        self, desks: dict[str, Desk], random: Random, book: NameBook, cast: dict[str, Person],
        cases: dict[tuple[str, str], str], *, first_number: int,
    ) -> None:  # fmt: skip
        self._desks = desks
        self._random = random
        self._book = book
        self._cast = cast
        self._cases = cases
        self._number = first_number

    def run(self, people: int) -> None:
        """Send so many people on their way."""
        many = min(people, max(1, round(people * _PER_TRAVELLER))) if people else 0
        sizes = [1] * many
        while sum(sizes) < people:
            place = self._random.randrange(many)
            sizes[place] += sizes[place] < _MOST
        for plot, size in zip(self._plots(many), sizes, strict=True):
            self._travel(plot, size)

    def _plots(self, many: int) -> list[Plot]:
        deck = [plot for plot in PLOTS for _ in range(plot.weight)]
        self._random.shuffle(deck)
        return [deck[place % len(deck)] for place in range(many)]

    def _travel(self, plot: Plot, size: int) -> None:
        victim = self._random.random() < plot.victim
        desk, case = self._desk(plot)
        outcome = self._random.choice(_OUTCOMES)
        hops = len(plot.modes) - (outcome == "intercepted" and len(plot.modes) > 1)
        days = self._days(hops)
        people = [self._traveller(plot, desk, case, days[-1], victim=victim) for _ in range(size)]
        journey = self._journey(plot, desk, case, people, outcome, days[-1])
        legs = [self._leg(plot, desk, journey, people, days, hop) for hop in range(hops)]
        trip = Trip(plot, desk, case, people, journey, legs, days)
        for step in plot.steps:
            self._step(trip, step)
        self._together(trip)
        self._happenings(trip, victim=victim)
        self._also_known(trip)

    def _desk(self, plot: Plot) -> tuple[Desk, str]:
        elsewhere = plot.key in _ALSO_KNOWN_IN and self._random.random() < 0.3
        agency, key = _ALSO_KNOWN_IN[plot.key] if elsewhere else (plot.agency, plot.case)
        return self._desks[agency], self._desks[agency].cite(self._cases[agency, key])

    def _days(self, hops: int) -> list[str]:
        days = [later(FIRST_DAY, self._random.randint(0, 235))]
        for _ in range(hops - 1):
            days.append(later(days[-1], self._random.randint(1, 9)))
        return days

    def _traveller(self, plot: Plot, desk: Desk, case: str, seen: str, *, victim: bool) -> Person:
        gender = "Feminine" if plot.key in _WOMEN else ""
        person = traveller(
            plot.country, gender, self._number, self._random, self._book, victim=victim
        )
        self._number += 1
        describe(desk, person, case, self._random, seen=seen)
        return person

    def _journey(
        self, plot: Plot, desk: Desk, case: str, people: list[Person], outcome: str, seen: str
    ) -> str:
        random = self._random
        least, most, currency, timing = plot.fee
        known = random.random() < 0.75
        fee = {"fee_amount": str(random.randrange(least, most, 500)), "fee_currency": currency}
        promised, reached = PLACES[plot.places[-1]][0], outcome == "arrived"
        full_id = desk.add("journeys", {
            "case_ref": case, "person_refs": ";".join(desk.cite_person(one) for one in people),
            "group_size": self._group_size(plot, len(people)),
            "promised_destination": promised, "actual_destination": promised if reached else "",
            "claimed_purpose": plot.purpose[0], "true_work": plot.purpose[1] if reached else "",
            **(fee if known else {}), "fee_timing": timing if known else "unknown",
            "fee_paid": random.choice(("yes", "part", "no", "")),
            "documents_held_by": "employer" if timing == "from_wages" else "",
            "lodging_by": random.choice(("facilitator", "employer", "unknown", "")),
            "facts_present": ";".join(f for f in plot.facts if random.random() < 0.6),
            "outcome": outcome,
        }, seen=seen)  # fmt: skip
        return full_id

    def _group_size(self, plot: Plot, known: int) -> str:
        if plot.group:
            least = known + self._random.randint(1, 3)
            return f"{least}-{least + self._random.randint(1, 9)}"
        return str(known) if self._random.random() < 0.8 else ""

    def _leg(
        self, plot: Plot, desk: Desk, journey: str, people: list[Person], days: list[str], hop: int
    ) -> str:
        random, mode = self._random, plot.modes[hop]
        paper = people[0].papers.get(desk.agency, "")
        return desk.add("legs", {
            "journey_ref": desk.cite(journey), "seq": str(hop + 1),
            "mode": mode if random.random() < 0.95 else "unknown",
            **self._end("from", plot.places[hop], desk),
            **self._end("to", plot.places[hop + 1], desk),
            "depart": days[hop] if random.random() < 0.85 else days[hop][:7],
            "arrive": days[hop] if mode == "air" and random.random() < 0.6 else "",
            "carrier": f"XA{random.randint(100, 199)}" if mode == "air" else "",
            "booking_ref": _booking(random) if mode == "air" and random.random() < 0.7 else "",
            "document_ref": desk.cite(paper) if paper and mode == "air" else "",
            "hte_type": "Transit",
        }, seen=days[hop])  # fmt: skip

    def _end(self, end: str, code: str, desk: Desk) -> dict[str, str]:
        if self._random.random() < 0.03:
            return {f"{end}_country": "unknown"}
        return {f"{end}_ref": desk.place(code)}

    def _step(self, trip: Trip, step: Step) -> None:
        random = self._random
        key, known = random.choice(step.parts), random.random() < step.chance
        if not known or key not in self._cast or step.leg > len(trip.legs):
            return
        person, desk = self._cast[key], self._desks[step.agency]
        target = trip.legs[step.leg - 1] if step.leg else trip.journey
        day = trip.days[step.leg - 1] if step.leg else trip.days[0]
        date = "" if random.random() < 0.15 else day
        about = self._about(trip, desk)
        desk.add("links", {
            "from_ref": desk.cite_person(person), "kind": "HAS_ROLE", "to_ref": desk.cite(target),
            "stage": step.stage, "role": person.part.role, "date_from": date, **about,
        }, seen=day)  # fmt: skip
        if step.tie and random.random() < 0.5:
            who = random.choice(trip.travellers)
            desk.add("links", {
                "from_ref": desk.cite_person(person), "kind": step.tie,
                "to_ref": desk.cite_person(who), "date_from": date, **about,
            }, seen=day)  # fmt: skip

    def _about(self, trip: Trip, desk: Desk) -> dict[str, str]:
        key = _CASE_THERE.get((desk.agency, trip.plot.key), trip.plot.case)
        own = trip.case if desk is trip.desk else desk.cite(self._cases[desk.agency, key])
        return {"case_ref": own, "journey_ref": desk.cite(trip.journey)}

    def _together(self, trip: Trip) -> None:
        first, *others = trip.travellers
        about = self._about(trip, trip.desk)
        for other in others:
            if self._random.random() < 0.5:
                trip.desk.add("links", {
                    "from_ref": trip.desk.cite_person(first), "kind": "CO_TRAVELLED",
                    "to_ref": trip.desk.cite_person(other), "date_from": trip.days[0], **about,
                }, seen=trip.days[0])  # fmt: skip

    def _happenings(self, trip: Trip, *, victim: bool) -> None:
        random = self._random
        if trip.plot.key in _METHODS and random.random() < 0.4:
            self._recruited(trip)
        if random.random() < 0.35:
            self._paid(trip)
        if victim and trip.plot.harm and random.random() < 0.8:
            self._exploited(trip)
        if trip.plot.key == "marriage":
            self._married(trip, victim=victim)
        if random.random() < 0.3:
            self._contact(trip)

    def _recruited(self, trip: Trip) -> None:
        method, platform = _METHODS[trip.plot.key]
        trip.desk.add("events", {
            "kind": "recruitment", "date": trip.days[0][:7],
            "country": PLACES[trip.plot.places[0]][0], "method_of_recruitment": method,
            "platforms": platform,
            "person_refs": _all_as("recruited", trip),
            **self._about(trip, trip.desk),
        }, seen=trip.days[0])  # fmt: skip

    def _paid(self, trip: Trip) -> None:
        taker = self._cast.get(trip.plot.steps[0].parts[0])
        if taker is None:
            return
        payer = trip.desk.cite_person(trip.travellers[0])
        money = {"amount": str(trip.plot.fee[0] // 4), "currency": trip.plot.fee[2]}
        about = self._about(trip, trip.desk)
        trip.desk.add("links", {
            "from_ref": payer, "kind": "PAID", "to_ref": trip.desk.cite_person(taker),
            "date_from": trip.days[0], **money, **about,
        }, seen=trip.days[0])  # fmt: skip
        trip.desk.add("events", {
            "kind": "payment", "date": trip.days[0],
            "person_refs": f"payer={payer};payee={trip.desk.cite_person(taker)}", **money, **about,
        }, seen=trip.days[0])  # fmt: skip

    def _exploited(self, trip: Trip) -> None:
        sexual = trip.plot.harm == "SexualExploitation"
        codes = (
            {"exploitation_types": "SexualExploitation",
             "methods_of_control": "DebtBondage;WithholdsDocuments"}
            if sexual else
            {"exploitation_types": "ForcedLabour", "labour_industry": trip.plot.harm,
             "methods_of_control": "TakesEarnings;WithholdsDocuments;ExcessiveWorkingHours"}
        )  # fmt: skip
        who = _all_as("victim", trip)
        about = {"country": PLACES[trip.plot.places[-1]][0], **self._about(trip, trip.desk)}
        trip.desk.add("events", {
            "kind": "exploitation", "date": trip.days[-1][:7], "person_refs": who, **codes, **about,
        }, seen=trip.days[-1])  # fmt: skip
        if self._random.random() < 0.4:
            day = later(trip.days[-1], self._random.randint(5, 15))
            trip.desk.add("events", {"kind": "rescue", "date": day, "person_refs": who, **about},
                          seen=day)  # fmt: skip

    def _married(self, trip: Trip, *, victim: bool) -> None:
        spouses = [one for key, one in self._cast.items() if key.startswith("au_spouse")]
        if not spouses:
            return
        trip.desk.add("links", {
            "from_ref": trip.desk.cite_person(trip.travellers[0]), "kind": "MARRIED_TO",
            "to_ref": trip.desk.cite_person(self._random.choice(spouses)),
            "claim": "forced_suspected" if victim else "sham_suspected",
            "date_from": trip.days[0][:7], **self._about(trip, trip.desk),
        }, seen=trip.days[-1])  # fmt: skip

    def _contact(self, trip: Trip) -> None:
        """State a facilitator's number as found in a traveller's phone: a contact, not theirs."""
        known = self._cast.get(self._random.choice(trip.plot.steps[0].parts))
        if known is None:
            return
        trip.desk.add("identifiers", {
            "kind": "phone", "value": known.phone, "holder_role": "contact",
            "holder_ref": trip.desk.cite_person(trip.travellers[0]), "case_ref": trip.case,
        }, seen=trip.days[-1])  # fmt: skip

    def _also_known(self, trip: Trip) -> None:
        """Let the agency of destination hold its own record of one traveller, not matched yet."""
        if trip.desk.agency == AU or trip.plot.key not in _ALSO_KNOWN_IN:
            return
        agency, key = _ALSO_KNOWN_IN[trip.plot.key]
        if self._random.random() < 0.6:
            desk = self._desks[agency]
            case = desk.cite(self._cases[agency, key])
            describe(desk, trip.travellers[0], case, self._random, seen=trip.days[-1])


def _all_as(role: str, trip: Trip) -> str:
    return ";".join(f"{role}={trip.desk.cite_person(one)}" for one in trip.travellers)


def _booking(random: Random) -> str:
    return "".join(random.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(6))
