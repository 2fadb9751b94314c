"""A token of an HSM: makes Ed25519 keys and signs with them; no private key ever leaves it.

Loaded only where the settings name a token: the package `pkcs11` comes with the extra `hsm`.
Source: PKCS #11 v3.0, 2.3.10 (Edwards curves).
"""

import os
import secrets
import stat
from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final, TypeVar

import pkcs11
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass, PKCS11Error, Session
from pkcs11.types import SignMixin
from pkcs11.util.ec import encode_named_curve_parameters

from tongguan.facilities.hsm import problems
from tongguan.facilities.private_files import OF_OTHERS
from tongguan.kernel.problems import ProblemError

ED25519: Final = "1.3.101.112"
KEY_BYTES: Final = 32
LONGEST_POINT: Final = KEY_BYTES + 3
"""A public key, plain or as an OCTET STRING or BIT STRING; one of another curve is longer."""
ID_BYTES: Final = 16
PIN_BYTES: Final = 1_024
WAIT_SECONDS: Final = 20.0
"""So long one waits while others of this process use the token, before it is said to be away."""
_PIN_ERRORS: Final = (
    pkcs11.PinIncorrect,
    pkcs11.PinInvalid,
    pkcs11.PinLenRange,
    pkcs11.PinExpired,
    pkcs11.PinLocked,
    pkcs11.UserPinNotInitialized,
)
Found = TypeVar("Found")


class TokenKey:
    """A key in a token: it signs there."""

    def __init__(self, token: "Token", purpose: str, public: bytes) -> None:
        """Take where it lies, what for, and its public key."""
        self._token = token
        self._purpose = purpose
        self._public = public

    def public_key(self) -> Ed25519PublicKey:
        """Return with what anyone can check what it signs."""
        return Ed25519PublicKey.from_public_bytes(self._public)

    def sign(self, data: bytes) -> bytes:
        """Return the signature.

        Raises:
            ProblemError: HSM-003 to HSM-008, the token is away or fails.
        """
        return self._token.sign(self._purpose, self._public, data)


