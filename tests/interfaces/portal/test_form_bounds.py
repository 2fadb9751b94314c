"""A form holds so much and no more: what goes beyond is told, and nothing of it is done."""

import re
from typing import Final

from django.test import Client

from tests.interfaces.scene import PASSWORD, Scene
from tongguan.domain.declarations.queries import page as declarations_of
from tongguan.interfaces.portal.draft import MOST_LINES

FORM: Final = "/portal/lodge/form"
LARGEST: Final = 2_000_000
"""Bytes of the largest page of the form: about 5 kB a line."""


def shown(content: str) -> set[str]:
    """Return the names of the first field of each line."""
    return set(re.findall(r'name="(lines\.\d+\.name)"', content))


def test_more_lines_than_a_form_holds_are_refused_in_every_act(scene: Scene) -> None:
    browser = Client()
    assert browser.login(username="trader", password=PASSWORD)
    many = {f"lines.{at}.name": f"goods {at}" for at in range(4_000)}
    full = {f"lines.{at}.name": f"goods {at}" for at in range(MOST_LINES)}

    for sent, act, count in ((many, "lodge", 4_000), (many, "", 4_000), (full, "add", 51)):
        answer = browser.post(FORM, {**sent, "act": act})
        content = answer.content.decode()
        assert answer.status_code == 422, act
        assert "POR-001" in content
        assert str(count) in content
        assert len(shown(content)) == MOST_LINES
        assert len(answer.content) < LARGEST
    assert declarations_of(viewer=scene.actor("trader")) == ()
