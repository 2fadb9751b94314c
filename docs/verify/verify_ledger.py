"""Check a ledger without the program that wrote it: seals, signatures, witnesses, and the rows.

python verify_ledger.py EXPORT.ndjson [KEY …] [--since FILE_OR_FOLDER] … [--witness KEY] …

EXPORT is what `tongguan ledger export` writes. Signatures count that were made with one of the
public keys, in hexadecimal, which an auditor has from elsewhere (`tongguan ledger key`, noted when
the installation was taken over); without any, those named in the export, which only shows that it
is whole in itself. `--since` names what was kept elsewhere: an earlier export, checkpoints from the
public page, countersignatures, or the folder of a second place; all of it has to be there still.
`--witness` names the public keys of witnesses whose countersignatures count.

Checked is that every entry fits the one before it, that every checkpoint is signed, fits the one
before it and counts right, that no signed entry is gone, and that the rows of the export
(declarations, holds, bills, payments, orders …) are as the entries say, in both directions, and
that an act of the ledger made every announcement of the export.
Adoptions of rows that no act described (ROWS_ADOPTED) are listed; each table is adopted once.
Needs the library `cryptography`. Exit code 0: all is well.
"""

import argparse
import json
import sys
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

BEGINNING = bytes(32)
HOUSE = "00000000-0000-8000-8000-000000000001"


def hashed(previous, told):
    """Return the hash of a row: over the hash before it, and what the row says."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return sha256(previous + text.encode()).hexdigest()


def genuine(key, signature, content):
    """Return whether a signature is that of a public key; all but the content in hexadecimal."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
            bytes.fromhex(signature), content
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def plus(so_far, more):
    """Return the sum of two numbers that are texts, as the program writes it."""
    total = Decimal(so_far or 0) + Decimal(more)
    return f"{total.normalize():f}" if total else "0"


