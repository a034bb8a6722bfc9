"""What the agencies of the example agreed: posts to ask, a joint period, a plan, its outcomes."""

from random import Random

from loaders.example.desk import Desk
from loaders.example.story import AU, LK, TH

_NAMES = {
    LK: ("Crime Investigation Unit (invented)", "LK", "police"),
    TH: ("Immigration Bureau (invented)", "TH", "immigration"),
    AU: ("Border Force (invented)", "AU", "border"),
}
_POSTS = {
    LK: (("Head, document fraud", "document_fraud;smuggling"),
         ("Desk officer, labour cases", "labour_exploitation;trafficking")),
    TH: (("Duty officer, transit", "smuggling;document_fraud"),
         ("Head, child protection", "child_sexual_exploitation")),
    AU: (("Visa integrity desk", "document_fraud;sham_marriage"),
         ("Liaison, trafficking", "trafficking;labour_exploitation;child_sexual_exploitation")),
}  # fmt: skip


def agree(desks: dict[str, Desk], random: Random) -> None:
    """State the agencies, posts, joint period, plan, requests and outcomes."""
    au = desks[AU]
    for code, (name, country, kind) in _NAMES.items():
        au.add("agencies", {"code": code, "name": name, "country": country, "kind": kind},
               record_id=f"AG-{code}", plain=True)  # fmt: skip
    for desk in desks.values():
        _posts(desk, random)
    au.add("periods", {"name": "JPA 2026", "date_from": "2026-01-01", "date_to": "2026-06-30",
                       "baseline_from": "2025-07-01", "baseline_to": "2025-12-31",
                       "countries": "AU;LK;TH;MY;VN"}, record_id="JPA-26", plain=True)  # fmt: skip
    au.add("plans", {"title": "Lantern", "period_refs": "JPA-26", "lead": AU,
                     "partners": f"{LK};{TH}", "status": "active", "corridor": "LK>TH>AU",
                     "drafted_on": "2025-12-04", "reviewed_on": "2026-03-12"},
           record_id="PL-01", plain=True)  # fmt: skip
    _requests(desks)
    _outcomes(desks)


def _posts(desk: Desk, random: Random) -> None:
    country = _NAMES[desk.agency][1]
    confirmed = f"2026-0{random.randint(1, 3)}-{random.randint(10, 28)}"
    for number, (title, remit) in enumerate(_POSTS[desk.agency], start=1):
        mailbox = f"post{number}@{desk.agency.lower()}.example"
        desk.add("focal_points", {
            "agency": desk.agency, "post_title": title, "country": country, "channel": mailbox,
            "remit": remit, "confirmed_on": confirmed,
            "confirmed_by": f"{desk.agency} registry", "confirm_every_days": "180",
        }, record_id=f"FP-{number}", plain=True)  # fmt: skip


def _requests(desks: dict[str, Desk]) -> None:
    plan = f"{AU}:plans:PL-01"
    asked = (
        (AU, "FP-1", f"{LK}:focal_points:FP-1", f"{LK}:cases:C-001", "2026-01-19", "2026-02-16",
         "2026-02-11", "arrest record of January received"),
        (AU, "FP-2", f"{TH}:focal_points:FP-2", f"{TH}:cases:C-003", "2026-02-20", "2026-03-20", "",
         ""),
        (LK, "FP-1", f"{TH}:focal_points:FP-1", f"{TH}:cases:C-001", "2026-02-02", "2026-03-02", "",
         ""),
    )  # fmt: skip
    for agency, post, other, about, on, due, answered, outcome in asked:
        desk = desks[agency]
        desk.add("requests", {
            "from_post": post, "to_post": other, "about": about, "plan_ref": desk.cite(plan),
            "asked": on, "due": due, "answered": answered, "outcome": outcome,
        }, plain=True)  # fmt: skip


def _outcomes(desks: dict[str, Desk]) -> None:
    counted = (
        (LK, "arrests", 1, "2026-01-10"), (LK, "search_warrants", 2, "2026-01"),
        (TH, "victims_assisted", 4, "2026-03"), (TH, "suspects_identified", 9, "2026-03"),
        (AU, "new_investigations", 2, "2026-02"), (AU, "officers_trained", 26, "2026-02-18"),
    )  # fmt: skip
    for agency, counter, value, date in counted:
        desk = desks[agency]
        desk.add("outcomes", {
            "counter": counter, "value": str(value), "date": date, "agency": agency,
            "plan_ref": desk.cite(f"{AU}:plans:PL-01"),
        }, plain=True)  # fmt: skip
