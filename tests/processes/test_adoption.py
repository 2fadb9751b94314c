"""A house from before its tables were sealed: its rows are adopted once, and nothing else is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper
from msgspec.structs import replace

from tests.domain.cargo.factories import BILLS, manifest
from tests.domain.declarations.samples import BROKER, TRADER, sound
from tests.domain.parties.factories import mandated
from tests.domain.revenue.cases import guarantee
from tests.processes.attacks import ATTACKS
from tests.processes.forgery import reseal
from tests.processes.test_reconciliation import checked, verified
from tongguan.domain.cargo.commands import receive_manifest
from tongguan.domain.cargo.values import ManifestBill
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import Act
from tongguan.domain.parties.models import Enterprise
from tongguan.domain.revenue.models import Guarantee
from tongguan.domain.revenue.sealed import GUARANTEE
from tongguan.domain.risk.active import forget
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.ledger import problems
from tongguan.facilities.ledger.adoption import GROUP
from tongguan.facilities.ledger.adoption import adopt as adopt_tables
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.installation_keys import signing_key
from tongguan.facilities.ledger.models import Entry
from tongguan.facilities.ledger.sealed import added
from tongguan.facilities.ledger.signing import KEY, sign_heads
from tongguan.facilities.ledger.values import Adoption
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError
from tongguan.processes.jobs import follow
from tongguan.processes.lodgement.lodge import lodge
from tongguan.processes.lodgement.values import Incoming
from tongguan.processes.reconciliation import adopt, reconcile
from tongguan.processes.sealed import SEALED

OLD: Final = datetime(2026, 11, 20, 3, tzinfo=UTC)
UPGRADED: Final = OLD + timedelta(days=1)
NOW: Final = OLD + timedelta(days=2)
ADMINISTRATOR: Final = Actor("li.guan", "Li", 1, roles=frozenset({Role.ADMINISTRATOR}))
pytestmark = pytest.mark.django_db


def lodged(reference: str, at: datetime) -> DeclarationId:
    sent = sound(reference=reference, bill=f"B{reference}", containers=())
    [answer] = lodge([Incoming(sent, None, sha256().digest(), "json")], by=SYSTEM, now=at)
    assert answer.declaration_id is not None, answer.faults
    return DeclarationId(answer.declaration_id)


@contextmanager
def past_the_product() -> Iterator[CursorWrapper]:
    """Let somebody write whatever he likes: triggers and references are off."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor
        cursor.execute("SET LOCAL session_replication_role = origin")


def by_sql(*statements: str) -> None:
    with past_the_product() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def old(db: None) -> list[DeclarationId]:
    """Three declarations; an upgrade after the second, and the first cancelled after it."""
    forget()
    mandated(TRADER, BROKER)
    found = [lodged("R1", OLD), lodged("R2", OLD)]
    guarantee(next(iter(Enterprise.objects.values_list("pk", flat=True))))
    with past_the_product() as cursor:
        cursor.execute("UPDATE ledger_entry SET facts = facts - 'rows'")
        reseal(signing_key(KEY))
    found.append(lodged("R3", UPGRADED))
    clearance.move(clearance.lock(found[0]), Act.CANCEL, by=SYSTEM, now=UPGRADED)
    while follow(now=UPGRADED):
        pass
    sign_heads(now=UPGRADED)
    return found


def adopted(reason: str = "upgraded from 1.0") -> Adoption:
    return adopt(reason=reason, by=ADMINISTRATOR, now=NOW)


def refused(reason: str = "once more") -> str:
    with pytest.raises(ProblemError) as error:
        adopted(reason)
    return error.value.faults[0].problem.code


def untold() -> set[tuple[str, str]]:
    return {(one.table, str(one.unlike)) for one in reconcile().listed}


def test_an_upgraded_house_has_rows_that_no_act_wrote_until_they_are_adopted(
    old: list[DeclarationId], tmp_path: Path
) -> None:
    before = untold()
    done = adopted()
    code, told = verified()
    script, said = checked(tmp_path)

    assert ("declarations_declaration", "untold") in before
    assert ("parties_enterprise", "untold") in before
    assert ("clearance_clearance", "untold") in before
    assert (code, told["broken"], told["differences"]) == (0, [], [])
    assert done.ended
    assert done.rows["declarations_declaration"] == done.rows["declarations_version"] == 2
    assert done.rows["clearance_clearance"] == 1, "the state of the first was told by its act"
    assert told["adoptions"] == [
        {
            "adoption": done.number,
            "at": NOW.isoformat(),
            "by": "li.guan",
            "reason": "upgraded from 1.0",
            "ended": True,
            "rows": done.rows,
        }
    ]
    assert script == 0
    assert f"by li.guan: {', '.join(f'{t} {n}' for t, n in sorted(done.rows.items()))}" in said


