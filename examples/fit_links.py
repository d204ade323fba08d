#!/usr/bin/env python3
"""fit_links.py NEWS_FEATURES NEWS_GOLD PROSE_FEATURES PROSE_GOLD > connective-weights.tsv

Fits the weights of `connective-weights.tsv` by logistic regression (scikit-learn 1.9).
FEATURES is what the example `link_features` prints, GOLD the annotated sentences it was printed of: JSON lines with `id`, `text`, `label` and
`causal_pairs`, each of a `cause` and an `effect` with `start` and `end` in code points.

Four models share their features: whether a sentence is news, whether one of news states a cause, whether one of other prose does, and, in sentences
that do, which connective states it. The same input gives the same weights.
"""
import argparse
import collections
import json

import numpy
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

# A feature that fewer examples have is not fitted.
LEAST = 3
# How little weights are held back: of the register, of news, of other prose, of connectives.
FREEDOM = (0.1, 0.03, 0.1, 0.05)
# Weights nearer to nothing, in hundredths, are left out.
SMALL = (5, 3, 3, 5)


def rows_of(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def overlap(a, b):
    """Intersection over union of two spans."""
    common = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, common) / (max(a[1], b[1]) - min(a[0], b[0]))


def read(features, gold):
    """Yields (label, features of the sentence, its pairs as (cause, effect, features), gold pairs), offsets in code points."""
    told = {row["id"]: row for row in rows_of(features)}
    for row in rows_of(gold):
        text = row["text"].encode()
        code = lambda it: [len(text[:at].decode(errors="ignore")) for at in it]
        sentences = told[row["id"]]["sentences"]
        found = [pair for it in sentences for pair in it["pairs"]]
        names = {name for it in [*sentences, *found] for name in it["features"]}
        pairs = [(code(it["cause"]), code(it["effect"]), set(it["features"])) for it in found]
        want = [([it["cause"]["start"], it["cause"]["end"]], [it["effect"]["start"], it["effect"]["end"]]) for it in row.get("causal_pairs") or [] if it.get("cause") and it.get("effect")]
        yield int(row["label"]), names, pairs, want


def right(pairs, want):
    """Returns the indexes of the pairs that state one of those wanted: for each the best, and every close one."""
    found = set()
    for cause, effect in want:
        scores = [min(overlap(cause, a), overlap(effect, b)) for a, b, _ in pairs]
        best = max(scores, default=0)
        found |= {i for i, it in enumerate(scores) if it and (it == best or 0.5 <= it)}
    return found


def fit(examples, freedom):
    """Returns the weights of the features of (features, label), and of the bias."""
    counts = collections.Counter(name for names, _ in examples for name in names)
    names = {name: at for at, name in enumerate(sorted(name for name, count in counts.items() if LEAST <= count))}
    columns = [sorted(names[it] for it in example if it in names) for example, _ in examples]
    ends = numpy.cumsum([0, *map(len, columns)])
    cells = numpy.concatenate(columns).astype(int)
    table = csr_matrix((numpy.ones(len(cells)), cells, ends), shape=(len(examples), len(names)))
    model = LogisticRegression(C=freedom, solver="liblinear", random_state=0).fit(table, [label for _, label in examples])
    return {**dict(zip(names, model.coef_[0])), "bias": model.intercept_[0]}


def models(news, prose):
    """Yields the weights of the register, of news, of other prose and of connectives."""
    yield fit([(row[1], int(rows is news)) for rows in (news, prose) for row in rows], FREEDOM[0])
    yield fit([(row[1], row[0]) for row in news], FREEDOM[1])
    yield fit([(row[1], row[0]) for row in prose], FREEDOM[2])
    chosen = []
    for label, _, pairs, want in [*news, *prose]:
        if label and want:
            good = right(pairs, want)
            chosen.extend((names, int(i in good)) for i, (_, _, names) in enumerate(pairs))
    yield fit(chosen, FREEDOM[3])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("news_features", "news_gold", "prose_features", "prose_gold"):
        parser.add_argument(name)
    args = parser.parse_args()
    news, prose = list(read(args.news_features, args.news_gold)), list(read(args.prose_features, args.prose_gold))
    weights = [{name: round(100 * weight) for name, weight in it.items()} for it in models(news, prose)]
    print("# Fitted by examples/fit_links.py; see docs/evaluation.md. Feature, weights in hundredths: register, news, other prose, connective.")
    for name in sorted(set().union(*weights)):
        cells = [it.get(name, 0) for it in weights]
        cells = [cell if name == "bias" or small <= abs(cell) else 0 for cell, small in zip(cells, SMALL)]
        if any(cells):
            print(name, *(cell or "" for cell in cells), sep="\t")


if __name__ == "__main__":
    main()
