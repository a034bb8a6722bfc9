"""The invented operation as plain data: who plays in it, who knows whom, what they do."""

from typing import Final, NamedTuple

LK, TH, AU = "LK-CIU", "TH-IB", "AU-BF"
AGENCIES: Final = (LK, TH, AU)
RING_SIZE: Final = 150
"""People in one telling of the story, with 60 journeys; more people are more tellings."""
HOME: Final = {LK: "LK", TH: "TH", AU: "AU"}
FIRST_DAY: Final = "2025-07-01"
AS_OF: Final = "2026-03-31"
PERIOD: Final = "AU-BF:periods:JPA-26"
PLAN: Final = "AU-BF:plans:PL-01"
ARRESTED: Final = ("lk_visa", "2026-01-10")
IN_MANY_SCRIPTS: Final = "th_gate"
# One name as two more files write it: by ear, in Sinhala and in Tamil.
OTHER_SCRIPTS: Final = "alias=බූන්නොප් නක්රොබ්;alias=பூன்னொப் நக்ரொப்"


class Part(NamedTuple):
    """One part of the play: where it belongs, its role, and which agencies hold a record of it.

    `home` is the agency whose record others cite; `also` keep one of their own, not matched yet.
    """

    key: str
    country: str
    acts: str
    role: str
    home: str
    also: tuple[str, ...] = ()
    name: str = ""
    gender: str = ""
    party: str = "suspect"


CAST: Final = (
    Part("th_gate", "TH", "TH", "broker_travel_agent", TH, (LK, AU), "บุญนพ นักรบ"),
    Part("lk_visa", "LK", "LK", "visa_agent", LK, (AU,), "Joshua Xiti Koshy"),
    Part("au_gate", "AU", "AU", "organiser", AU, (TH,), "Darrell Harris", party="facilitator"),
    Part("my_broker", "MY", "MY", "recruiter_intermediary", LK, (AU,), "William Pollard"),
    Part("lk_head", "LK", "LK", "organiser", LK, (TH,), "Akshay Hora"),
    Part("id_org", "ID", "ID", "organiser", AU, (LK,), "Nurul Sihombing"),
    Part("my_hawala", "MY", "MY;BD", "hawaladar", AU, (LK,), "Jeffrey Chelsea Graves"),
    Part("th_venue", "TH", "TH", "employer_exploiter", TH, (), "นาตยา เวียงจันทึก"),
    Part("vn_rec1", "VN", "VN", "recruiter_intermediary", TH, (AU,), "Ian Zizi Haryanto"),
    Part("au_emp1", "AU", "AU", "employer_exploiter", AU, (), "Sebastian Roy Jørgensen"),
    Part("lk_rec1", "LK", "LK", "recruiter_intermediary", LK, (AU,), "Lipika Nadig"),
    Part("lk_rec2", "LK", "LK", "recruiter_intermediary", LK, ()),
    Part("lk_crew", "LK", "LK", "skipper", LK, (), gender="Masculine"),
    Part("th_house1", "TH", "TH", "safe_house_keeper", TH, ()),
    Part("au_match", "AU", "AU", "sponsor", AU, (), "Claudia Gabriele Castelli"),
    Part("vn_match", "VN", "VN;TH", "recruiter_intermediary", AU, (TH,), gender="Feminine"),
    Part("lk_forger", "LK", "LK", "document_forger", LK, ()),
    Part("bd_rec1", "BD", "BD", "recruiter_intermediary", AU, ()),
    Part("th_driver1", "TH", "TH", "driver", TH, (), gender="Masculine"),
    Part("kh_guide1", "KH", "KH", "guide", TH, ()),
    Part("id_skip1", "ID", "ID", "skipper", AU, (), gender="Masculine"),
    Part("th_online", "TH", "TH", "controller", TH, (AU,), "ไชยภพ ทองสุกเลิศ"),
    Part("au_payer", "AU", "AU", "employer_exploiter", AU, (), gender="Masculine"),
    Part("au_spouse1", "AU", "AU", "sham_spouse", AU, ()),
    Part("au_driver", "AU", "AU", "driver", AU, ()),
    Part("lk_guar", "LK", "LK", "guarantor", LK, ()),
    Part("lk_rec3", "LK", "LK", "recruiter_intermediary", LK, ()),
    Part("lk_house", "LK", "LK", "safe_house_keeper", LK, ()),
    Part("lk_driver", "LK", "LK", "driver", LK, ()),
    Part("th_official", "TH", "TH", "corrupt_official", TH, (), party="suspect"),
    Part("th_guide", "TH", "TH", "guide", TH, ()),
    Part("th_forger", "TH", "TH", "document_forger", TH, ()),
    Part("th_house2", "TH", "TH", "safe_house_keeper", TH, ()),
    Part("th_driver2", "TH", "TH", "driver", TH, ()),
    Part("vn_rec2", "VN", "VN", "recruiter_intermediary", TH, ()),
    Part("kh_driver", "KH", "KH", "driver", TH, ()),
    Part("mm_rec", "MM", "MM", "recruiter_intermediary", TH, ()),
    Part("my_house", "MY", "MY", "safe_house_keeper", LK, ()),
    Part("my_driver", "MY", "MY", "driver", AU, ()),
    Part("my_boat", "MY", "MY", "employer_exploiter", TH, ()),
    Part("bd_rec2", "BD", "BD", "recruiter_intermediary", AU, ()),
    Part("bd_guar", "BD", "BD", "guarantor", AU, ()),
    Part("id_skip2", "ID", "ID", "skipper", AU, ()),
    Part("id_spot", "ID", "", "spotter", AU, ()),
    Part("au_emp2", "AU", "AU", "employer_exploiter", AU, ()),
    Part("au_house", "AU", "AU", "safe_house_keeper", AU, ()),
    Part("au_visa", "AU", "AU", "visa_agent", AU, ()),
    Part("au_money", "AU", "AU", "aide", AU, ()),
    Part("au_spouse2", "AU", "AU", "sham_spouse", AU, ()),
    Part("au_spouse3", "AU", "AU", "sham_spouse", AU, ()),
    Part("label", "", "", "unknown", LK, (), "-"),
    Part("witness", "TH", "", "", TH, (), party="witness"),
    Part("child", "TH", "", "", TH, (AU,), party="victim"),
)

