"""Refusals of this room, HSM-001 to HSM-099. A code is never reused."""

from http import HTTPStatus
from typing import Final

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

PARTLY_SET: Final = Problem(
    code="HSM-001",
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    title=_("The settings of the HSM are not complete"),
    detail=_("Not set: {lacking}."),
    remedy=_(
        "Set TONGGUAN_PKCS11_MODULE, TONGGUAN_PKCS11_TOKEN and TONGGUAN_PKCS11_PIN_FILE, or none"
        " of them where keys are files."
    ),
)
NOT_INSTALLED: Final = Problem(
    code="HSM-002",
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    title=_("What speaks to an HSM is not installed"),
    detail=_("TONGGUAN_PKCS11_MODULE is set, and the Python package {package} is not here."),
    remedy=_("Install the product with its extra: tongguan[hsm]."),
)
MODULE_FAILS: Final = Problem(
    code="HSM-003",
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    title=_("The PKCS#11 module does not work"),
    detail=_("{module} cannot be loaded, or does not start: {why}."),
    remedy=_(
        "See that TONGGUAN_PKCS11_MODULE names the library of the HSM's vendor, that the library"
        " finds its own settings, and that the HSM can be reached."
    ),
)
NO_TOKEN: Final = Problem(
    code="HSM-004",
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    title=_("The token is not there"),
    detail=_("{module} shows no token, or more than one, with the label “{token}”."),
    remedy=_(
        "See that the HSM is connected and that TONGGUAN_PKCS11_TOKEN is the label of one token:"
        " pkcs11-tool --module {module} --list-token-slots"
    ),
)
PIN_FILE: Final = Problem(
    code="HSM-005",
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    title=_("The file with the PIN cannot be used"),
    detail=_("{file}: {why}."),
    remedy=_(
        "Let TONGGUAN_PKCS11_PIN_FILE name a file that holds the PIN in one line, that belongs to"
        " the account of the product, and that nobody else can read (chmod 600)."
    ),
)
PIN_REFUSED: Final = Problem(
    code="HSM-006",
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    title=_("The token refuses the PIN"),
    detail=_("The token “{token}” refuses the PIN in {file}: {why}."),
    remedy=_(
        "Correct the file. The same PIN is not tried again by this process: a token locks itself"
        " after a few wrong ones, and only its security officer unlocks it."
    ),
)
NO_ED25519: Final = Problem(
    code="HSM-007",
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    title=_("The token does not sign with Ed25519"),
    detail=_("The token “{token}” does not offer CKM_EDDSA."),
    remedy=_("Take a token or a firmware that does; with others, keys stay files."),
)
NO_ANSWER: Final = Problem(
    code="HSM-008",
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    title=_("The HSM does not answer"),
    detail=_("The token “{token}” failed: {why}. Nothing was signed, and nothing was changed."),
    remedy=_("See that the HSM is connected and works, then try again; no restart is needed."),
)
