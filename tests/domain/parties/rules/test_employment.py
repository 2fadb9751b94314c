"""As what people act for an enterprise: what it is registered as, and for goods of its own."""

from dataclasses import replace
from datetime import date

import pytest

from tests.domain.parties.factories import credit_code
from tongguan.domain.parties.rules.employment import employer
from tongguan.domain.parties.values import CreditClass, EnterpriseKind, EnterpriseRow
from tongguan.facilities.accounts.values import ENTERPRISE_ROLES, Role

ROW = EnterpriseRow(
    7,
    credit_code(1),
    "",
    "示例企业",
    "",
    EnterpriseKind.TRADER,
    "0117",
    CreditClass.GENERAL,
    date(2020, 1, 1),
    suspended=False,
)


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        (EnterpriseKind.TRADER, {Role.TRADER}),
        (EnterpriseKind.BROKER, {Role.BROKER}),
        (EnterpriseKind.CARRIER, {Role.CARRIER}),
        (EnterpriseKind.OPERATOR, set()),
        (EnterpriseKind.BANK, {Role.BANK}),
        (EnterpriseKind.AGENCY, {Role.AGENCY}),
    ],
)
def test_people_act_as_what_the_enterprise_is_and_with_a_customs_code_as_traders(
    kind: EnterpriseKind, roles: set[Role]
) -> None:
    row = replace(ROW, kind=kind)

    assert employer(row).roles == roles
    assert employer(replace(row, customs_code="1111900001")).roles == roles | {Role.TRADER}


def test_each_role_for_an_enterprise_is_given_by_some_registration() -> None:
    given = [employer(replace(ROW, kind=kind)).roles for kind in EnterpriseKind]

    assert frozenset().union(*given) == ENTERPRISE_ROLES