def test_what_was_adopted_is_sealed_from_then_on(old: list[DeclarationId], tmp_path: Path) -> None:
    adopted()
    by_sql(f"UPDATE declarations_version SET content = '{{}}' WHERE declaration_id = '{old[1]}'")

    code, told = verified()
    script, said = checked(tmp_path)

    assert (code, script) == (1, 1)
    [found] = told["differences"]
    assert (found["table"], found["chain"]) == ("declarations_version", str(old[1]))
    assert "declarations_version" in said


def test_a_column_that_was_added_to_is_adopted_as_it_was_before(old: list[DeclarationId]) -> None:
    [(id_, _drawn)] = Guarantee.objects.values_list("pk", "drawn_cny")
    by_sql(f"UPDATE revenue_guarantee SET drawn_cny = 250 WHERE id = {id_}")
    drawn = added(GUARANTEE, id_, drawn_cny=Decimal(100))
    record("PAYMENT_SECURED", old[1], by=SYSTEM, at=UPGRADED, wrote=[drawn])

    adopted()

    assert verified()[1]["differences"] == []
    entries = Entry.objects.filter(kind="ROWS_ADOPTED").values_list("facts__rows", flat=True)
    assert sum('"drawn_cny":"150"' in rows for rows in entries) == 1


def test_a_table_is_adopted_once(old: list[DeclarationId]) -> None:
    adopted()
    by_sql(ATTACKS["a mandate is inserted"])

    assert refused() == problems.ALL_ADOPTED.code
    assert untold() == {("parties_mandate", "untold")}


def test_a_table_that_is_sealed_later_is_adopted_by_itself(old: list[DeclarationId]) -> None:
    later = {"declarations_version", "parties_enterprise"}
    known = {name: table for name, table in SEALED.items() if name not in later}
    adopt_tables(known, lock=clearance.lock_all, reason="x", by=SYSTEM, now=NOW)
    assert {table for table, _way in untold()} == later

    done = adopted()

    assert (set(done.tables), set(done.rows)) == (later, later)
    assert untold() == set()
    assert refused() == problems.ALL_ADOPTED.code


def test_what_was_done_past_the_product_after_the_upgrade_is_not_adopted(
    old: list[DeclarationId],
) -> None:
    first, _second, new = old
    by_sql(
        # a hold on a declaration whose acts told all of its rows
        "INSERT INTO clearance_hold SELECT (jsonb_populate_record(row, jsonb_build_object("
        f"'id', gen_random_uuid()))).* FROM clearance_hold AS row WHERE declaration_id = '{new}'"
        " LIMIT 1",
        # a declaration that nobody lodged
        "INSERT INTO declarations_declaration SELECT (jsonb_populate_record(row,"
        " jsonb_build_object('id', gen_random_uuid(), 'number', '9', 'reference', 'X'))).*"
        " FROM declarations_declaration AS row LIMIT 1",
        # a state that an act told otherwise
        f"UPDATE clearance_clearance SET state = 'RELEASED' WHERE declaration_id = '{first}'",
        # a line of a declaration whose lines an act told
        f"UPDATE declarations_line SET total = total + 1 WHERE declaration_id = '{new}'",
    )

    adopted()

    assert untold() == {
        ("clearance_hold", "untold"),
        ("declarations_declaration", "untold"),
        ("clearance_clearance", "changed"),
        ("declarations_line", "changed"),
    }


def rejected(reference: str, at: datetime) -> None:
    """Lodge what is rejected: another declaration uses the bill."""
    sent = sound(reference=reference, bill="BR2", containers=())
    [answer] = lodge([Incoming(sent, None, sha256().digest(), "json")], by=SYSTEM, now=at)
    assert answer.declaration_id is None


