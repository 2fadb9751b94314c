"""What is not as it is described is refused at its place: bodies, numbers, moments, cursors."""

from decimal import Decimal
from typing import Any, Final

from django.test import RequestFactory

from tests.interfaces.api.conftest import Callers
from tests.interfaces.bodies import VALUES
from tests.interfaces.scene import declared, lodged, number_of
from tongguan.interfaces.api.application import api
from tongguan.interfaces.api.bodies import StrictParser
from tongguan.interfaces.api.documents import COMPONENTS

JSON: Final = "application/json"
RECEIPT: Final = {
    name: VALUES[name] for name in ("bank", "bank_reference", "amount", "paid_at", "signature")
}
LICENCE: Final = {
    **{name: VALUES[name] for name in ("kind", "number", "granted", "unit")},
    **{name: VALUES[name] for name in ("valid_from", "valid_until")},
    "holder": "91110113FAKE00013H",
}
WANTED: Final = {"amount": "above zero", "paid_at": "its zone", "signature": "128"}
NOBODY: Final = "00000000-0000-0000-0000-000000000000"


BODIES: Final[tuple[Any, ...]] = (
    ("reviewer", "/declarations/N/review/close", {"findng": "X"}, ("API-013", "#/findng")),
    ("reviewer", "/declarations/N/review/close", "x", ("API-001", "#")),
    ("reviewer", "/declarations/N/review/close", [], ("API-001", "#")),
    ("reviewer", "/declarations/N/review/close", b"", ("API-004", "#")),
    ("lines", "/transports", {"manifest": "M", "declaredAt": ""}, ("API-013", "#/declaredAt")),
    ("lines", "/transports", {"manifest": " "}, ("API-004", "#/manifest")),
    ("rival", "/permits/licences", {**LICENCE, "comodities": []}, ("API-013", "#/comodities")),
    ("rival", "/permits/licences", {**LICENCE, "holder": ""}, ("API-004", "#/holder")),
    ("lines", "/bills/B/handover", {"carrier": ""}, ("API-004", "#/carrier")),
    ("inspector", "/inspection/duty", {"officer": "a", "office": "0202", "present": "yes"},
     ("API-001", "#/present")),
    ("lines", "/bills/B/consignee", {"consignee": "a\u202eb", "reason": "r"},
     ("API-015", "#/consignee")),
    ("lines", "/bills/B/consignee", {"consignee": "a\nb", "reason": "r"},
     ("API-015", "#/consignee")),
    ("lines", "/bills/B/consignee", {"consignee": "a", "reason": "r\x1b[31m"},
     ("API-015", "#/reason")),
    ("lines", "/bills/B/diversions", {"site": "0202-01", "reason": "x\u202ey"},
     ("API-015", "#/reason")),
    ("lines", "/bills/B/diversions", {"site": "0202-01", "reason": "x" * 301},
     ("API-014", "#/reason")),
)  # fmt: skip
"""Who calls what with which body, and the fault that is told."""
MISFITS: Final[tuple[Any, ...]] = (
    *(("amount", value) for value in (-1, 0, True, "1_000", "１００", "1e2", "1,5", "", None)),
    *(("amount", value) for value in ("70462.9600001", 70462.9600001, "9" * 30, 10**30)),
    *(("paid_at", value) for value in (1764000000, "1764000000", "2026-11-24T09:30:00")),
    *(("paid_at", value) for value in ("9999-12-31T00:00:00Z", "2026-02-30T00:00:00Z")),
    ("paid_at", "2000-01-01T00:00:00+23:59"),
    *(("signature", value) for value in ("zz", 0)),
)  # fmt: skip
"""Members of a receipt of a bank that are no amount, moment or signature."""
CURSORS: Final[tuple[Any, ...]] = (
    f"/permits?after=2000-01-01T00:00:00%2B23:59,{NOBODY}",
    f"/diversions?after=2000-01-01T00:00:00%2B16:00,{NOBODY}",
    f"/disputes?after={'Z' * 5_000},2026-11-24T00:00:00%2B00:00,{NOBODY}",
    "/certificates?after=2026-W01-1,1",
    "/certificates?after=20260101,1",
    "/events?after=999999999999999999-1",
    f"/events?after={'9' * 5_000}",
    "/declarations/N/receipts?after=999999999999999999-1",
)  # fmt: skip
"""Cursors that nobody handed out."""
ACTS: Final[tuple[Any, ...]] = (
    ("broker", "review/close", {}),
    ("broker", "queries", {"question": "Which?", "ground": "price"}),
    ("reviewer", "queries/answer", {"text": "x"}),
    ("broker", "case", {"consequence": "NONE", "words": "x"}),
    ("broker", "instruction", {"text": "x"}),
    ("broker", "instruction/lift", {"text": "x"}),
    ("broker", "cancel", {"ground": "x", "words": "x"}),
    ("broker", "refuse", {"text": "x"}),
    ("reviewer", "security", {"text": "G-1"}),
    ("reviewer", "licences", {"kind": "1", "number": "L-1"}),
    ("reviewer", "payments", RECEIPT),
    ("broker", "inspection/appointment", {"at": VALUES["at"], "place": "bay"}),
    ("broker", "inspection/draw", b""),
    ("broker", "inspection/replacement", {"absent": ["a"], "ground": "ILL", "why": "x"}),
    ("broker", "inspection/replacement/confirm", {"sha256": "0" * 64}),
    ("reviewer", "inspection/absence", {"ground": "DECLARED", "words": "x"}),
    ("reviewer", "inspection/earlier", b""),
    ("broker", "inspection/witness", {"witness": "w"}),
    ("broker", "inspection/keeper", b""),
    ("broker", "inspection/start", {}),
    ("broker", "inspection/record", {"result": "x"}),
    ("reviewer", "inspection/record/sign", {"sha256": "0" * 64}),
    ("broker", "inspection/record/sign", {"sha256": "0" * 64, "code": "A"}),
    ("broker", "inspection/record/refusal", {"text": "x"}),
    ("reviewer", "inspection/record/code", b""),
    ("broker", "inspection/record/supplement", {"text": "x"}),
    ("broker", "transit/departure", {"vehicle": "V1", "seals": "S1"}),
    ("broker", "transit/arrival", {"intact": True}),
)  # fmt: skip
"""Acts on a declaration in a role that may not do them, in a state in which nobody may."""


