"""A case small enough to count by hand: two agencies, seven persons, four journeys."""

import networkx as nx


def small_case() -> nx.MultiDiGraph:
    """Return the network of the case, with the attributes that a projected network has.

    recruiter (VN) - broker (TH) - receiver (AU), a visa agent of no known country, a driver of
    two countries, a loner without a tie; and a victim, shielded, whom three of them moved.
    """
    net = nx.MultiDiGraph(as_of="2026-03-31")
    person(net, "recruiter", nationalities=("VN",))
    person(
        net,
        "broker",
        operating_countries=("TH",),
        nationalities=("LK",),
        facilitator=True,
        roles=("broker_travel_agent",),
        stages=("document", "recruit"),
        status={"status": "arrested", "date": "2026-01-10", "record": "TH:events:E-1"},
    )
    person(net, "receiver", residence_country="AU")
    person(net, "visa_agent")
    person(net, "driver", operating_countries=("MY", "TH"))
    person(net, "loner", nationalities=("AU",))
    person(net, "victim", nationalities=("VN",), shielded=True)
    tie(net, "recruiter", "RECRUITED", "broker", "VN:links:1", cases=("VN:cases:C1",))
    tie(net, "recruiter", "MET", "broker", "TH:links:2", cases=("TH:cases:C2",))
    tie(net, "broker", "PAID", "receiver", "TH:links:3", cases=("TH:cases:C2",))
    tie(net, "visa_agent", "ARRANGED_VISA", "receiver", "TH:links:4")
    tie(net, "broker", "SAME_JOURNEY", "driver", "TH:legs:5", "TH:links:6", derived=True)
    tie(net, "recruiter", "RECRUITED", "victim", "VN:links:7")
    tie(net, "victim", "PAID", "receiver", "VN:links:8")
    tie(net, "recruiter", "KIN_OF", "loner", "VN:links:9")
    journeys(net)
    net.add_node("TH:cases:C2", kind="Case", label="C2")
    stated = {"record_ids": ("TH:links:10",), "originators": ("TH",)}
    net.add_edge(
        "broker", "TH:cases:C2", kind="HAS_ROLE", role="broker_travel_agent", stage="document",
        **stated,
    )  # fmt: skip
    net.add_edge("broker", "TH:cases:C2", kind="PARTY_TO", role="facilitator", **stated)
    return net


def journeys(net: nx.MultiDiGraph) -> None:
    """Add four journeys: with a gap, with a stop inside a country, without legs, of one leg."""
    journey(net, "J1", [("VN", "TH", "air"), ("?", "AU", "sea")], persons_min=4, persons_max=6)
    journey(net, "J2", [("VN", "TH", "air"), ("TH", "TH", "land"), ("TH", "AU", "air")],
            persons_min=2, persons_max=2, promised_destination="AU", outcome="refused")  # fmt: skip
    journey(net, "J3", [], promised_destination="AU")
    journey(net, "J4", [("VN", "TH", "air"), ("TH", "AU", "air")], persons_min=None)
    net.add_edge("victim", "J4", kind="TRAVELLED", record_ids=("VN:journeys:J4",))
    net.add_node("paper", kind="Identifier", identifier_kind="passport", fraud="altered")
    net.add_edge("J2-3", "paper", kind="USED_DOCUMENT", record_ids=("VN:legs:J2-3",))
    net.add_edge(
        "driver", "J2-3", kind="HAS_ROLE", role="driver", stage="transit",
        record_ids=("VN:links:11",), originators=("VN",),
    )  # fmt: skip


def person(net: nx.MultiDiGraph, name: str, **data: object) -> None:
    """Add a person that one record describes."""
    net.add_node(name, kind="Person", label=name.title(), record_ids=(f"X:persons:{name}",), **data)


def tie(
    net: nx.MultiDiGraph, source: str, kind: str, target: str, *records: str, **data: object
) -> None:
    """Add a link that the given records state."""
    net.add_edge(
        source,
        target,
        kind=kind,
        record_ids=records,
        originators=(records[0].split(":")[0],),
        grading=("admiralty:C3",),
        **data,
    )


def journey(
    net: nx.MultiDiGraph, name: str, legs: list[tuple[str, str, str]], **data: object
) -> None:
    """Add a journey with its legs; those of even number hang on it by a link alone."""
    record = {"record_ids": (f"VN:journeys:{name}",), "originators": ("VN",)}
    net.add_node(name, kind="Journey", cases=("VN:cases:C1",), **record, **data)
    # Entered last leg first: the number orders them.
    for seq, (start, end, mode) in reversed(list(enumerate(legs, start=1))):
        leg = f"{name}-{seq}"
        net.add_node(
            leg, kind="Leg", seq=seq, mode=mode, from_country=start, to_country=end,
            record_ids=(f"VN:legs:{leg}",), originators=("VN",),
            journey=name if seq % 2 else None,
        )  # fmt: skip
        net.add_edge(name, leg, kind="HAS_LEG")
