"""Check a ledger without the program that wrote it: every seal, every checkpoint, every signature.

python verify_ledger.py EXPORT.ndjson [KEY …]   EXPORT: what `tongguan ledger export` writes.
Signatures count that were made with one of the public keys, in hexadecimal, which an auditor has
from elsewhere (`tongguan ledger key`, noted when the installation was taken over); without any,
those named in the export, which only shows that it is whole in itself. Needs the library
`cryptography`. Exit code 0: all is well.
"""

import json
import sys
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

BEGINNING = bytes(32)


def hashed(previous, told):
    """Return the hash of a row: over the hash before it, and what the row says."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return sha256(previous + text.encode()).hexdigest()


def check_entry(row, last):
    """Yield what is wrong with an entry; `last` is number and hash of the one before it."""
    number, previous = last
    told = [row["chain"], row["number"], row["kind"], row["at"], row["by"]]
    told.append(sorted(row["facts"].items()))
    sealed = hashed(bytes.fromhex(previous), told)
    if (row["number"], row["previous"], row["hash"]) != (number + 1, previous, sealed):
        yield f"{row['chain']} {row['number']}: does not fit the entry before it"


def check_checkpoint(row, last, entries, keys):
    """Yield what is wrong with a checkpoint and with the entries that it signed."""
    number, previous = last
    lines = "".join(f"{chain} {place} {seal}\n" for chain, place, seal in row["heads"])
    digest = sha256(lines.encode()).hexdigest()
    told = [row["checkpoint"], row["at"], row["count"], row["digest"]]
    fits = (row["checkpoint"], row["previous"], row["count"], row["digest"], row["hash"]) == (
        number + 1,
        previous,
        len(row["heads"]),
        digest,
        hashed(bytes.fromhex(previous), told),
    )
    if not fits:
        yield f"checkpoint {row['checkpoint']}: does not fit the one before it, or its heads"
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(row["key"]))
        key.verify(bytes.fromhex(row["signature"]), bytes.fromhex(row["hash"]))
        signed = row["key"] in keys
    except (InvalidSignature, ValueError):
        signed = False
    if not signed:
        yield f"checkpoint {row['checkpoint']}: not signed with a known key"
    for chain, place, seal in row["heads"]:
        found = entries.get((chain, place))
        if found != seal:
            wrong = "is gone" if found is None else "is another one"
            yield f"{chain} {place}: signed by checkpoint {row['checkpoint']}, {wrong}"


def main():
    """Read the export once, in order, and tell what is wrong."""
    path, *keys = sys.argv[1:]
    entries, heads, faults = {}, {}, []
    checkpoint = (0, BEGINNING.hex())
    with Path(path).open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if "keys" in row:
                keys = keys or row["keys"]
            elif "checkpoint" in row:
                faults += check_checkpoint(row, checkpoint, entries, keys)
                checkpoint = (row["checkpoint"], row["hash"])
            else:
                chain = row["chain"]
                faults += check_entry(row, heads.get(chain, (0, BEGINNING.hex())))
                heads[chain] = (row["number"], row["hash"])
                entries[chain, row["number"]] = row["hash"]
    print(*faults, sep="\n", end="\n" if faults else "")
    print(f"{len(heads)} chains, {len(entries)} entries, {checkpoint[0]} checkpoints:", end=" ")
    print(f"{len(faults)} faults" if faults else "all is well")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
