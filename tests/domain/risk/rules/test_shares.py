"""Of several random shares, the one that names most counts."""

from decimal import Decimal

from msgspec import structs

from tests.domain.law import law
from tests.domain.risk.examples import DAY, SAMPLE, share
from tongguan.domain.risk.facts import Facts
from tongguan.domain.risk.rules.shares import Shares, pack_shares

PACK = share("sample", "0.03", credit="general", id=0)


def part(shares: Shares, facts: Facts = SAMPLE) -> dict[str, Decimal]:
    return {one.treatment: one.share for one, _below in shares.of(facts)}


def test_a_share_for_an_office_counts_before_the_region_s() -> None:
    busy = share("sample", "0.01", credit="general", office="0101")

    assert part(Shares([PACK, busy])) == {"sample": Decimal("0.01")}
    assert part(Shares([PACK, busy]), structs.replace(SAMPLE, declared="0401")) == {
        "sample": Decimal("0.03")
    }


def test_a_share_for_goods_counts_for_a_declaration_with_a_line_of_them() -> None:
    wine = share("sample", "0.2", credit="general", commodity="22")
    red = share("sample", "0.5", credit="general", commodity="220421")
    cars = share("sample", "0.9", credit="general", commodity="87")

    assert part(Shares([PACK, wine, red, cars])) == {"sample": Decimal("0.5")}


def test_of_two_equals_the_later_counts() -> None:
    earlier, later = (
        share("sample", "0.1", mode="regional"),
        share("sample", "0.2", mode="regional"),
    )

    found = Shares([structs.replace(later, id=2), earlier])

    assert part(found) == {"sample": Decimal("0.2")}


def test_each_treatment_has_its_own_share() -> None:
    found = Shares([PACK, share("documents", "0.02"), share("scan", "0.4", mode="transit")])

    assert part(found) == {"documents": Decimal("0.02"), "sample": Decimal("0.03")}


def test_no_share_fits_a_class_that_has_none() -> None:
    assert part(Shares([PACK]), structs.replace(SAMPLE, credit="AA")) == {}


def test_the_pack_sets_a_share_for_each_class() -> None:
    reference = law(
        random_goods_advanced="0.005",
        random_goods_general="0.03",
        random_documents_general="0.02",
    )

    found = pack_shares(reference.parameters, DAY)

    assert [(one.treatment, one.credit, str(one.share)) for one in found] == [
        ("documents", "general", "0.02"),
        ("sample", "advanced", "0.005"),
        ("sample", "general", "0.03"),
    ]