GROUPS: Final = (
    ("LK", "LK", "travel_agency", "{surname} Air Tours", "lk_visa", LK, "lk_house"),
    ("TH", "TH", "travel_agency", "{surname} Transit Service", "th_gate", TH, "th_driver1"),
    ("AU", "AU", "labour_hire", "{surname} Workforce", "au_gate", AU, "au_driver"),
    ("EMP", "AU", "employer", "{surname} Formwork", "au_emp1", AU, "au_emp2"),
    ("VEN", "TH", "other", "{surname} Lounge", "th_venue", TH, "th_house2"),
    ("MY", "MY", "shell", "{surname} Trading", "my_hawala", AU, "my_driver"),
)
"""Organisations: key, country, kind, name after its owner, owner, agency, who works for it."""

ACCOUNTS: Final = (
    ("Facebook", "page", "{handle}.visitor.visa", "lk_rec3", LK),
    ("Telegram", "group", "{handle}_work_australia", "bd_rec1", AU),
    ("TikTok", "account", "{handle}.good.jobs", "vn_rec2", TH),
    ("Telegram", "account", "{handle}_live", "th_online", TH),
    ("Facebook", "advert", "{handle}.meet.a.partner", "vn_match", AU),
)


class Tie(NamedTuple):
    """A standing tie between two parts, and the agency that states it."""

    agency: str
    source: str
    kind: str
    target: str
    case: str
    channel: str = ""
    amount: int = 0
    currency: str = ""
    claim: str = ""


