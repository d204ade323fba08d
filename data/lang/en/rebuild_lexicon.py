"""Writes lexicon.tsv, the English words with their possible tags and dictionary forms.

    python3 -m venv /tmp/lexicon && . /tmp/lexicon/bin/activate
    pip install textblob==0.20.1 lemminflect==0.2.3
    python3 data/lang/en/rebuild_lexicon.py

Two sources, both under the MIT licence (see README.md):
* textblob's `en-lexicon.txt`: the lexicon of Brill's tagger, one most frequent tag per word;
* lemminflect's `infl_lu.csv.gz`: lemmas with their inflected forms.

A line of the result is `form<TAB>tags<TAB>verb lemma<TAB>noun or adjective lemma`, sorted by the bytes of the form.
The first tag is the most frequent one; a lemma that equals the form is left empty, and so are trailing columns.
Words with a hyphen are left to the tagger's shape rules.
Names are kept (as NNP) only where the same word in lower case means something else; other names are known by their capital.
Words in `lexicon-patch.tsv` replace what the sources say: closed classes, and words whose use in news has changed.
"""

import collections
import gzip
import importlib.util
import pathlib
import re

HERE = pathlib.Path(__file__).parent
WORD = re.compile(r"^[a-z]+$")
OPEN = {"NN", "NNS", "JJ", "JJR", "JJS", "RB", "RBR", "RBS", "VB", "VBD", "VBN", "VBG", "VBZ", "VBP"}
CLOSED = {"IN", "DT", "PRP", "PRP$", "MD", "CC", "WP", "WDT", "WRB", "WP$", "EX", "TO", "CD", "UH", "RP", "PDT"}
VERB = ("VBD", "VBN", "VBG", "VBZ")


def package(name: str) -> pathlib.Path:
    """Returns the folder of an installed package without importing it."""
    return pathlib.Path(importlib.util.find_spec(name).origin).parent


def brill() -> tuple[dict[str, str], set[str]]:
    """Returns the tags of lower-case words, and the words that are names when capitalised."""
    tags, names = {}, set()
    for line in (package("textblob") / "en/en-lexicon.txt").read_text(encoding="utf8").splitlines():
        parts = line.split()
        if line.startswith(";") or len(parts) != 2:
            continue
        word, tag = parts[0], parts[1].split("|")[0]
        if WORD.match(word) and tag in OPEN | CLOSED:
            tags[word] = tag
        elif word.istitle() and tag in ("NNP", "NNPS"):
            names.add(word.lower())
    return tags, names


def inflections():
    """Yields (lemma, part of speech, [(tag, form)])."""
    with gzip.open(package("lemminflect") / "resources/infl_lu.csv.gz", "rt", encoding="utf8") as lines:
        for line in lines:
            lemma, pos, *cells = line.rstrip("\n").split(",")
            if not WORD.match(lemma):
                continue
            forms = []
            if pos == "verb" and len(cells) == 4:
                past, participle, gerund, third = cells
                forms = [("VB", lemma)]
                for tag, cell in zip(VERB, (past, participle or past, gerund, third)):
                    forms += [(tag, it) for it in cell.split("/") if it]
            elif pos == "noun":
                forms = [("NN", lemma)] + [("NNS", it) for it in cells[0].split("/") if it and it != lemma]
            elif pos == "adj":
                forms = [("JJ", lemma)]
                for tag, cell in zip(("JJR", "JJS"), cells):
                    forms += [(tag, it) for it in cell.split("/") if it]
            elif pos == "adv":
                forms = [("RB", lemma)]
            yield lemma, pos, [(tag, form) for tag, form in forms if WORD.match(form)]


def main() -> None:
    first, names = brill()
    tags = {word: [tag] for word, tag in first.items()}
    verb, noun = {}, {}
    for lemma, pos, forms in inflections():
        if not any(form in first for _, form in forms):
            continue
        for tag, form in forms:
            known = tags.setdefault(form, [])
            if known and known[0] in CLOSED - {"IN", "UH"}:
                continue
            if tag not in known:
                known.append(tag)
            target = verb if pos == "verb" else noun
            # Of two lemmas, the one that Brill's lexicon knows as such wins: `leaves` is of `leave`, not of `leav`.
            old = target.get(form)
            if form != lemma and (old is None or (first.get(lemma) in ("VB", "NN") and first.get(old) not in ("VB", "NN"))):
                target[form] = lemma
    for word in names & tags.keys():
        if tags[word][0] in ("NN", "NNS", "JJ"):
            tags[word].append("NNP")
    lines = {}
    for word, found in tags.items():
        found = ["VB" if it == "VBP" else it for it in found]
        found = list(collections.OrderedDict.fromkeys(found))
        is_verb = any(it.startswith("VB") for it in found)
        cells = [word, " ".join(found), verb.get(word, "") if is_verb else "", noun.get(word, "")]
        lines[word] = "\t".join(cells).rstrip("\t")
    for line in (HERE / "lexicon-patch.tsv").read_text(encoding="utf8").splitlines():
        if line and not line.startswith("#"):
            lines[line.split("\t")[0]] = line
    text = "".join(f"{line}\n" for _, line in sorted(lines.items(), key=lambda it: it[0].encode()))
    (HERE / "lexicon.tsv").write_text(text, encoding="utf8")


main()