def test_bills_and_rejected_submissions_are_adopted_though_no_entry_began_their_chain(
    old: list[DeclarationId], tmp_path: Path
) -> None:
    receive_manifest(manifest(), by=SYSTEM, now=OLD)
    rejected("R9", OLD)
    with past_the_product() as cursor:
        cursor.execute("DELETE FROM ledger_entry WHERE kind IN ('BILL_ANNOUNCED', 'REJECTED')")
        cursor.execute("UPDATE ledger_entry SET facts = facts - 'rows' WHERE at = %s", [OLD])
        reseal(signing_key(KEY))
    later = manifest(number="M2", voyage="021W", bills=(replace(BILLS[1], number="B3"),))
    receive_manifest(later, by=SYSTEM, now=UPGRADED)
    rejected("R10", UPGRADED)
    before = untold()

    done = adopted()
    by_sql("UPDATE cargo_cargounit SET seals = '{X}' WHERE unit = 'XMPU0000013'")
    code, told = verified()

    assert before >= {("cargo_bill", "untold"), ("declarations_attempt", "untold")}
    assert (done.rows["cargo_bill"], done.rows["cargo_cargounit"]) == (2, 2)
    assert done.rows["declarations_attempt"] == 3, "those of the two old declarations, and R9"
    assert (code, [one["column"] for one in told["differences"]]) == (1, ["seals"])
    assert checked(tmp_path)[0] == 1


def test_more_chains_than_are_locked_at_a_time_are_adopted(old: list[DeclarationId]) -> None:
    bills = tuple(ManifestBill(f"X{n}", 1, Decimal(1)) for n in range(GROUP + 3))
    receive_manifest(manifest(bills=bills), by=SYSTEM, now=OLD)
    with past_the_product() as cursor:
        cursor.execute("DELETE FROM ledger_entry WHERE kind = 'BILL_ANNOUNCED'")

    assert adopted().rows["cargo_bill"] == GROUP + 3
    assert verified()[1]["differences"] == []


def test_nothing_is_adopted_while_the_ledger_is_broken(old: list[DeclarationId]) -> None:
    by_sql("UPDATE ledger_entry SET by = 'nobody' WHERE number = 1")

    assert refused() == problems.LEDGER_BROKEN.code
    assert not Entry.objects.filter(kind="ADOPTION_BEGUN").exists()


def test_an_adoption_needs_a_reason_and_an_administrator_or_auditor(
    old: list[DeclarationId],
) -> None:
    assert refused(" ") == problems.NO_REASON.code
    with pytest.raises(ProblemError, match="ACC-001"):
        adopt(reason="x", by=Actor("wu", "Wu", 2, roles=frozenset({Role.INSPECTOR})), now=NOW)


def test_an_adoption_that_was_broken_off_is_gone_on_with(old: list[DeclarationId]) -> None:
    tables = " ".join(sorted(SEALED))
    record("ADOPTION_BEGUN", None, by=ADMINISTRATOR, at=UPGRADED, reason="first", tables=tables)
    [begun] = verified()[1]["adoptions"]

    done = adopted("second")

    assert not begun["ended"]
    assert (done.ended, done.reason, done.number) == (True, "first", begun["adoption"])
    assert verified()[0] == 0


@pytest.mark.parametrize(
    ("of", "table"),
    [("77", "parties_enterprise"), ("own", "ledger_key"), ("own", "parties_enterprise")],
    ids=["of no adoption", "of a table that its adoption does not name", "after its end"],
)
def test_an_entry_that_adopts_beyond_its_adoption_is_found_by_both_verifiers(
    old: list[DeclarationId], tmp_path: Path, of: str, table: str
) -> None:
    number = str(adopted().number) if of == "own" else of
    rows = [{table: {"9": {"scc": "X"}}}]
    record("ROWS_ADOPTED", None, by=SYSTEM, at=NOW + timedelta(days=1), wrote=rows, adoption=number)

    code, found = verified()
    script, said = checked(tmp_path)

    assert (code, script) == (1, 1)
    assert [one["wrong"] for one in found["broken"]] == ["adopted"]
    assert "does not allow" in said


def test_a_second_adoption_of_a_table_is_found_by_both_verifiers(
    old: list[DeclarationId], tmp_path: Path
) -> None:
    adopted()
    record("ADOPTION_BEGUN", None, by=SYSTEM, at=NOW, reason="x", tables="parties_enterprise")

    assert {one["wrong"] for one in verified()[1]["broken"]} == {"adopted"}
    assert "was adopted before" in checked(tmp_path)[1]
