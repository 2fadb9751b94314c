"""Codes are read as people write them; what is plain already stays as it is."""

from decimal import Decimal

import pytest
from msgspec import json
from msgspec.structs import replace

from tests.domain.declarations.samples import fob, sound, sound_export, with_line
from tongguan.domain.declarations.rules.normalisation import normalise
from tongguan.domain.declarations.values import (
    Charge,
    Charges,
    Container,
    Document,
    Inland,
    Invoice,
    Permit,
    Place,
    Preference,
    Quantity,
    Regime,
    Submission,
    Transport,
)


@pytest.mark.parametrize("submission", [sound(), sound_export(), fob()])
def test_a_plain_declaration_stays_the_very_same(submission: Submission) -> None:
    assert normalise(submission) is submission


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (sound(bill=" xmpl20261100101 "), sound()),
        (sound(bill="ＸＭＰＬ２０２６１１００１０１"), sound()),
        (sound(reference=" I01282026112000001"), sound()),
        (sound(contract=""), sound(contract=None)),
        (sound(terms="１"), sound()),
        (with_line(sound(), commodity="８４８２１０２０００"), sound()),
        (with_line(sound(), 1, currency="eur", origin="deu "), sound()),
        (with_line(sound(), 2, second=Quantity(Decimal("0.0000"))), sound()),
        (with_line(sound(), 3, name=" 直流电动机　"), sound()),
        (
            sound(containers=(Container("xmpu 000001-3", size="11"),)),
            sound(containers=(Container("XMPU0000013", size="11"),)),
        ),
        (
            sound(documents=(Document(kind="００００００００１"),)),
            sound(documents=(Document(kind="000000001"),)),
        ),
        (
            sound(permits=(Permit(kind="ｖ", number=" a1"),)),
            sound(permits=(Permit(kind="v", number="A1"),)),
        ),
        (
            sound(
                permits=(Permit(kind="7", number="ａb\u200b- 1", quantity=Quantity(unit="０３５")),)
            ),
            sound(permits=(Permit(kind="7", number="AB-1", quantity=Quantity(unit="035")),)),
        ),
        (
            with_line(sound(), 2, permits=(Permit(kind="７", number="ab 1"),)),
            with_line(sound(), 2, permits=(Permit(kind="7", number="AB1"),)),
        ),
        (
            with_line(sound(), 2, permits=(Permit(kind="7", number="\u3000\u200b"),)),
            with_line(sound(), 2, permits=(Permit(kind="7"),)),
        ),
        (
            with_line(sound(), 2, preference=Preference("22 ", "c-0０1")),
            with_line(sound(), 2, preference=Preference("22", "C-001")),
        ),
        (
            with_line(sound(), 2, charges=Charges(other=Charge("３", Decimal(1), "eur"))),
            with_line(sound(), 2, charges=Charges(other=Charge("3", Decimal(1), "EUR"))),
        ),
        (
            with_line(sound(), 2, regime=Regime("0110", "４01", "z0202 0000001")),
            with_line(sound(), 2, regime=Regime("0110", "401", "Z02020000001")),
        ),
        (sound(bill="XMPL–1 2/ab"), sound(bill="XMPL-12/AB")),
        (
            with_line(sound(), 2, commodity="8482.10.2000", record_item="１"),
            with_line(sound(), 2, commodity="8482102000", record_item="1"),
        ),
        (
            sound(containers=(Container("ｘｍｐｕ–000001/3", seals=("s‑1, S-1", "")),)),
            sound(containers=(Container("XMPU0000013", seals=("S-1",)),)),
        ),
        (
            sound(place=Place(id="0202–01", name="\u202a示例\u202c")),
            sound(place=Place(id="0202-01", name="示例")),
        ),
        (sound(guarantee=" g–1"), sound(guarantee="G-1")),
        (sound(bill="XMPL\u200b20261100101\ufeff"), sound()),
        (sound(invoice=Invoice(currency="eur")), sound(invoice=Invoice(currency="EUR"))),
        (
            sound(charges=Charges(freight=Charge("１", Decimal(2), " eur"))),
            sound(charges=Charges(freight=Charge("1", Decimal(2), "EUR"))),
        ),
        (
            sound(transport=Transport(mode="2", inland=Inland(mode=" ４", voyage=""))),
            sound(transport=Transport(mode="2", inland=Inland(mode="4"))),
        ),
    ],
)
def test_codes_are_brought_to_their_plain_form(sent: Submission, read: Submission) -> None:
    assert normalise(sent) == read


def test_names_and_own_references_keep_their_letters() -> None:
    sent = sound(
        reference="Ref-1a",
        contract="合同（甲）No.5",
        place=Place(name="示例码头Ａ区", port="120001"),
    )

    assert normalise(sent) is sent
    assert normalise(replace(sent, reference=" Ref－１a\u200b")) == sent


def test_normalising_twice_changes_nothing_more() -> None:
    once = normalise(with_line(sound(bill=" x"), 0, currency="eur"))

    assert normalise(once) is once


@pytest.mark.parametrize(
    ("sent", "plain"),
    [
        (sound(bill="xmpl20261100101"), sound()),
        (sound(reference=f"{sound().reference} "), sound()),
        (sound(offices=replace(sound().offices, goods=" 0202")), sound()),
        (sound(containers=(replace(sound().containers[0], id="xmpu 000001-3"),)), sound()),
        (with_line(sound(), 0, name=f" {sound().lines[0].name}"), sound()),
        (
            with_line(sound(), 0, commodity="8482.10.2000"),
            with_line(sound(), 0, commodity="8482102000"),
        ),
    ],
)
def test_a_declaration_in_another_spelling_is_the_same_content_when_it_is_sealed(
    sent: Submission, plain: Submission
) -> None:
    assert json.encode(normalise(sent)) == json.encode(normalise(plain))
