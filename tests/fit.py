#!/usr/bin/env python3
"""fit.py WHAT FEATURES.jsonl GOLD.jsonl [--penalty N] [--threshold N] [--least N] > WEIGHTS.toml

Fits the weights of `salience.toml` (WHAT is `salience`) or `dating.toml` (`dating`): logistic regression with an L2 penalty, by
coordinate descent, the same bytes for the same input. FEATURES is what `cargo run --example features -- GOLD.jsonl` prints; GOLD
holds documents with `text` and `events` (`trigger_start`, `trigger_end`, `mentions`, `tier`, `date`) and a `fold`.
Standard error tells how well the weights of each fold's complement do on the fold. Standard library only.
"""
import collections, json, math, sys

CORE = 2.0  # how much more a core event weighs than another
SWEEPS = 40
HEADS = {
    "salience": "# Which candidates are worth telling: a linear score, the natural logarithm of the odds.\n"
    "# Weights of features that are true of a candidate are added to the bias; candidates below the threshold are not told.\n",
    "dating": "# Which time expression dates an event: a linear score, the natural logarithm of the odds.\n"
    "# Weights of features that are true of an event and a time expression are added to the bias; the best one above the threshold dates the event.\n",
}


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def code_points(text):
    """Byte offset -> code point offset."""
    at, table = 0, {}
    for index, char in enumerate(text):
        table[at] = index
        at += len(char.encode())
    table[at] = len(text)
    return table


def told(document, span):
    """The annotated event whose trigger or mention overlaps `span` most."""
    best = (0, None)
    for event in document["events"]:
        spans = [(event["trigger_start"], event["trigger_end"])]
        spans += [(it["start"], it["end"]) for it in event.get("mentions", [])]
        overlap = max(min(end, span[1]) - max(start, span[0]) for start, end in spans)
        if overlap > best[0]:
            best = (overlap, event)
    return best[1]


def day(value):
    """A date without clock times; a span within one day is that day."""
    parts = [it.split("T")[0] for it in (value or "").split("/")]
    return parts[0] if len(set(parts)) == 1 else "/".join(parts)


def rows(what, features, gold):
    """(features, whether it is so, weight, fold)"""
    documents = {it["id"]: it for it in gold}
    out = []
    for article in features:
        document = documents[article["id"]]
        table = code_points(document["text"])
        for row in article["candidates" if what == "salience" else "dates"]:
            event = told(document, [table[it] for it in row["at"]])
            if what == "salience":
                core = event is not None and event["tier"] == "core"
                out.append((set(row["features"]), event is not None, CORE if core else 1.0, document["fold"]))
            elif event is not None and row["value"]:
                right = bool(event["date"]) and day(event["date"]) == day(row["value"])
                out.append((set(row["features"]), right, 1.0, document["fold"]))
    return out


def fit(data, penalty, least):
    """Returns the bias and the weights by feature."""
    count = collections.Counter(name for names, *_ in data for name in names)
    names = sorted(name for name, many in count.items() if many >= least)
    index = {name: at for at, name in enumerate(names)}
    columns = [[] for _ in names]
    for row, (found, *_) in enumerate(data):
        for name in found:
            if name in index:
                columns[index[name]].append(row)
    columns.append(list(range(len(data))))
    truth = [1.0 if it[1] else 0.0 for it in data]
    share = [it[2] for it in data]
    weights, sums = [0.0] * len(columns), [0.0] * len(data)
    for _ in range(SWEEPS):
        for at, column in enumerate(columns):
            held = 0.0 if at == len(names) else penalty
            slope, curve = held * weights[at], held + 1e-6
            for row in column:
                chance = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, sums[row]))))
                slope += share[row] * (chance - truth[row])
                curve += share[row] * chance * (1.0 - chance)
            step = max(-1.0, min(1.0, -slope / curve))
            weights[at] += step
            for row in column:
                sums[row] += step
    return weights[-1], dict(zip(names, weights))


def score(bias, weights, names):
    return bias + sum(weights.get(name, 0.0) for name in names)


def judge(data, penalty, least, threshold):
    """Precision and recall of each fold by the weights of the others."""
    right = told_so = so = 0
    for fold in sorted({it[3] for it in data}):
        bias, weights = fit([it for it in data if it[3] != fold], penalty, least)
        for names, truth, _, own in data:
            if own == fold:
                said = score(bias, weights, names) >= threshold
                right, told_so, so = right + (said and truth), told_so + said, so + truth
    return right / max(told_so, 1), right / max(so, 1)


def main():
    args = sys.argv[1:]
    options = {"--penalty": 20.0, "--threshold": 0.0, "--least": 4.0}
    for name in options:
        if name in args:
            at = args.index(name)
            options[name] = float(args[at + 1])
            del args[at : at + 2]
    if len(args) != 3 or args[0] not in HEADS:
        sys.exit(__doc__)
    penalty, threshold, least = options.values()
    data = rows(args[0], read(args[1]), read(args[2]))
    precision, recall = judge(data, penalty, least, threshold)
    print(f"{len(data)} rows; unseen folds: precision {precision:.3f}, recall {recall:.3f}", file=sys.stderr)
    bias, weights = fit(data, penalty, least)
    print(HEADS[args[0]], end="")
    print(f"# Fitted on annotated news of the development set: tests/fit.py {args[0]} --penalty {penalty:g} --threshold {threshold:g} --least {least:g}.")
    print("# A feature that is not listed weighs nothing.")
    print(f"threshold = {threshold:.2f}\nbias = {bias:.2f}\n\n[weights]")
    for name, weight in sorted(weights.items()):
        if abs(weight) >= 0.03:
            print(f"{json.dumps(name, ensure_ascii=False)} = {weight:.2f}")


if __name__ == "__main__":
    main()