TIES: Final = (
    # Colombo: one organiser, his recruiters and papers.
    Tie(LK, "lk_visa", "DIRECTS", "lk_rec1", "visa"),
    Tie(LK, "lk_head", "DIRECTS", "lk_visa", "visa"),
    Tie(LK, "lk_rec3", "WORKS_FOR", "lk_rec1", "visa"),
    Tie(LK, "lk_rec1", "COMMUNICATED", "lk_visa", "visa", "WhatsApp"),
    Tie(LK, "lk_forger", "COMMUNICATED", "lk_visa", "visa", "phone"),
    Tie(LK, "lk_driver", "WORKS_FOR", "lk_rec1", "visa"),
    Tie(LK, "lk_house", "KIN_OF", "lk_driver", "visa"),
    Tie(LK, "lk_visa", "PAID", "label", "visa", amount=1_500, currency="USD"),
    # Colombo's second circle meets the organiser only through a man in Malaysia.
    Tie(LK, "lk_head", "PAID", "my_broker", "sea", amount=12_000, currency="USD"),
    Tie(LK, "my_broker", "DIRECTS", "lk_crew", "sea"),
    Tie(LK, "my_broker", "DIRECTS", "lk_rec2", "labour"),
    Tie(LK, "my_broker", "PAID", "lk_guar", "sea", amount=4_000, currency="USD"),
    Tie(LK, "lk_guar", "GUARANTEED", "lk_rec2", "labour"),
    Tie(LK, "lk_house", "WORKS_FOR", "my_broker", "sea"),
    Tie(LK, "my_broker", "MET", "my_house", "sea"),
    Tie(AU, "my_driver", "WORKS_FOR", "my_broker", "labour"),
    # Across the border to Bangkok.
    Tie(LK, "lk_visa", "COMMUNICATED", "th_gate", "visa", "WhatsApp"),
    Tie(LK, "lk_visa", "PAID", "th_gate", "visa", amount=3_000, currency="USD"),
    Tie(TH, "th_gate", "DIRECTS", "th_house1", "transit"),
    Tie(TH, "th_gate", "DIRECTS", "th_driver1", "transit"),
    Tie(TH, "th_gate", "CORRUPTED", "th_official", "transit"),
    Tie(TH, "th_forger", "WORKS_FOR", "th_gate", "transit"),
    Tie(TH, "th_guide", "WORKS_FOR", "th_driver1", "transit"),
    Tie(TH, "th_house1", "MARRIED_TO", "th_driver1", "transit", claim="genuine"),
    Tie(TH, "th_gate", "COMMUNICATED", "th_venue", "venue", "Line"),
    Tie(TH, "mm_rec", "COMMUNICATED", "th_guide", "fishing", "phone"),
    Tie(TH, "mm_rec", "PAID", "th_official", "fishing", amount=20_000, currency="THB"),
    # The land route from Viet Nam.
    Tie(TH, "th_venue", "DIRECTS", "th_house2", "venue"),
    Tie(TH, "th_venue", "DIRECTS", "th_driver2", "venue"),
    Tie(TH, "th_venue", "PAID", "vn_rec1", "venue", amount=60_000, currency="THB"),
    Tie(TH, "vn_rec1", "DIRECTS", "vn_rec2", "venue"),
    Tie(TH, "vn_rec1", "COMMUNICATED", "kh_guide1", "venue", "Zalo"),
    Tie(TH, "kh_guide1", "MET", "kh_driver", "venue"),
    Tie(TH, "kh_driver", "COMMUNICATED", "th_driver2", "venue", "phone"),
    Tie(TH, "th_online", "COMMUNICATED", "th_venue", "online", "Line"),
    Tie(TH, "th_online", "COMMUNICATED", "au_payer", "online", "Telegram"),
    Tie(AU, "au_payer", "PAID", "th_online", "online", amount=400, currency="AUD"),
    Tie(TH, "th_online", "CONTROLLED", "child", "online"),
    # Sydney: what arrives, and who it works for.
    Tie(TH, "th_gate", "COMMUNICATED", "au_gate", "transit", "Signal"),
    Tie(AU, "th_gate", "COMMUNICATED", "au_gate", "visa", "Signal"),
    Tie(AU, "au_gate", "DIRECTS", "au_driver", "labour"),
    Tie(AU, "au_gate", "PAID", "au_house", "labour", amount=5_200, currency="AUD"),
    Tie(AU, "au_gate", "MET", "au_emp1", "labour"),
    Tie(AU, "au_emp2", "WORKS_FOR", "au_emp1", "labour"),
    Tie(AU, "au_gate", "COMMUNICATED", "au_visa", "visa", "phone"),
    Tie(AU, "au_money", "WORKS_FOR", "au_gate", "labour"),
    Tie(AU, "au_visa", "COMMUNICATED", "au_match", "marriage", "phone"),
    Tie(AU, "vn_match", "COMMUNICATED", "au_match", "marriage", "Facebook"),
    Tie(AU, "au_match", "DIRECTS", "au_spouse1", "marriage"),
    Tie(AU, "au_match", "PAID", "au_spouse2", "marriage", amount=15_000, currency="AUD"),
    Tie(AU, "au_match", "PAID", "au_spouse3", "marriage", amount=12_000, currency="AUD"),
    Tie(TH, "vn_match", "COMMUNICATED", "vn_rec1", "venue", "Zalo"),
    # The money and the boats.
    Tie(AU, "my_hawala", "MOVED_MONEY", "au_gate", "labour", amount=38_000, currency="AUD"),
    Tie(AU, "bd_guar", "PAID", "my_hawala", "labour", amount=9_000, currency="USD"),
    Tie(AU, "bd_rec1", "COMMUNICATED", "my_hawala", "labour", "WhatsApp"),
    Tie(AU, "bd_rec2", "WORKS_FOR", "bd_rec1", "labour"),
    Tie(AU, "bd_guar", "GUARANTEED", "bd_rec2", "labour"),
    Tie(AU, "my_broker", "COMMUNICATED", "my_hawala", "sea", "phone"),
    Tie(LK, "my_broker", "MOVED_MONEY", "id_org", "sea", amount=21_000, currency="USD"),
    Tie(AU, "id_org", "DIRECTS", "id_skip1", "sea"),
    Tie(AU, "id_org", "DIRECTS", "id_skip2", "sea"),
    Tie(AU, "id_spot", "WORKS_FOR", "id_org", "sea"),
    Tie(AU, "id_skip1", "COMMUNICATED", "id_spot", "sea", "phone"),
)


