"""The envelopes of a WCO declaration: a `MetaData`, alone or within the log of a request."""

from collections.abc import Iterator

from lxml import etree

from tongguan.interfaces.messages import problems
from tongguan.interfaces.messages.wco.elements import ENVELOPE, declaration
from tongguan.kernel.problems import Fault


def declarations_in(root: etree._Element) -> tuple[list[etree._Element], list[Fault]]:
    """Return the `Declaration` elements of a document, and what is wrong with its envelope."""
    if _name(root) == declaration().name:
        return [root], []
    envelopes = [root] if _name(root) == "MetaData" else list(root.iter("{*}MetaData"))
    faults = [fault for one in envelopes for fault in _faults(one)]
    found = [one for envelope in envelopes for one in envelope if _name(one) == declaration().name]
    if not found:
        faults.append(problems.NO_PAYLOAD.at("", place=_name(root)))
    if len(found) > 1:
        faults.append(problems.SEVERAL.at("", count=len(found), place="42A#2"))
        found = []
    return found, faults


def _faults(envelope: etree._Element) -> Iterator[Fault]:
    space = envelope.tag[1:].rpartition("}")[0]
    if space != ENVELOPE:
        facts = {"name": "MetaData", "namespace": space, "expected": ENVELOPE, "place": "MetaData"}
        yield problems.UNKNOWN_NAMESPACE.at("", **facts)


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2]
