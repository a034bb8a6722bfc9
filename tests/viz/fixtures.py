"""Invented networks as `graphs.build_network` makes them, of any size and in any order."""

import itertools
import random
from collections.abc import Sequence

import networkx as nx

COUNTRIES = ("LK", "MY", "TH", "AU", "VN", "ID")
GIVEN = (
    "Amaya", "Bảo", "Chalerm", "Dilan", "Elias", "Farah", "Gita", "Hùng", "Ishara", "Jonas",
    "Kamal", "Linh", "Mali", "Niran", "Omar", "Priya", "Quý", "Ratna", "Somchai", "Tara",
)  # fmt: skip
FAMILY = (
    "Example", "Pretend", "Sample", "Trial", "Vương", "Perera", "Rahmani", "Suksai", "Tan",
    "Iskandar", "Mendis", "Dao", "Kumari", "Wijaya", "Notreal", "Fictive",
)  # fmt: skip
SCRIPTS = ("สมหญิง ตัวอย่าง", "නිමල් උදාහරණ", "مثال حسین", "দৃষ্টান্ত আলী", "陳例子", "မောင် ဥပမာ")
WORKING = ("RECRUITED", "TRANSPORTED", "HARBOURED", "SUPPLIED_DOCUMENT", "DIRECTS", "PAID")
STAGES = ("recruit", "document", "transit", "receive", "collect_money", "exploit")
ROLES = ("organiser", "visa_agent", "driver", "guide", "sponsor", "document_forger")
GRADINGS = ("admiralty:A1", "admiralty:B2", "admiralty:C3", "europol4x4:B2", "none")
MARKINGS = ("TLP:AMBER H1", "TLP:GREEN", "TLP:AMBER H1 H2")
AGENCIES = ("LK-CIU", "MY-JTF", "AU-ABF")


def invented(persons: int = 60, *, seed: int = 7) -> nx.MultiDiGraph:
    """Return an invented operation: cells by country, a few brokers between them, journeys.

    About 2.4 entities a person, identifiers, journeys, legs, cases and countries counted.
    """
    return _Maker(persons, seed).network()


def shuffled(network: nx.MultiDiGraph, *, seed: int = 1) -> nx.MultiDiGraph:
    """Return the same network with nodes, links and attributes put in another order."""
    deal = random.Random(seed)
    nodes = list(network.nodes(data=True))
    links = list(network.edges(keys=True, data=True))
    deal.shuffle(nodes)
    deal.shuffle(links)
    other = nx.MultiDiGraph(**network.graph)
    for node, data in nodes:
        other.add_node(node, **dict(reversed(data.items())))
    for source, target, key, data in links:
        other.add_edge(source, target, key=key, **dict(reversed(data.items())))
    return other