class Step(NamedTuple):
    """One step of a journey: who may do it, how often it is known, and by which agency.

    `leg` is the leg it belongs to, 0 for the journey; `tie` is the tie to the traveller that some
    records state beside the step.
    """

    stage: str
    parts: tuple[str, ...]
    agency: str
    chance: float
    leg: int = 0
    tie: str = ""


class Plot(NamedTuple):
    """One kind of journey, as often as `weight` of 60, and all that is the same about it."""

    key: str
    weight: int
    agency: str
    case: str
    country: str
    places: tuple[str, ...]
    modes: tuple[str, ...]
    steps: tuple[Step, ...]
    fee: tuple[int, int, str, str]
    purpose: tuple[str, str]
    facts: tuple[str, ...] = ()
    harm: str = ""
    victim: float = 0.0
    group: bool = False


PLOTS: Final = (
    Plot("visitor", 16, LK, "visa", "LK", ("CMB", "BKK", "SYD"), ("air", "air"), (
        Step("recruit", ("lk_rec1", "lk_rec3"), LK, 0.6, 0, "RECRUITED"),
        Step("document", ("lk_visa", "lk_visa", "lk_visa", "lk_forger"), LK, 0.9, 0,
             "ARRANGED_VISA"),
        Step("transit", ("th_gate", "th_gate", "th_house1"), TH, 0.4, 2, "HARBOURED"),
        Step("receive", ("au_gate",), AU, 0.3, 2, "RECEIVED"),
    ), (8_000, 14_000, "USD", "upfront"), ("holiday", "kitchen and farm work"),
        ("false_documents", "deceived_about_work")),
    Plot("sea", 8, LK, "sea", "LK", ("CMB", "KUL", "BTM", "XCH"), ("air", "sea", "sea"), (
        Step("recruit", ("lk_rec2", "lk_crew"), LK, 0.8, 0, "RECRUITED"),
        Step("pre_departure_harbour", ("lk_house",), LK, 0.3, 0, "HARBOURED"),
        Step("transit", ("my_broker", "my_broker", "my_house"), LK, 0.7, 2, "TRANSPORTED"),
        Step("onward", ("id_org", "id_skip1", "id_skip2"), AU, 0.8, 3, "TRANSPORTED"),
    ), (4_000, 9_000, "USD", "guarantor"), ("fishing job", "none arranged"),
        ("unsafe_transport",), group=True),
    Plot("labour", 10, AU, "labour", "BD", ("DAC", "KUL", "SYD"), ("air", "air"), (
        Step("recruit", ("bd_rec1", "bd_rec2"), AU, 0.8, 0, "RECRUITED"),
        Step("collect_money", ("my_hawala",), AU, 0.5, 0),
        Step("transit", ("my_broker", "my_driver"), AU, 0.5, 2, "HARBOURED"),
        Step("exploit", ("au_emp1", "au_emp2", "au_emp1"), AU, 0.6, 0, "EXPLOITED"),
        Step("receive", ("au_gate", "au_gate", "au_driver"), AU, 0.6, 2, "RECEIVED"),
    ), (9_000, 16_000, "USD", "from_wages"), ("skilled trade", "building"),
        ("wages_withheld", "papers_withheld", "excessive_hours"), "F_Construction", 0.7),
    Plot("venue", 10, TH, "venue", "VN", ("SGN", "PNH", "ARN", "BKC"), ("land", "land", "foot"), (
        Step("recruit", ("vn_rec1", "vn_rec2"), TH, 0.9, 0, "RECRUITED"),
        Step("transit", ("kh_guide1", "kh_driver"), TH, 0.6, 2, "TRANSPORTED"),
        Step("receive", ("th_driver2", "th_house2"), TH, 0.6, 3, "RECEIVED"),
        Step("exploit", ("th_venue",), TH, 0.6, 0, "EXPLOITED"),
    ), (30_000, 90_000, "THB", "from_wages"), ("restaurant work", "bar work under threat"),
        ("movement_restricted", "papers_withheld", "debt_bondage"), "SexualExploitation", 0.8),
    Plot("marriage", 7, AU, "marriage", "VN", ("SGN", "BKK", "MEL"), ("air", "air"), (
        Step("recruit", ("vn_match",), AU, 0.9, 0, "RECRUITED"),
        Step("document", ("au_match", "au_match", "au_visa"), AU, 0.7, 0, "ARRANGED_VISA"),
        Step("transit", ("th_gate", "th_house1"), TH, 0.4, 2, "HARBOURED"),
    ), (20_000, 45_000, "AUD", "upfront"), ("marriage", "marriage for a visa"),
        ("deceived_about_work",), "", 0.3),
    Plot("fishing", 7, TH, "fishing", "MM", ("RGN", "MST", "SKW", "PEN"), ("land",) * 3, (
        Step("recruit", ("mm_rec",), TH, 0.9, 0, "RECRUITED"),
        Step("corrupt", ("th_official",), TH, 0.4, 2),
        Step("transit", ("th_guide", "th_guide", "th_driver1"), TH, 0.7, 2, "TRANSPORTED"),
        Step("receive", ("my_boat",), TH, 0.6, 3, "RECEIVED"),
    ), (12_000, 30_000, "THB", "on_arrival"), ("factory work", "fishing boats"),
        ("wages_withheld", "unsafe_transport"), "A_AgricultureForestryFishing", 0.5),
    Plot("club", 2, TH, "venue", "TH", ("BKK", "SYD"), ("air",), (
        Step("recruit", ("th_venue", "th_online"), TH, 0.9, 0, "RECRUITED"),
        Step("depart", ("th_gate",), TH, 0.9, 1, "TRANSPORTED"),
    ), (300_000, 500_000, "THB", "from_wages"), ("massage work", "private services under debt"),
        ("debt_bondage",), "SexualExploitation", 0.8),
)  # fmt: skip

