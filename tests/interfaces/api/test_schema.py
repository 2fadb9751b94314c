"""What the description says is what happens, whoever calls and whatever is sent."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.interfaces.api.conftest import Callers
from tests.interfaces.api.described_calls import DOCUMENTS, EVERYBODY, Calls
from tests.interfaces.scene import Scene

pytestmark = pytest.mark.django_db(transaction=True)

BOUNDED = settings(
    max_examples=200,
    phases=[Phase.generate],
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def calls(scene: Scene) -> Calls:
    return Calls(scene)


@BOUNDED
@given(data=st.data())
def test_every_call_is_answered_as_it_is_described(calls: Calls, data: st.DataObject) -> None:
    role = data.draw(st.just(EVERYBODY) | st.sampled_from(calls.roles))
    calls.tried(data, data.draw(st.sampled_from(calls.operations)), role)


@BOUNDED
@given(data=st.data())
def test_every_document_is_answered_as_it_is_described(calls: Calls, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(DOCUMENTS)))

    assert calls.tried(data, f"POST {path}", EVERYBODY) not in {401, 405}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 5000])
def test_a_number_that_is_none_or_beyond_all_is_refused(callers: Callers, number: str) -> None:
    for path, body in (
        ("/permits/licences", f'{{"granted": {number}}}'),
        ("/declarations/1/payments", f'{{"amount": {number}}}'),
        ("/declarations", f'{{"reference": "R", "packages": {{"count": {number}}}}}'),
        ("/manifests", f'{{"number": "M", "bills": [{{"gross": {number}}}]}}'),
    ):
        name = "lines" if path == "/manifests" else "broker"
        assert callers[name].post(path, body.encode()).status_code in {400, 422}, path
