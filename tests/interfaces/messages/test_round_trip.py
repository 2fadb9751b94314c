"""What we write reads back as it was; what a format cannot hold is told, never cut."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import to_builtins
from msgspec.structs import replace

from tests.domain.declarations.samples import sound, sound_export
from tests.interfaces.messages.reading import DAY, TABLES, fixture, read_of
from tongguan.domain.declarations.values import (
    Charge,
    Charges,
    Confirmations,
    Container,
    Countries,
    Document,
    Flow,
    Function,
    Inland,
    Kind,
    Line,
    Mass,
    Mode,
    Offices,
    Packages,
    Parties,
    Party,
    Permit,
    Place,
    Ports,
    Preference,
    Quantity,
    Regime,
    Submission,
    Transport,
)
from tongguan.interfaces.messages import canonical
from tongguan.interfaces.messages.singlewindow.writer import Written, write
from tongguan.interfaces.messages.tidy import tidied

LETTERS: Final = "ABCxyz019 -/示例报关单，（）&<>\"'"


def written(submission: Submission) -> Written:
    return write(submission, tables=TABLES, day=DAY)


def text(longest: int = 12) -> st.SearchStrategy[str]:
    """Return words as people write them, without blanks around them."""
    return st.text(LETTERS, min_size=1, max_size=longest).map(str.strip).filter(bool)


def code(places: int) -> st.SearchStrategy[str]:
    return st.text("0123456789ABC", min_size=places, max_size=places)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def number(places: int = 5) -> st.SearchStrategy[Decimal]:
    return st.decimals("0.00001", "99999999", places=places)


COUNTRIES: Final = st.sampled_from(("CHN", "DEU", "KOR", "USA"))
UNITS: Final = st.sampled_from(("001", "006", "007", "035"))
CHARGE: Final = st.builds(
    Charge, mark=st.sampled_from("123"), rate=number(), currency=st.sampled_from(("CNY", "EUR"))
)
PARTY: Final = st.builds(Party, scc=maybe(code(18)), code=maybe(code(10)), name=maybe(text()))


@st.composite
def lines(draw: st.DrawFn, index: int) -> Line:
    """Return a line whose net mass is the quantity in kilograms, as the message has it."""

    def quantity() -> Quantity:
        unit = draw(maybe(UNITS))
        return Quantity(draw(number()), unit) if unit else Quantity()

    each = [quantity(), quantity(), quantity()]
    net = next((q.value for q in (each[1], each[2], each[0]) if q.unit == "035"), None)
    agreement = draw(maybe(st.sampled_from(("01", "22"))))
    preference = (
        Preference(
            agreement=agreement,
            certificate=draw(maybe(code(8))),
            line=draw(maybe(st.integers(1, 99))),
            origin=draw(maybe(COUNTRIES)),
        )
        if agreement
        else None
    )
    permits = draw(
        st.lists(
            st.builds(Permit, kind=code(3), number=text(), line=maybe(st.integers(1, 9))),
            max_size=2,
        )
    )
    return tidied(
        Line(
            number=index + 1,
            commodity=draw(maybe(code(10))),
            quarantine=draw(maybe(code(3))),
            name=draw(maybe(text(255))),
            elements=draw(maybe(text(255))),
            record_item=draw(maybe(code(5))),
            quantity=each[0],
            first=each[1],
            second=each[2],
            mass=Mass(net=net),
            price=draw(maybe(number(4))),
            total=draw(maybe(number(2))),
            currency=draw(maybe(st.sampled_from(("EUR", "USD")))),
            origin=draw(maybe(COUNTRIES)),
            destination=draw(maybe(COUNTRIES)),
            region=draw(maybe(code(5))),
            division=draw(maybe(code(6))),
            levy_mode=draw(maybe(code(1))),
            use=draw(maybe(code(2))),
            preference=preference,
            permits=tuple(permits),
        )
    )


@st.composite
def submissions(draw: st.DrawFn) -> Submission:
    """Return any declaration that a DecMessage can hold."""
    flow = draw(st.sampled_from(Flow))
    far = draw(maybe(COUNTRIES))
    function, kind = draw(
        st.sampled_from(
            (
                (Function.ORIGINAL, Kind.FULL),
                (Function.ORIGINAL, Kind.SUMMARY),
                (Function.ORIGINAL, Kind.BONDED_LIST),
                (Function.COMPLETE, Kind.FULL),
            )
        )
    )
    modes = (
        (None, Mode.TRANSIT)
        if kind is Kind.BONDED_LIST
        else (None, Mode.TRANSIT, Mode.LOCAL_DECLARED, Mode.LOCAL_RELEASED)
    )
    licence = draw(st.lists(st.builds(Permit, number=text()), max_size=1))
    permits = draw(st.lists(st.builds(Permit, kind=code(1), number=maybe(text())), max_size=2))
    ids = draw(st.lists(code(11), max_size=2, unique=True))
    seals = st.lists(st.text("ABC012", min_size=1, max_size=6), max_size=2).map(tuple)
    inland = st.builds(Inland, mode=code(1), name=maybe(text()), voyage=maybe(code(4)))
    return tidied(
        Submission(
            reference=draw(maybe(text())),
            function=function,
            flow=flow,
            kind=kind,
            of=draw(maybe(st.sampled_from(("020220251000000033",)))),
            mode_asked=draw(st.sampled_from(modes)),
            offices=Offices(
                declaration=draw(maybe(code(4))),
                goods=draw(maybe(code(4))),
                inspection=draw(maybe(code(4))),
            ),
            parties=tidied(
                Parties(
                    trader=draw(PARTY),
                    owner=draw(PARTY),
                    declarant=draw(PARTY),
                    overseas=Party(code=draw(maybe(code(9))), name=draw(maybe(text()))),
                )
            ),
            transport=Transport(
                mode=draw(maybe(code(1))),
                name=draw(maybe(text())),
                voyage=draw(maybe(code(4))),
                inland=draw(maybe(inland)),
            ),
            bill=draw(maybe(code(12))),
            place=Place(*(draw(maybe(code(5))) for _ in range(4))),
            containers=tuple(
                Container(
                    id=each,
                    size=draw(maybe(code(2))),
                    shared=draw(maybe(st.booleans())),
                    seals=draw(seals),
                    lines=tuple(draw(st.lists(st.integers(1, 9), max_size=3))),
                )
                for each in ids
            ),
            countries=Countries(
                trading=draw(maybe(COUNTRIES)),
                dispatch=far if flow is Flow.IMPORT else None,
                destination=far if flow is Flow.EXPORT else None,
            ),
            ports=Ports(draw(maybe(code(6))), draw(maybe(code(6)))),
            terms=draw(maybe(code(1))),
            charges=Charges(*(draw(maybe(CHARGE)) for _ in range(3))),
            packages=Packages(
                draw(maybe(st.integers(0, 99_999))), draw(maybe(code(2))), draw(maybe(text()))
            ),
            mass=Mass(draw(maybe(number())), draw(maybe(number()))),
            regime=Regime(*(draw(maybe(code(4))) for _ in range(3))),
            contract=draw(maybe(text())),
            released_on_guarantee=draw(st.booleans()),
            entry_date=draw(maybe(st.dates(date(2000, 1, 1), date(2099, 12, 31)))),
            permits=(*licence, *permits),
            documents=tuple(
                draw(
                    st.lists(
                        st.builds(Document, kind=code(8), number=text(), format=maybe(code(2))),
                        max_size=2,
                    )
                )
            ),
            confirmations=Confirmations(*(draw(maybe(st.booleans())) for _ in range(5))),
            remarks=draw(maybe(text())),
            lines=tuple(draw(lines(index)) for index in range(draw(st.integers(0, 2)))),
        )
    )


@given(submissions())
@settings(max_examples=150, deadline=None)
def test_any_declaration_that_a_decmessage_can_hold_reads_back_as_it_was(
    submission: Submission,
) -> None:
    found = written(submission)

    again = read_of(found.data)
    assert found.faults == ()
    assert again.submission == submission
    assert again.faults == ()


@given(submissions())
@settings(max_examples=50, deadline=None)
def test_any_declaration_reads_back_from_our_json_as_it_was(submission: Submission) -> None:
    assert read_of(canonical.write(submission)).submission == submission


def test_the_single_window_examples_round_trip_with_no_field_differing(shared_data: Path) -> None:
    for path in sorted((shared_data / "singlewindow").glob("*.xml")):
        before = read_of(path.read_bytes()).submission
        assert before is not None

        found = written(before)

        after = read_of(found.data).submission
        assert found.faults == (), path.name
        assert to_builtins(after) == to_builtins(before), path.name


def test_our_own_message_round_trips_but_for_its_spelling() -> None:
    before = read_of(fixture("dec_import.xml")).submission
    assert before is not None

    found = written(before)

    assert found.faults == ()
    assert read_of(found.data).submission == before
    assert b"<TradeCoScc>91110113FAKE00013H</TradeCoScc>" in found.data


def test_a_second_step_names_the_first_by_the_form_of_its_number() -> None:
    for number, element in (
        ("I20250000000000033", b"<SeqNo>I20250000000000033</SeqNo>"),
        ("020220251000000033", b"<EntryId>020220251000000033</EntryId>"),
    ):
        second = sound(function=Function.COMPLETE, of=number, documents=())

        assert element in written(second).data


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"guarantee": "G-1"}, "#/guarantee"),
        ({"advance": True}, "#/advance"),
        ({"mode_asked": Mode.PORT}, "#/mode_asked"),
        ({"documents": (Document(kind="1", sha256="00"),)}, "#/documents/0/sha256"),
        ({"contract": " padded "}, "#/contract"),
        ({"contract": "bell \x07"}, "#/contract"),
        ({"function": Function.AMEND}, "#/function"),
    ],
)
def test_what_a_decmessage_cannot_hold_is_told(changes: dict[str, Any], pointer: str) -> None:
    found = written(sound(**changes))

    assert [(f.problem.code, f.pointer) for f in found.faults] == [("MSG-080", pointer)]


def test_a_net_mass_without_a_quantity_in_kilograms_is_told() -> None:
    line = Line(number=1, commodity="8482102000", mass=Mass(net=Decimal(5)))

    found = written(sound(lines=(line,)))

    assert [fault.pointer for fault in found.faults] == ["#/lines/0/mass/net"]


def test_a_name_too_long_for_the_message_is_told_and_not_cut() -> None:
    line = replace(sound_export().lines[0], name="名" * 256)

    found = written(sound_export(lines=(line,)))

    assert ("名" * 256).encode() in found.data
    [fault] = found.faults
    assert (fault.problem.code, fault.pointer) == ("MSG-034", "#/lines/0/name")