def told(answer: Any) -> tuple[int, set[tuple[str, str]]]:
    """Return the status of a refusal, and the code and place of each fault."""
    errors = answer.json()["errors"]
    return answer.status_code, {(one["code"], one["pointer"]) for one in errors}


def test_every_body_that_is_described_takes_no_member_that_is_not() -> None:
    schema = api.get_openapi_schema()
    found = {
        operation["requestBody"]["content"][JSON]["schema"].get("$ref", "").rpartition("/")[2]
        for methods in schema["paths"].values()
        for operation in methods.values()
        if JSON in operation.get("requestBody", {}).get("content", {})
    }
    forms = found - {"", *COMPONENTS}

    assert len(forms) > 25
    for name in forms:
        assert schema["components"]["schemas"][name]["additionalProperties"] is False, name


def test_a_number_is_read_as_it_is_written() -> None:
    body = b'{"granted": 1234567890123.45678, "none": 1e99999999999999999999}'

    read = StrictParser().parse_body(RequestFactory().post("/", body, JSON))

    assert read["granted"] == Decimal("1234567890123.45678")
    assert read["none"].is_nan()


def test_what_does_not_fit_is_refused_at_its_place_and_nothing_is_done(callers: Callers) -> None:
    for who, path, sent, fault in BODIES:
        assert told(callers[who].post(path, sent)) == (422, {fault}), (path, sent)

    assert told(callers["reviewer"].get("/gate/0202-01?unit=")) == (422, {("API-004", "#/unit")})


def test_a_number_or_moment_in_any_other_form_is_refused_in_words_of_what_is_wanted(
    callers: Callers,
) -> None:
    for name, value in MISFITS:
        sent = {**RECEIPT, name: value}
        answer = callers["broker"].post("/declarations/N/payments", sent, Accept_Language="en")

        assert told(answer) == (422, {("API-001", f"#/{name}")}), value
        assert WANTED[name] in answer.json()["errors"][0]["detail"]


def test_a_cursor_that_nobody_handed_out_is_refused_and_told_in_short(callers: Callers) -> None:
    number = number_of(lodged(declared()))

    for path in CURSORS:
        answer = callers["broker"].get(path.replace("/N/", f"/{number}/"))
        assert told(answer) == (400, {("ANN-001", "")}), path
        assert len(answer.content) < 1_000


def test_who_may_not_do_an_act_is_told_so_whatever_the_state(callers: Callers) -> None:
    number = number_of(lodged(declared()))

    for who, path, sent in ACTS:
        answer = callers[who].post(f"/declarations/{number}/{path}", sent)
        assert told(answer) == (403, {("ACC-001", "")}), path
