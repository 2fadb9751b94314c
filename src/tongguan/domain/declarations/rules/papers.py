"""Attached documents and references that the regime asks for. Source: completion rules; ours."""

from typing import Final

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.fields import HEADER
from tongguan.domain.declarations.rules.lists import Lists
from tongguan.domain.declarations.values import Document, Kind, Submission
from tongguan.kernel.problems import Fault

HASH_SIGNS: Final = 64
MOST_SIGNS: Final = 64
_HEXADECIMAL: Final = frozenset("0123456789abcdef")


def check(submission: Submission, lists: Lists, faults: list[Fault]) -> None:
    """Tell documents that cannot be found again, and a contract or record that is missing."""
    documents = submission.documents
    if len(documents) > lists.documents_most:
        most = lists.documents_most
        faults.append(
            problems.TOO_MANY_DOCUMENTS.at("#/documents", count=len(documents), most=most)
        )
    for index, document in enumerate(documents):
        if not _sound(document):
            faults.append(problems.DOCUMENT_FORM.at(f"#/documents/{index}"))
    if submission.kind is Kind.SUMMARY:
        return
    supervision = submission.regime.supervision
    if supervision in lists.contract_needed and not submission.contract:
        field = HEADER["contract"]
        faults.append(
            problems.NEEDED_BY_SUPERVISION.at(field.pointer, field=field, mode=supervision)
        )
    if supervision in lists.record_needed and not submission.regime.record:
        field = HEADER["regime.record"]
        faults.append(
            problems.NEEDED_BY_SUPERVISION.at(field.pointer, field=field, mode=supervision)
        )


def _sound(document: Document) -> bool:
    if document.number is not None and len(document.number) > MOST_SIGNS:
        return False
    if document.sha256 is not None:
        signs = document.sha256
        return len(signs) == HASH_SIGNS and _HEXADECIMAL.issuperset(signs)
    return True
