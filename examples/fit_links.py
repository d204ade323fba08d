#!/usr/bin/env python3
"""fit_links.py FEATURES GOLD [FEATURES GOLD ...] [--folds N] > connective-weights.tsv

Fits the weights of `connective-weights.tsv` by logistic regression (FTRL-proximal, so that most weights are zero).
FEATURES is what the example `link_features` prints, GOLD the annotated sentences it was printed of: JSON lines with `id`, `text`, `label` and
`causal_pairs`, each of a `cause` and an `effect` with `start` and `end` in code points.

The sentence model learns whether a sentence states a cause. The pair model learns, in sentences that do, which connective states it.
With --folds N it prints, to standard error, figures of sentences whose fold was left out of fitting.
Standard library only; the same input gives the same weights.
"""
import argparse
import collections
import json
import math
import sys

ALPHA, BETA, L2, EPOCHS, LEAST = 0.03, 1.0, 5.0, 10, 5
# Weights nearer to nothing, in thousandths, are left out.
SMALL = 50


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
        names = sorted({name for it in sentences for name in it["features"]})
        pairs = [(code(it["cause"]), code(it["effect"]), sorted(set(it["features"]))) for s in sentences for it in s["pairs"]]
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


class Regression:
    """Logistic regression with the FTRL-proximal update."""

    def __init__(self, l1):
        self.l1, self.z, self.n = l1, collections.defaultdict(float), collections.defaultdict(float)

    def weight(self, name):
        z = self.z.get(name, 0.0)
        l1 = 0.0 if name == "bias" else self.l1
        if abs(z) <= l1:
            return 0.0
        return -(z - math.copysign(l1, z)) / ((BETA + math.sqrt(self.n[name])) / ALPHA + L2)

    def score(self, names):
        return self.weight("bias") + sum(self.weight(it) for it in names)

    def learn(self, names, label, importance):
        names = [*names, "bias"]
        weights = [self.weight(it) for it in names]
        gradient = importance * (sigmoid(sum(weights)) - label)
        square = gradient * gradient
        for name, weight in zip(names, weights):
            n = self.n[name]
            self.z[name] += gradient - (math.sqrt(n + square) - math.sqrt(n)) / ALPHA * weight
            self.n[name] = n + square


def sigmoid(score):
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def fit(examples, l1):
    """Fits (features, label, importance) in an order that is mixed but always the same."""
    counts = collections.Counter(name for names, _, _ in examples for name in names)
    examples = [([it for it in names if LEAST <= counts[it]], label, importance) for names, label, importance in examples]
    step = next(it for it in (7919, 104729) if len(examples) % it)
    regression = Regression(l1)
    for epoch in range(EPOCHS):
        for i in range(len(examples)):
            regression.learn(*examples[(i * step + epoch * 31) % len(examples)])
    return regression


def models(rows, l1):
    sentence = fit([(names, label, 1.0) for label, names, _, _ in rows], l1)
    chosen = []
    for label, _, pairs, want in rows:
        if label and want:
            good = right(pairs, want)
            chosen.extend((names, int(i in good), 1.0) for i, (_, _, names) in enumerate(pairs))
    return sentence, fit(chosen, l1)


def figures(sets, folds, l1):
    """Prints figures of each set, every sentence judged by weights fitted without its fold."""
    judged = [[] for _ in sets]
    for fold in range(folds):
        train = [row for rows in sets for i, row in enumerate(rows) if i % folds != fold]
        sentence, pair = models(train, l1)
        for out, rows in zip(judged, sets):
            for row in rows[fold::folds]:
                out.append((sigmoid(sentence.score(row[1])), [sigmoid(pair.score(it[2])) for it in row[2]], row))
    for rows in judged:
        for least in (0.3, 0.4, 0.5, 0.6, 0.7):
            print(f"  sentences from {least}: {prf([(r[0], least <= p and bool(r[2])) for p, _, r in rows])}", file=sys.stderr)
        for least in (0.3, 0.4, 0.5, 0.6):
            c = collections.Counter()
            for p, scores, (label, _, pairs, want) in rows:
                best = max(scores, default=0)
                said = [pairs[i] for i, it in enumerate(scores) if 0.5 <= p and (it == best or least <= it)]
                c["gold"] += len(want)
                c["said"] += len(said)
                c["hit"] += matched(said, want)
            print(f"  pairs from {least}: {of(c['hit'], c['gold'], c['said'])}", file=sys.stderr)
        print(file=sys.stderr)


def matched(said, want):
    used = set()
    for cause, effect in want:
        scores = [(min(overlap(cause, a), overlap(effect, b)), i) for i, (a, b, _) in enumerate(said) if i not in used]
        best = max(scores, default=(0, 0))
        if best[0]:
            used.add(best[1])
    return len(used)


def prf(pairs):
    hit = sum(1 for gold, said in pairs if gold and said)
    return of(hit, sum(1 for gold, _ in pairs if gold), sum(1 for _, said in pairs if said))


def of(hit, gold, said):
    p, r = hit / max(1, said), hit / max(1, gold)
    return f"precision {100 * p:.1f} recall {100 * r:.1f} F1 {200 * p * r / max(1e-9, p + r):.1f} ({said} of {gold})"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--l1", type=float, default=1.5)
    args = parser.parse_args()
    sets = [list(read(*args.files[i : i + 2])) for i in range(0, len(args.files), 2)]
    if args.folds:
        figures(sets, args.folds, args.l1)
        return
    print("# Fitted by examples/fit_links.py; see docs/evaluation.md. sentence or pair, feature, weight in thousandths.")
    for of_what, regression in zip(("sentence", "pair"), models([row for rows in sets for row in rows], args.l1)):
        for name in sorted(regression.z):
            weight = round(1000 * regression.weight(name))
            if SMALL <= abs(weight):
                print(f"{of_what}\t{name}\t{weight}")


if __name__ == "__main__":
    main()
