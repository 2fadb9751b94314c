"""Check what was drawn at random on a day, without the program that drew it.

python verify_draw.py EXPORT.json [COMMITMENT …]   EXPORT: what `tongguan draws export DAY` prints.
Checked: seed and opened sets are those committed to, each criterion is part of its set, exactly
those were drawn whose number lies below the share, officers of examinations are those of the lowest
numbers among all marked present before, noted commitments are there. Exit code 0: well.
"""

import hmac
import json
import sys
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

MIDNIGHT, WHOLE = "T00:00:00+08:00", 1 << 64  # the region's midnight; one more than any number
faults = []


def check(right, fault):
    """Note a fault unless all is right; return whether it is."""
    return bool(right) or faults.append(fault) is not None


def number(seed, key):
    """The number of a key is the first eight bytes of HMAC-SHA256(seed, key)."""
    return int.from_bytes(hmac.new(seed, key.encode(), sha256).digest()[:8], "big")


def drawn(seed, key, share):
    """Drawn is whose number lies below the share."""
    return number(seed, key) < max(0, min(WHOLE, int(Decimal(share) * WHOLE)))


def opened(row, day):
    """Return the criteria of an opened set by kind, its hash and commitment checked."""
    lines, criteria = [], {"share": [], "policy": [], "profile": []}
    for one in row["criteria"]:
        found = json.loads(one["text"])
        check(found["valid_from"] <= day < (found["valid_until"] or "9999"), f"of no force: {one}")
        hashed = sha256(one["text"].encode()).hexdigest()
        lines.append(f"{one['kind']} {found['id']} {found['version']} {hashed}")
        criteria.setdefault(one["kind"], []).append(found)
    version = sha256("\n".join(sorted(lines)).encode()).hexdigest()
    check(version == row["version"], f"set {row['version']} is another one: {version}")
    right = sha256(bytes.fromhex(row["salt"]) + version.encode()).hexdigest() == row["commitment"]
    check(right, f"set {version} was not committed to")
    return criteria


def share_of(shares, one):
    """Of the shares that fit a declaration, the one that names most, then the longest prefix."""
    named, best = {name: one[name] for name in ("credit", "office", "mode")}, ((0,), "0")
    for row in shares:
        count = sum(bool(row[name]) for name in (*named, "commodity"))
        fits = all(row[name] in ("", value) for name, value in named.items())
        if fits and any(code.startswith(row["commodity"]) for code in [*one["commodities"], ""]):
            rank = (count, len(row["commodity"]), row["id"], row["version"])
            best = max(best, (rank, row["share"]))
    return best[1]


def check_declaration(one, criteria, seed):
    """Recompute every draw of one declaration."""
    key, random = one["key"], set()
    for treatment in {row["treatment"] for row in criteria["share"]}:
        part = share_of([row for row in criteria["share"] if row["treatment"] == treatment], one)
        random |= {treatment} if drawn(seed, f"random/{treatment}/{key}", part) else set()
    check(random == set(one["random"]), f"{key}: random {sorted(random)}, told {one['random']}")
    policy = max(criteria["policy"], key=lambda row: row["id"], default={"exploration": "0"})
    right = drawn(seed, f"exploration/{key}", policy["exploration"]) == one["exploration"]
    check(right, f"{key}: exploration, told {one['exploration']}")
    parts = {row["id"]: row["share"] for row in criteria["profile"]}
    for profile, acted in one["profiles"]:
        right = profile in parts and drawn(seed, f"profile/{profile}/{key}", parts[profile])
        check(right == acted, f"{key}: profile {profile} drawn: {right}, told {acted}")


def check_officers(one, seed):
    """Recompute one draw of officers; who was named by hand is no draw and counted apart."""
    key, at = one["key"], datetime.fromisoformat(one["at"])
    for row in one["candidates"]:
        right = row["office"] == one["office"] and datetime.fromisoformat(row["marked_at"]) <= at
        check(right, f"{key}: {row['officer']} was not marked present there before")
    lowest = sorted(
        (number(seed, f"officer/{key}/{row['officer']}"), row["officer"])
        for row in one["candidates"]
    )
    right = [name for _number, name in lowest[: len(one["chosen"])]]
    if one["how"] == "DRAWN":
        check(right == one["chosen"], f"{key}: officers {right}, told {one['chosen']}")


def main(path, *noted):
    """Check an export and tell every fault."""
    export = json.loads(Path(path).read_text(encoding="utf-8"))
    day, row, sets = export["day"], export["seed"] or {"seed": "", "commitment": ""}, {}
    seed = bytes.fromhex(row["seed"] or "")
    if check(seed, "the seed is not revealed"):
        right = sha256(f"tongguan seed {day}\n".encode() + seed).hexdigest() == row["commitment"]
        check(right, "the seed is not the one committed to")
        early = datetime.fromisoformat(row["committed_at"]) < datetime.fromisoformat(day + MIDNIGHT)
        check(early, f"the seed was committed to at {row['committed_at']}, not before the day")
    for one in export["sets"]:
        if check(one["criteria"], f"set {one['commitment']} is not opened"):
            sets[one["version"]] = opened(one, day)
    for one in export["declarations"]:
        if seed and check(one["set"] in sets, f"{one['key']}: of a set nobody committed to"):
            check_declaration(one, sets[one["set"]], seed)
    officers = export.get("officers", [])
    for one in officers if seed else []:
        check_officers(one, seed)
    for one in set(noted) - {found["commitment"] for found in [row, *export["sets"]]}:
        check(False, f"noted, but not in the export: {one}")
    count = f"{len(sets)} sets, {len(export['declarations'])} declarations, {len(faults)} faults"
    told = [*faults, *(f"note: {one}" for one in export.get("notes", [])), f"{day}: {count}"]
    if officers:
        by_draw = [one for one in officers if one["how"] == "DRAWN"]
        all_came = sum(len(one["candidates"]) == len(one["chosen"]) for one in by_draw)
        told.append(
            f"officers: {len(by_draw)} draws, {all_came} of them of no more than were drawn;"
            f" {len(officers) - len(by_draw)} times named by hand"
        )
    sys.stdout.write("\n".join([*told, ""]))


if __name__ == "__main__":
    main(*sys.argv[1:])
    sys.exit(bool(faults))