PLACES: Final = {
    "CMB": ("LK", "airport", "Colombo airport", "Western Province", "7.18", "79.88"),
    "BKK": ("TH", "airport", "Suvarnabhumi", "Samut Prakan", "13.69", "100.75"),
    "SYD": ("AU", "airport", "Sydney airport", "New South Wales", "-33.94", "151.18"),
    "MEL": ("AU", "airport", "Melbourne airport", "Victoria", "-37.67", "144.84"),
    "KUL": ("MY", "airport", "KLIA", "Selangor", "2.74", "101.7"),
    "BTM": ("ID", "seaport", "a beach near Batam", "Riau Islands", "1.05", "104.03"),
    "XCH": ("AU", "seaport", "off the north-west coast", "", "", ""),
    "DAC": ("BD", "airport", "Dhaka airport", "Dhaka", "23.84", "90.4"),
    "SGN": ("VN", "city", "Ho Chi Minh City", "", "10.82", "106.63"),
    "PNH": ("KH", "city", "Phnom Penh", "", "11.56", "104.92"),
    "ARN": ("KH", "land_border", "Poipet crossing", "Banteay Meanchey", "13.66", "102.56"),
    "BKC": ("TH", "city", "Bangkok", "", "13.75", "100.5"),
    "RGN": ("MM", "city", "Yangon", "", "16.84", "96.17"),
    "MST": ("MM", "land_border", "Myawaddy crossing", "Kayin", "16.69", "98.51"),
    "SKW": ("TH", "safe_house", "house behind the market", "Songkhla", "7.0", "100.47"),
    "PEN": ("MY", "workplace", "fishing harbour", "Penang", "5.41", "100.33"),
}