class Token:
    """A token as this process uses it: one session, one act at a time.

    Where an act fails, the session is opened anew and the act is tried once more: an HSM that was
    away is used again without a restart.
    """

    def __init__(self, module: Path, label: str, pin_file: Path) -> None:
        """Take what the settings name; nothing is opened yet."""
        self.label = label
        self._module = module
        self._pin_file = pin_file
        self._private: dict[bytes, SignMixin] = {}
        self._known: dict[str, frozenset[bytes]] = {}
        self._refused: tuple[str, ProblemError] | None = None
        self._begin()
        # A session is of the process that opened it; so is a lock that another thread holds.
        os.register_at_fork(after_in_child=self._begin)

    def check(self) -> None:
        """Require that the token can be used.

        Raises:
            ProblemError: HSM-003 to HSM-008.
        """
        self._do(lambda session: session.token.label)

    def keys(self, purpose: str) -> dict[bytes, TokenKey]:
        """Return the keys in the token for a purpose, by their public keys, in a stated order.

        They are the pairs whose label is `tongguan-PURPOSE`; a pair shares its CKA_ID.

        Raises:
            ProblemError: HSM-003 to HSM-008.
        """
        found = self._do(lambda session: self._look(session, purpose))
        if not found or not self._known.get(purpose, frozenset()) <= found.keys():
            # A module may show an empty token where it is gone: only a new session tells.
            found = self._do(lambda session: self._look(session, purpose), anew=True)
        self._known[purpose] = frozenset(found)
        return {public: TokenKey(self, purpose, public) for public in sorted(found)}

    def known(self, purpose: str) -> frozenset[bytes]:
        """Return the public keys that were there when this process last looked."""
        return self._known.get(purpose, frozenset())

    def make(self, purpose: str) -> bytes:
        """Make a key in the token; return its public key.

        Raises:
            ProblemError: HSM-003 to HSM-008.
        """
        return self._do(lambda session: _made(session, purpose))

    def sign(self, purpose: str, public: bytes, data: bytes) -> bytes:
        """Return the signature of a key in the token, which is checked before it is given out.

        Raises:
            ProblemError: HSM-003 to HSM-008.
        """

        def signed(session: Session) -> bytes:
            key = self._private.get(public) or self._look(session, purpose).get(public)
            if key is None:
                raise PKCS11Error("the key is not in it")
            signature = key.sign(data, mechanism=Mechanism.EDDSA)
            Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
            return signature

        return self._do(signed)

    def _look(self, session: Session, purpose: str) -> dict[bytes, SignMixin]:
        wanted = {Attribute.LABEL: _label(purpose), Attribute.KEY_TYPE: KeyType.EC_EDWARDS}
        private: dict[bytes, SignMixin] = {
            key[Attribute.ID]: key
            for key in session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY, **wanted})
            if isinstance(key, SignMixin)
        }
        found = {}
        for key in session.get_objects({Attribute.CLASS: ObjectClass.PUBLIC_KEY, **wanted}):
            point, id_ = key[Attribute.EC_POINT], key[Attribute.ID]
            if len(point) <= LONGEST_POINT and id_ in private:
                found[point[-KEY_BYTES:]] = private[id_]
        self._private.update(found)
        return found

    def _do(self, act: Callable[[Session], Found], *, anew: bool = False) -> Found:
        if not self._lock.acquire(timeout=WAIT_SECONDS):
            raise problems.NO_ANSWER.error(token=self.label, why="busy")
        try:
            if self._session is not None and not anew:
                try:
                    return act(self._session)
                except (PKCS11Error, InvalidSignature):
                    self._forget()
            return act(self._opened())
        except (PKCS11Error, InvalidSignature) as error:
            self._forget()
            raise problems.NO_ANSWER.error(token=self.label, why=_said(error)) from error
        finally:
            self._lock.release()

    def _begin(self) -> None:
        self._lock = Lock()
        self._forget()

    def _forget(self) -> None:
        self._session: Session | None = None
        self._private.clear()

    def _opened(self) -> Session:
        self._forget()
        pin = self._pin()
        try:
            library = pkcs11.lib(str(self._module))
            library.reinitialize()  # it may be of the process that forked this one, or out of date
        except PKCS11Error as error:
            raise problems.MODULE_FAILS.error(module=self._module, why=_said(error)) from error
        try:
            token = library.get_token(token_label=self.label)
        except (pkcs11.NoSuchToken, pkcs11.MultipleTokensReturned) as error:
            raise problems.NO_TOKEN.error(module=self._module, token=self.label) from error
        if Mechanism.EDDSA not in token.slot.get_mechanisms():
            raise problems.NO_ED25519.error(token=self.label)
        try:
            self._session = token.open(user_pin=pin)
        except _PIN_ERRORS as error:
            facts = {"token": self.label, "file": self._pin_file, "why": _said(error)}
            self._refused = (pin, problems.PIN_REFUSED.error(**facts))
            raise self._refused[1] from error
        return self._session

    def _pin(self) -> str:
        """Return the PIN, unless the token has refused this very one."""
        pin = _read(self._pin_file)
        if self._refused is not None and self._refused[0] == pin:
            raise ProblemError(*self._refused[1].faults)
        return pin


@cache
def token(module: Path, label: str, pin_file: Path) -> Token:
    """Return the token of these settings, the same for all of a process."""
    return Token(module, label, pin_file)


def _made(session: Session, purpose: str) -> bytes:
    curve = {Attribute.EC_PARAMS: encode_named_curve_parameters(ED25519)}
    kept = {Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False}
    with session.token.open(rw=True) as writing:
        parameters = writing.create_domain_parameters(KeyType.EC_EDWARDS, curve, local=True)
        public, _private = parameters.generate_keypair(
            id=secrets.token_bytes(ID_BYTES),
            label=_label(purpose),
            store=True,
            mechanism=Mechanism.EC_EDWARDS_KEY_PAIR_GEN,
            private_template=kept,
        )
        return bytes(public[Attribute.EC_POINT][-KEY_BYTES:])


def _label(purpose: str) -> str:
    return f"tongguan-{purpose}"


def _read(path: Path) -> str:
    """Return the PIN in a file that its owner alone can read."""
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) or mode & OF_OTHERS:
            raise problems.PIN_FILE.error(file=path, why=stat.filemode(mode))
        with path.open("rb") as file:
            pin = file.read(PIN_BYTES).decode().strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise problems.PIN_FILE.error(file=path, why=_said(error)) from error
    if not pin:
        raise problems.PIN_FILE.error(file=path, why="empty")
    return pin


def _said(error: Exception) -> str:
    """Return an error in a line; most of PKCS#11 have a name only."""
    if isinstance(error, OSError) and error.errno:
        return os.strerror(error.errno)
    return ": ".join(filter(None, (type(error).__name__, " ".join(str(error).split()))))
