"""Lodging by upload: any file that is read here, each declaration of it told, problems in place."""

import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from msgspec.json import encode

from tests.interfaces.scene import PASSWORD, Scene, declared, play
from tongguan.domain.declarations.queries import page as declarations_of
from tongguan.interfaces.messages.singlewindow.writer import write
from tongguan.interfaces.messages.translation.tables import Translation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene() -> Scene:
    return play()


@pytest.fixture
def broker(scene: Scene) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    assert client.login(username="broker", password=PASSWORD)
    return client


def sent(client: Client, act: str, **files: bytes) -> Any:
    named = [SimpleUploadedFile(name.replace("_", "."), data) for name, data in files.items()]
    return client.post("/portal/lodge", {"act": act, "file": named})


def test_several_files_of_several_formats_are_lodged_at_once(broker: Client, scene: Scene) -> None:
    lines = encode(declared("U-1", containers=())) + b"\n" + encode(declared("U-2", containers=()))
    xml = write(declared("U-3"), tables=Translation.shipped(), day=date(2026, 11, 20)).data

    answer = sent(broker, "lodge", many_ndjson=lines, window_xml=xml)

    assert answer.status_code == 200
    assert [(one.name, one.well, one.refused) for one in answer.context["found"]] == [
        ("many.ndjson", 2, 0),
        ("window.xml", 1, 0),
    ]
    lodged = declarations_of(viewer=scene.actor("broker"))
    assert {row.reference for row in lodged} == {"U-1", "U-2", "U-3"}


def test_what_came_as_xml_is_handed_back_to_its_sender_alone(broker: Client, scene: Scene) -> None:
    xml = write(declared("U-4"), tables=Translation.shipped(), day=date(2026, 11, 20)).data
    sent(broker, "lodge", window_xml=xml)
    [row] = declarations_of(viewer=scene.actor("broker"))
    page = broker.get(f"/portal/declarations/{row.id}")
    [came] = page.context["came"]
    address = f"/portal/declarations/{row.id}/came/{came.id}"
    trader = Client()
    assert trader.login(username="trader", password=PASSWORD)

    assert came.whole
    assert broker.get(address).content == xml
    assert trader.get(f"/portal/declarations/{row.id}").status_code == 200
    assert trader.get(address).status_code == 404


def test_problems_stand_at_the_place_in_the_senders_own_document(broker: Client) -> None:
    wrong = write(declared("U-5"), tables=Translation.shipped(), day=date(2026, 11, 20)).data
    wrong = wrong.replace(b"<TradeCurr>EUR</TradeCurr>", b"<TradeCurr>XYZ</TradeCurr>", 1)
    bad = json.loads(encode(declared("U-6")))
    bad["lines"][1]["currency"] = "XYZ"
    lines = encode(declared("U-7")) + b"\n" + json.dumps(bad).encode() + b"\n{no json"

    answer = sent(broker, "check", window_xml=wrong, many_ndjson=lines)

    assert answer.status_code == 422
    window, many = answer.context["found"]
    assert (window.refused, many.well, many.refused) == (1, 1, 2)
    [(_told, troubles)] = window.told
    assert any("TradeCurr" in one.source_path for one in troubles)
    places = [one.source_path for _told, troubles in many.told for one in troubles]
    assert any("line 2" in place for place in places)
    assert any(place.startswith("3:") for place in places)


def test_nothing_chosen_is_said(broker: Client) -> None:
    answer = broker.post("/portal/lodge", {"act": "lodge"})

    assert answer.status_code == 422
    assert answer.context["nothing"]