class _Maker:
    """Deals one invented operation; everything random comes from one seed."""

    def __init__(self, persons: int, seed: int) -> None:
        self.deal = random.Random(seed)
        self.net = nx.MultiDiGraph(
            as_of="2026-03-31", originators=AGENCIES, marking="TLP:AMBER H1 H2",
            batches=("LK-CIU.2026-03-31.0123456789ab",), record_count=0, shared_pairs=3,
            slice="everything loaded",
        )  # fmt: skip
        self.persons = persons
        self.cases = [self._case(i) for i in range(max(2, persons // 30))]

    def network(self) -> nx.MultiDiGraph:
        facilitators = [self._person(i, facilitator=True) for i in range(self.persons * 2 // 5)]
        travellers = [
            self._person(i, facilitator=False) for i in range(len(facilitators), self.persons)
        ]
        for code in COUNTRIES:
            self._node(f"country:{code}", "Country", code, code=code, name=code)
        self._organisations(facilitators)
        self._cells(facilitators)
        self._work(facilitators, travellers)
        self._identifiers(facilitators)
        self._journeys(facilitators, travellers)
        self.net.graph["record_count"] = self.net.number_of_edges()
        return self.net

    def _node(self, node: str, kind: str, label: str, **more: object) -> str:
        agency = self.deal.choice(AGENCIES)
        said = {
            "kind": kind, "label": label, "record_ids": () if kind == "Country" else (node,),
            "originators": (agency,), "handling": (self.deal.choice(MARKINGS),),
            "grading": (self.deal.choice(GRADINGS),), "cases": (self.deal.choice(self.cases),)
            if kind != "Case" and not node.startswith("country") else (),
        }  # fmt: skip
        self.net.add_node(node, **said, **more)
        return node

    def _link(self, source: str, kind: str, target: str, **more: object) -> None:
        number = self.net.number_of_edges()
        record = f"{self.deal.choice(AGENCIES)}:links:K-{number:04d}"
        month = self.deal.randint(1, 12)
        said = {
            "kind": kind, "record_ids": (record,), "originators": (record.split(":")[0],),
            "grading": (self.deal.choice(GRADINGS),), "handling": (self.deal.choice(MARKINGS),),
            "releasable_to": ("AU", "TH"), "date_from": f"2025-{month:02d}", "date_to": None,
            "batch": (), "cases": (self.deal.choice(self.cases),), "journeys": (),
            "derived": False,
        }  # fmt: skip
        self.net.add_edge(source, target, key=record, **said | more)

    def _case(self, i: int) -> str:
        node = f"LK-CIU:cases:C-{i:02d}"
        self.net.add_node(
            node, kind="Case", label=f"2026/{i + 100}", local_ref=f"2026/{i + 100}",
            status="Active", offences=("smuggling",), record_ids=(node,),
            originators=("LK-CIU",), handling=("TLP:AMBER H1",), grading=("admiralty:B2",),
            cases=(),
        )  # fmt: skip
        return node

    def _person(self, i: int, *, facilitator: bool) -> str:
        country = COUNTRIES[i * 7 % len(COUNTRIES)]
        shielded = not facilitator
        name = SCRIPTS[i // 9] if i % 9 == 4 and i // 9 < len(SCRIPTS) else self._name()
        acts = (country, COUNTRIES[(i + 2) % 6]) if facilitator and i % 6 == 0 else ()
        arrested = {"status": "arrested", "date": "2026-01-10", "record": "AU-ABF:events:E-1"}
        return self._node(
            f"{AGENCIES[i % 3]}:persons:P-{i:03d}", "Person",
            f"Protected person {i:03d}" if shielded else name,
            names=(f"Protected person {i:03d}",) if shielded else (name,),
            nationalities=(country,), residence_country=country, operating_countries=acts,
            protected=("migrant",) if shielded else (), shielded=shielded,
            shield_reasons=("party to a case as migrant",) if shielded else (),
            facilitator=facilitator, roles=(ROLES[i % 6],) if facilitator else (),
            stages=(STAGES[i % 6],) if facilitator else (),
            case_roles=("suspect",) if facilitator else ("migrant",),
            status=arrested if i == 5 else None, birth_date=None, gender="NonSpecifiedUnknown",
        )  # fmt: skip

    def _name(self) -> str:
        return f"{self.deal.choice(GIVEN)} {self.deal.choice(FAMILY)}"

    def _organisations(self, facilitators: Sequence[str]) -> None:
        for i in range(max(1, self.persons // 20)):
            node = self._node(
                f"MY-JTF:organisations:O-{i:02d}", "Organisation", f"Example Travel {i}",
                jurisdiction=COUNTRIES[i % 6], organisation_kind="travel_agency", roles=(),
                stages=(), facilitator=False,
            )  # fmt: skip
            for owner in self.deal.sample(facilitators, min(2, len(facilitators))):
                self._link(owner, "OWNS", node)

    def _cells(self, facilitators: Sequence[str]) -> None:
        cells = [facilitators[i::6] for i in range(6)]
        for cell in filter(None, cells):
            for i, person in enumerate(cell[1:], start=1):
                self._link(cell[self.deal.randrange(i)], self.deal.choice(WORKING), person)
                if self.deal.random() < 0.3:
                    self._link(cell[0], "COMMUNICATED", person, channel="WhatsApp", count=12)
        heads = [cell[0] for cell in cells if cell]
        for one, other in itertools.pairwise(heads):
            self._link(one, "PAID", other, amount="3000", currency="USD")
            self._link(other, "MET", one)

    def _work(self, facilitators: Sequence[str], travellers: Sequence[str]) -> None:
        for i, traveller in enumerate(travellers):
            cell = facilitators[i % 6 :: 6] or facilitators
            if i % 12:
                self._link(self.deal.choice(cell), "RECRUITED", traveller, stage="recruit")
            if i % 3 == 0:
                self._link(self.deal.choice(cell), "TRANSPORTED", traveller)

    def _identifiers(self, facilitators: Sequence[str]) -> None:
        for i, person in enumerate(facilitators):
            node = self._node(
                f"LK-CIU:identifiers:I-{i:03d}", "Identifier", f"+60 12 000 {i:04d}",
                identifier_kind="phone", value=f"+60 12 000 {i:04d}",
                normalised=f"+6012000{i:04d}", platform=None, names_count=1,
            )  # fmt: skip
            self._link(person, "HOLDS", node, role="own")
            if i % 5 == 0:
                self._link(self.deal.choice(facilitators), "USED", node)

    def _journeys(self, facilitators: Sequence[str], travellers: Sequence[str]) -> None:
        for i in range(len(travellers) // 3):
            company = travellers[i % 6 + i // 6 * 18 :: 6][:3]
            start, through, end = self.deal.sample(COUNTRIES, 3)
            journey = self._node(
                f"AU-ABF:journeys:J-{i:03d}", "Journey", f"Journey {i}", persons_min=3,
                persons_max=6, countries=(start, through, end), outcome="intercepted",
                promised_destination="AU", actual_destination=end,
            )  # fmt: skip
            for traveller in company:
                self._link(traveller, "TRAVELLED", journey)
            cell = facilitators[i % 6 :: 6]
            helper, other = self.deal.sample(cell if len(cell) > 1 else facilitators, 2)
            self._link(helper, "HAS_ROLE", journey, stage="transit", role="guide")
            self._link(helper, "SAME_JOURNEY", other, derived=True, journeys=(journey,))
            for seq, (a, b) in enumerate(((start, through), (through, end)), start=1):
                leg = self._node(
                    f"AU-ABF:legs:G-{i:03d}-{seq}", "Leg", f"{a} to {b}", seq=seq, mode="air",
                    from_country=a, to_country=b, depart="2026-01-09", arrive=None, journey=journey,
                )  # fmt: skip
                self._link(journey, "HAS_LEG", leg)
                self._link(leg, "DEPARTS_FROM", f"country:{a}")
                self._link(leg, "ARRIVES_AT", f"country:{b}")
