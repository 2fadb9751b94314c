"""Registering, withdrawing, debiting and crediting certificates of relief and of origin."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from tongguan.domain.permits import problems
from tongguan.domain.permits.balances import draw, put_back
from tongguan.domain.permits.models import Certificate, CertificateUse
from tongguan.domain.permits.rules.registration import wrong_with
from tongguan.domain.permits.sealed import CERTIFICATE, CERTIFICATE_USE
from tongguan.domain.permits.values import CertificateKind, Drawn, NewCertificate
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.sealed import added, changed, folded, made
from tongguan.facilities.tables import TableRows
from tongguan.kernel.identifiers import DeclarationId, plain_code, plain_number
from tongguan.kernel.time import LOCAL

_COLUMNS = ("certificate_id", "declaration_id", "line", "quantity", "debited_at")


@transaction.atomic(durable=True)
def register_certificate(*, certificate: NewCertificate, by: Actor, now: datetime) -> None:
    """Register a certificate that customs or an agency of origin issued.

    Again, with the same content: changes nothing. Its number is kept in the plain form that numbers
    in declarations are brought to.

    Raises:
        ProblemError: ACC-001 neither revenue officer nor administrator, PER-030 registered
            otherwise or withdrawn, PER-031 it grants nothing that can be given.
    """
    require(by, Role.REVENUE, Role.ADMINISTRATOR)
    certificate = replace(
        certificate,
        number=plain_number(certificate.number),
        basis=plain_code(certificate.basis),
        origin=plain_code(certificate.origin),
    )
    wrong = wrong_with(certificate, snapshot(), now.astimezone(LOCAL).date())
    number = certificate.number
    if wrong is not None:
        raise problems.CERTIFICATE_GRANTS_NOTHING.error(number=number, wrong=wrong)
    content = {
        "holder_id": certificate.holder_id,
        "basis": certificate.basis,
        "origin": certificate.origin,
        "levy_modes": sorted(certificate.levy_modes),
        "frees": sorted(str(tax) for tax in certificate.frees),
        "share": certificate.share,
        "commodities": sorted(certificate.commodities),
        "granted": certificate.granted,
        "unit": certificate.unit,
        "valid_from": certificate.valid_from,
        "valid_until": certificate.valid_until,
        "issuer": certificate.issuer,
    }
    kept, is_new = Certificate.objects.get_or_create(
        kind=str(certificate.kind), number=number, defaults={**content, "registered_at": now}
    )
    if is_new:
        facts = {"certificate": str(certificate.kind), "number": number, **content}
        wrote = [made(CERTIFICATE, kept)]
        record("CERTIFICATE_REGISTERED", None, by=by, at=now, wrote=wrote, **facts)
    elif kept.withdrawn_at is not None or any(
        getattr(kept, name) != value for name, value in content.items()
    ):
        raise problems.CERTIFICATE_REGISTERED.error(number=number)


@transaction.atomic(durable=True)
def withdraw_certificate(*, kind: CertificateKind, number: str, by: Actor, now: datetime) -> None:
    """Let nothing more be granted on a certificate; what was granted on it stays.

    Raises:
        ProblemError: ACC-001 neither revenue officer nor administrator, PER-032 no such
            certificate, or withdrawn already.
    """
    require(by, Role.REVENUE, Role.ADMINISTRATOR)
    found = Certificate.objects.select_for_update().filter(kind=str(kind), withdrawn_at=None)
    held = found.filter(number=plain_number(number)).first() or found.filter(number=number).first()
    if held is None:
        raise problems.NO_CERTIFICATE.error(number=number)
    held.withdrawn_at = now
    held.save(update_fields=["withdrawn_at"])
    facts = {"certificate": str(kind), "number": held.number, "drawn": held.drawn}
    wrote = [changed(CERTIFICATE, held.pk, withdrawn_at=now)]
    record("CERTIFICATE_WITHDRAWN", None, by=by, at=now, wrote=wrote, **facts)


def use_rows(uses: Iterable[tuple[DeclarationId, Drawn]], *, now: datetime) -> TableRows:
    """Return the rows of what is drawn at acceptance, for a writer of many tables."""
    rows = [(one.certificate_id, id_, one.line, one.quantity, now) for id_, one in uses]
    return TableRows("permits_certificateuse", _COLUMNS, rows)


def debit(quantities: Mapping[int, Decimal]) -> None:
    """Draw these quantities on certificates, by id, in the caller's transaction.

    Raises:
        django.db.IntegrityError: since it was looked at, one was withdrawn or has not so much left.

    Cost: one statement a certificate; each stays locked until the transaction ends.
    """
    for id_ in sorted(quantities):
        if not draw(Certificate.objects.filter(pk=id_, withdrawn_at=None), quantities[id_]):
            raise IntegrityError(f"certificate {id_} has changed since it was looked at")


def credit_certificates(ids: Collection[DeclarationId], *, by: Actor, now: datetime) -> None:
    """Give back what declarations drew that were revoked or refused. Again: changes nothing.

    Runs in the transaction that follows the event.
    """
    drawn = CertificateUse.objects.filter(declaration__in=ids, credited_at=None)
    for use in drawn.select_for_update(of=("self",)).order_by("certificate_id", "id"):
        put_back(Certificate.objects.filter(pk=use.certificate_id), use.quantity)
        use.credited_at = now
        use.save(update_fields=["credited_at"])
        id_ = DeclarationId(use.declaration_id)
        of = Certificate.objects.get(pk=use.certificate_id)
        quantity = f"{use.quantity.normalize():f} {of.unit}"
        facts = {"certificate": of.number, "line": use.line, "quantity": quantity}
        wrote = [
            folded(CERTIFICATE_USE, "", CertificateUse.objects.filter(declaration=id_)),
            added(CERTIFICATE, use.certificate_id, drawn=-use.quantity),
        ]
        record("CERTIFICATE_CREDITED", id_, by=by, at=now, wrote=wrote, **facts)
