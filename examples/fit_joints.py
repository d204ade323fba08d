#!/usr/bin/env python3
"""fit_joints.py FEATURES GOLD PREDICTED [SCORE_DOCS]: fits the weights of data/lang/*/linking.toml and prints the file.

FEATURES   what `cargo run --release --example joint_features` prints of GOLD's articles
GOLD       annotated articles with `events`, `links` and `fold`
PREDICTED  what run_docs.py writes for the same articles
SCORE_DOCS the scorer whose alignment of events is used (default: beside GOLD)

Logistic regression with L2 by coordinate descent, in a fixed order: the same input gives the same bytes.
With --folds it prints precision and recall at several thresholds instead, each fifth judged by weights fitted on the other four.
Standard library only."""
import collections, importlib.util, json, math, os, sys

# Two events that are only in an order are not linked by what says more.
ORDER = {"before", "contains"}
L2, LEAST, SWEEPS, THRESHOLD = 5.0, 3, 100, -0.8


def load(path):
    return [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]


def align(scorer, gold, events, spans):
    """Returns the gold event of each span: by the scorer for events that are told, by overlap for the others."""
    _, found, _, _ = scorer.align(gold["events"], events, gold["text"])
    at = {(events[p]["start"], events[p]["end"]): g for p, g in found.items()}
    told, used = {(e["start"], e["end"]) for e in events}, set(found.values())
    overlaps = []
    for span in sorted(spans - told):
        for g, event in enumerate(gold["events"]):
            for start, end in scorer.spans(event):
                common = min(end, span[1]) - max(start, span[0])
                if common > 0 and g not in used:
                    overlaps.append((-common, g, span))
    for _, g, span in sorted(overlaps):
        if g not in used and span not in at:
            at[span] = g
            used.add(g)
    return at


def rows(features, gold_path, predicted, scorer):
    """Returns (fold, gold ends, is a link, is a core link, features) of every pair, and how many core links there are."""
    pairs = {o["id"]: o["pairs"] for o in load(features)}
    events = {o["id"]: o["events"] for o in load(predicted)}
    out, core = [], 0
    for gold in load(gold_path):
        told = pairs.get(gold["id"], [])
        spans = {tuple(end) for one in told for end in one[:2]}
        at = align(scorer, gold, events.get(gold["id"], []), spans)
        place = {e["id"]: n for n, e in enumerate(gold["events"])}
        links = {(place[l["from"]], place[l["to"]]): l["tier"] for l in gold["links"] if l["relation"] not in ORDER}
        core += sum(tier == "core" for tier in links.values())
        for start, end, names in told:
            ends = (at.get(tuple(start)), at.get(tuple(end)))
            key = (gold["id"],) + (ends if None not in ends else (tuple(start), tuple(end)))
            out.append((gold["fold"], key, ends in links, links.get(ends) == "core", names))
    return out, core


def fit(data):
    """Returns bias and weights: for one after the other the Newton step, until all stand still."""
    where = collections.defaultdict(list)
    for n, row in enumerate(data):
        for f in row[4]:
            where[f].append(n)
    places = {f: where[f] for f in sorted(where) if len(where[f]) >= LEAST}
    places[None] = range(len(data))  # the bias, which nothing draws to 0
    weight, scores = dict.fromkeys(places, 0.0), [0.0] * len(data)
    for _ in range(SWEEPS):
        largest = 0.0
        for f, rows_of in places.items():
            draw = 0.0 if f is None else L2
            slope, curve = draw * weight[f], draw + 1e-6
            for n in rows_of:
                p = probability(scores[n])
                slope += p - data[n][2]
                curve += p * (1 - p)
            step = max(-1.0, min(1.0, -slope / curve))
            weight[f] += step
            for n in rows_of:
                scores[n] += step
            largest = max(largest, abs(step))
        if largest < 1e-3:
            break
    return weight.pop(None), weight


def probability(score):
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def score(model, names):
    return model[0] + sum(model[1].get(f, 0.0) for f in names)


def surest(scored, threshold):
    """Returns the pairs that are told: of those less likely right than wrong, the surest of each cause and of each effect."""
    kept, causes, effects = {}, set(), set()
    for value, row in sorted(scored, key=lambda it: -it[0]):
        article, cause, effect = row[1]
        used = (article, cause) in causes or (article, effect) in effects
        if value < threshold or used and value < 0:
            continue
        kept[row[1]] = row
        causes.add((article, cause))
        effects.add((article, effect))
    return kept.values()


def by_folds(data, core):
    scored, loss = [], 0.0
    for fold in sorted({row[0] for row in data}):
        model = fit([row for row in data if row[0] != fold])
        scored += [(score(model, row[4]), row) for row in data if row[0] == fold]
    for threshold in (-1.5, -1.25, -1.0, -0.8, -0.75, -0.5, -0.25, 0.0):
        kept = surest(scored, threshold)
        right, right_core = sum(r[2] for r in kept), sum(r[3] for r in kept)
        print(f"{threshold:5.2f}  precision {right / max(1, len(kept)):.3f}  core recall {right_core / core:.3f}  links {len(kept)}")
    for low in (0.0, 0.2, 0.3, 0.4, 0.5, 0.6):
        band = [row[2] for s, row in scored if low <= probability(s) < (low + 0.1 if low else 0.2)]
        print(f"said {low:.1f}..: {sum(band)} of {len(band)} are links")


def main():
    args = [a for a in sys.argv[1:] if not a.startswith("--")]
    if len(args) < 3:
        sys.exit(__doc__)
    path = args[3] if len(args) > 3 else os.path.join(os.path.dirname(args[1]), "score_docs.py")
    spec = importlib.util.spec_from_file_location("score_docs", path)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    data, core = rows(args[0], args[1], args[2], scorer)
    if "--folds" in sys.argv:
        return by_folds(data, core)
    bias, weight = fit(data)
    print("# Which clauses that words join are cause and effect: a linear score, the natural logarithm of the odds.")
    print("# Weights of features that are true of a link are added to the bias; a `weighed` link below the threshold is not told of its events.")
    print("# Fitted by examples/fit_joints.py on annotated news of the development set; a feature that is not listed weighs nothing.")
    print(f"threshold = {THRESHOLD}\nbias = {bias:.2f}\n\n[weights]")
    for name, value in sorted(weight.items()):
        if abs(value) >= 0.02:
            print(f"{json.dumps(name, ensure_ascii=False)} = {value:.2f}")


if __name__ == "__main__":
    main()