class Ledger:
    """What was read of an export so far, and what is wrong with it."""

    def __init__(self, keys, witnesses):
        """Take the public keys that count; those of the export where none is given."""
        self.keys, self.witnesses, self.faults = keys, witnesses, []
        self.entries, self.heads, self.signed = {}, {}, {}
        self.checkpoints, self.last = {}, (0, BEGINNING.hex())
        self.tables, self.house, self.said, self.rows = None, (), {}, {}
        self.begun, self.ended, self.adopted = {}, {}, []
        self.acts, self.at_home, self.done = {}, (), set()

    def read(self, row):
        """Take one line of the export, in order."""
        if "keys" in row:
            self.keys = self.keys or row["keys"]
            self.tables, self.house = row.get("tables"), row.get("house", ())
            self.acts, self.at_home = row.get("acts", {}), row.get("at_home", ())
        elif "checkpoint" in row:
            self.check_checkpoint(row)
        elif "countersigned" in row:
            self.check_countersignature(row)
        elif "announced" in row:
            self.check_announced(row)
        elif "table" in row:
            place = row["table"], row["of"], row["key"]
            if place in self.rows:
                self.faults.append(f"{row['table']} {row['key']}: two rows bear this key")
            self.rows[place] = row["columns"]
        else:
            self.check_entry(row)

    def check_entry(self, row):
        """Check that an entry fits the one before it on its chain."""
        chain = row["chain"]
        number, previous = self.heads.get(chain, (0, BEGINNING.hex()))
        told = [chain, row["number"], row["kind"], row["at"], row["by"]]
        told.append(sorted(row["facts"].items()))
        sealed = hashed(bytes.fromhex(previous), told)
        if (row["number"], row["previous"], row["hash"]) != (number + 1, previous, sealed):
            self.faults.append(f"{chain} {row['number']}: does not fit the entry before it")
        self.heads[chain] = (row["number"], row["hash"])
        self.entries[chain, row["number"]] = row["hash"]
        self.done.add((chain, row["at"], row["kind"]))
        if chain == HOUSE:
            self.done.add((chain, row["at"]))
        said = json.loads(row["facts"].get("rows") or "{}")
        self.note_adoption(row, said)
        for table, rows in said.items():
            for key, columns in rows.items():
                self.apply(chain, table, key, columns)

    def check_announced(self, row):
        """Check that an act announced an event: on the chain it is about, at its moment."""
        kinds = self.acts.get(row["event"], ())
        made = any((row["of"], row["at"], kind) in self.done for kind in kinds)
        at_home = row["event"] in self.at_home and (HOUSE, row["at"]) in self.done
        if not made and not at_home:
            place = f"{row['event']} of {row['of']}, {row['at']}"
            self.faults.append(f"announcement {row['announced']}: no act announced {place}")

    def note_adoption(self, row, said):
        """Note what an entry has to do with rows that were adopted: described by no act."""
        of = row["facts"].get("adoption", "")
        if row["kind"] == "ROWS_ADOPTED":
            counts = {table: len(rows) for table, rows in said.items()}
            self.adopted.append((row["chain"], row["number"], row["at"], of, counts))
        elif row["chain"] == HOUSE and row["kind"] == "ADOPTION_BEGUN":
            self.begun[str(row["number"])] = row
        elif row["chain"] == HOUSE and row["kind"] == "ADOPTION_ENDED":
            self.ended[of] = row["at"]

    def check_adoptions(self):
        """Check that adoptions keep to their tables, and each table to one; tell them."""
        taken, counts = set(), {number: {} for number in self.begun}
        for number, row in self.begun.items():
            tables = set(row["facts"].get("tables", "").split())
            if taken & tables:
                self.faults.append(f"adoption {number}: adopts a table that was adopted before")
            taken |= tables
        for chain, number, at, of, rows in self.adopted:
            begun = self.begun.get(of, {"at": "", "facts": {}})
            tables = set(begun["facts"].get("tables", "").split())
            if not rows.keys() <= tables or not begun["at"] <= at <= self.ended.get(of, at):
                self.faults.append(f"{chain} {number}: adopts what adoption {of} does not allow")
            for table, count in rows.items() if of in counts else ():
                counts[of][table] = counts[of].get(table, 0) + count
        lines = []
        for number, row in self.begun.items():
            rows = ", ".join(f"{table} {n}" for table, n in sorted(counts[number].items()))
            ended = "" if number in self.ended else ", not ended"
            lines.append(
                f"adoption {number}, {row['at']}, by {row['by']}{ended}: {rows or 'no rows'}"
                f" ({row['facts'].get('reason', '')})"
            )
        return lines

    def apply(self, chain, table, key, columns):
        """Apply what an entry says about a row; what is added to a column is summed by itself."""
        place = table, None if table in self.house else chain, key
        if columns is None:
            self.said.pop(place, None)
            return
        row = self.said.setdefault(place, {})
        for name, value in columns.items():
            row[name] = plus(row.get(name), value) if name.startswith("+") else value

    def check_checkpoint(self, row):
        """Check a checkpoint: its place, its heads, its totals, its signature."""
        number, previous = self.last
        lines = "".join(f"{chain} {place} {seal}\n" for chain, place, seal in row["heads"])
        digest = sha256(lines.encode()).hexdigest()
        told = [row["checkpoint"], row["at"], row["count"], row["digest"]]
        for chain, place, seal in row["heads"]:
            self.signed[chain] = place
            found = self.entries.get((chain, place))
            if found != seal:
                wrong = "is gone" if found is None else "is another one"
                self.faults.append(
                    f"{chain} {place}: signed by checkpoint {row['checkpoint']}, {wrong}"
                )
        if row.get("entries") is not None:  # an earlier version signed no totals
            told += [row["entries"], row["chains"], row["up_to"]]
            totals = (sum(self.signed.values()), len(self.signed))
            if (row["entries"], row["chains"]) != totals:
                self.faults.append(f"checkpoint {row['checkpoint']}: counts other than it signed")
        fits = (row["checkpoint"], row["previous"], row["count"], row["digest"], row["hash"]) == (
            number + 1,
            previous,
            len(row["heads"]),
            digest,
            hashed(bytes.fromhex(previous), told),
        )
        if not fits:
            self.faults.append(
                f"checkpoint {row['checkpoint']}: does not fit the one before it, or its heads"
            )
        if row["key"] not in self.keys or not genuine(
            row["key"], row["signature"], bytes.fromhex(row["hash"])
        ):
            self.faults.append(f"checkpoint {row['checkpoint']}: not signed with a known key")
        self.last = (row["checkpoint"], row["hash"])
        self.checkpoints[row["checkpoint"]] = row["hash"]

    def check_countersignature(self, row):
        """Check that a witness saw this very checkpoint."""
        lines = ("tongguan countersignature", row["witness"], row["countersigned"], row["hash"])
        told = "".join(f"{line}\n" for line in (*lines, row["at"])).encode()
        known = not self.witnesses or row["key"] in self.witnesses
        if not known or not genuine(row["key"], row["signature"], told):
            self.faults.append(f"{row['witness']} {row['countersigned']}: not a known witness")
        self.compare(row["countersigned"], row["hash"], f"countersigned by {row['witness']}")

    def compare(self, number, seal, where):
        """Check that a checkpoint that was seen elsewhere is there, and the same."""
        found = self.checkpoints.get(number)
        if found != seal:
            wrong = "is gone" if found is None else "is another one"
            self.faults.append(f"checkpoint {number}: {where}, {wrong}")

    def check_since(self, path):
        """Check that all that was kept elsewhere is there still."""
        if path.is_dir():
            self.check_second_place(path)
            return
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            number = row.get("checkpoint", row.get("countersigned"))
            if number is not None:
                self.compare(number, row["hash"], f"kept in {path.name}")

    def check_second_place(self, folder):
        """Check the files of a second place, which has every checkpoint, the last one perhaps."""
        files = {int(file.stem): file for file in folder.rglob("*.json") if file.stem.isdecimal()}
        for number, file in sorted(files.items()):
            row = json.loads(file.read_text(encoding="utf-8"))
            if row["checkpoint"] != number:
                self.faults.append(f"{file.name} holds checkpoint {row['checkpoint']}")
            self.compare(row["checkpoint"], row["hash"], f"kept in {file.name}")
        for number in sorted(self.checkpoints.keys() - files.keys() - {self.last[0]}):
            self.faults.append(f"checkpoint {number}: {folder} does not have it")

    def check_rows(self):
        """Check the rows against the entries, in both directions."""
        if self.tables is None:
            self.faults.append("the export holds no rows: they are not compared with the entries")
            return
        for (table, of, key), row in self.said.items():
            found = self.rows.pop((table, of, key), None)
            if found is not None:
                self.check_row(f"{table} {key} of {of or 'the house'}", row, found)
            elif table in self.tables:
                self.faults.append(f"{table} {key} of {of}: a row that entries tell of is gone")
        for table, of, key in self.rows:
            self.faults.append(f"{table} {key} of {of or 'the house'}: no entry tells of this row")

    def check_row(self, where, said, found):
        """Check the columns of a row, with what was added to them."""
        told = {name: value for name, value in said.items() if not name.startswith("+")}
        for name in said.keys() - told.keys():
            told[name[1:]] = plus(told.get(name[1:]), said[name])
        for name in sorted(told.keys() | found.keys()):
            one, row = told.get(name, ""), found.get(name, "")
            if one != row:
                self.faults.append(f"{where}, {name}: entries say “{one}”, the row says “{row}”")

    def check_counts(self, last):
        """Check that there is no less than the last checkpoint signed."""
        entries, chains = last.get("entries"), last.get("chains")
        if entries is not None and (entries > len(self.entries) or chains > len(self.heads)):
            self.faults.append(f"checkpoint {last['checkpoint']}: fewer entries than it signed")


def main(words=None):
    """Read the export once, in order, and tell what is wrong; the words are of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("export", type=Path)
    parser.add_argument("keys", nargs="*", metavar="KEY")
    parser.add_argument("--since", action="append", default=[], type=Path)
    parser.add_argument("--witness", action="append", default=[])
    given = parser.parse_args(words)
    ledger, last = Ledger(given.keys, given.witness), {}
    with given.export.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            ledger.read(row)
            last = row if "checkpoint" in row else last
    rows = len(ledger.rows)
    ledger.check_counts(last)
    ledger.check_rows()
    adoptions = ledger.check_adoptions()
    for path in given.since:
        ledger.check_since(path)
    counts = f"{len(ledger.heads)} chains, {len(ledger.entries)} entries"
    result = f"{len(ledger.faults)} faults" if ledger.faults else "all is well"
    told = f"{counts}, {ledger.last[0]} checkpoints, {rows} rows: {result}"
    sys.stdout.write("\n".join([*ledger.faults, told, *adoptions, ""]))
    sys.exit(1 if ledger.faults else 0)


if __name__ == "__main__":
    main()