CASES: Final = {
    LK: {"visa": "smuggling;document_fraud", "labour": "labour_exploitation;trafficking",
         "sea": "smuggling;money"},
    TH: {"transit": "smuggling;document_fraud", "venue": "trafficking",
         "online": "child_sexual_exploitation", "fishing": "trafficking;labour_exploitation"},
    AU: {"visa": "document_fraud;smuggling", "labour": "labour_exploitation;trafficking",
         "marriage": "sham_marriage;forced_marriage", "online": "child_sexual_exploitation",
         "sea": "smuggling"},
}  # fmt: skip
LINKED: Final = (
    (LK, "visa", TH, "transit"), (AU, "visa", LK, "visa"), (AU, "labour", LK, "labour"),
    (AU, "online", TH, "online"), (AU, "sea", LK, "sea"),
)  # fmt: skip

STAGE_OF: Final = {
    "organiser": "finance_advance", "recruiter_intermediary": "recruit", "visa_agent": "document",
    "document_forger": "document", "guarantor": "collect_money", "hawaladar": "launder",
    "driver": "transit", "safe_house_keeper": "pre_departure_harbour", "guide": "transit",
    "corrupt_official": "corrupt", "sponsor": "document", "sham_spouse": "document",
    "employer_exploiter": "exploit", "controller": "exploit", "aide": "collect_money",
    "spotter": "depart", "skipper": "onward", "broker_travel_agent": "transit",
    "unknown": "corrupt",
}  # fmt: skip
"""The stage under which a role stands in a case that names no journey."""
