#!/usr/bin/env python3
"""fit.py WHAT FEATURES.jsonl GOLD.jsonl [--penalty N] [--threshold N] [--least N] > WEIGHTS.toml

Fits the weights of `salience.toml` (WHAT is `salience`) or `dating.toml` (`dating`): logistic regression with an L2 penalty, for dates a
conditional one (of the candidates of an event at most one is right), the same bytes for the same input.
FEATURES is what `cargo run --example features -- GOLD.jsonl` prints; GOLD holds documents with `text` and `events` (`trigger_start`,
`trigger_end`, `mentions`, `tier`, `date`) and a `fold`.
Standard error tells how well the weights of each fold's complement do on the fold. Standard library only.
"""
import collections, json, math, sys

CORE = {"salience": 2.0, "dating": 1.5}  # how much more a core event weighs than another
STEPS, MEMORY = 120, 8  # of L-BFGS
DEFAULTS = {"salience": (15.0, -0.08, 4), "dating": (8.0, 0.0, 8)}  # penalty, threshold, least
HEADS = {
    "salience": "# Which candidates are worth telling: a linear score, the natural logarithm of the odds.\n"
    "# Weights of features that are true of a candidate are added to the bias; candidates below the threshold are not told.\n",
    "dating": "# Which time expression dates an event: a linear score, the natural logarithm of the odds against no date.\n"
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
    """A date without clock times and marks; a span within one day is that day."""
    parts = [it.split("T")[0].rstrip("~?%") for it in (value or "").split("/")]
    return parts[0] if len(set(parts)) == 1 else "/".join(parts)


def groups(what, features, gold):
    """(candidates, weight, fold): of each candidate its features and whether it is right. A predicate is a group of one; of an event
    with a date that none of its candidates has, nothing can be learnt."""
    documents = {it["id"]: it for it in gold}
    out = []
    for article in features:
        document = documents[article["id"]]
        table = code_points(document["text"])
        found = collections.OrderedDict()
        for row in article["candidates" if what == "salience" else "dates"]:
            found.setdefault(tuple(row["at"]), []).append(row)
        for at, rows in found.items():
            event = told(document, [table[it] for it in at])
            weight = CORE[what] if event and event["tier"] == "core" else 1.0
            if what == "salience":
                out += [([(set(it["features"]), event is not None)], weight, document["fold"]) for it in rows]
            elif event:
                right = lambda it: bool(event["date"]) and day(event["date"]) == day(it["value"])
                candidates = [(set(it["features"]), right(it)) for it in rows if it["value"]]
                if candidates and (not event["date"] or any(it[1] for it in candidates)):
                    out.append((candidates, weight, document["fold"]))
    return out


class Problem:
    """The penalised negative log likelihood of weights; the last weight is the bias."""

    def __init__(self, data, penalty, least):
        count = collections.Counter(name for candidates, *_ in data for names, _ in candidates for name in names)
        self.names = sorted(name for name, many in count.items() if many >= least)
        index = {name: at for at, name in enumerate(self.names)}
        self.penalty, self.size = penalty, len(self.names) + 1
        rows = lambda candidates: [(sorted(index[it] for it in names if it in index), truth) for names, truth in candidates]
        self.groups = [(rows(candidates), weight) for candidates, weight, _ in data]

    def at(self, weights):
        """The value and the slope."""
        value, slope = 0.0, [self.penalty * it for it in weights]
        slope[-1] = 0.0
        value = sum(it * it for it in weights[:-1]) * self.penalty / 2
        for rows, share in self.groups:
            odds = [math.exp(min(30.0, max(-30.0, weights[-1] + sum(weights[it] for it in names)))) for names, _ in rows]
            whole = 1.0 + sum(odds)
            right = sum(it for it, (_, truth) in zip(odds, rows) if truth)
            value -= share * math.log((right or 1.0) / whole)
            for it, (names, truth) in zip(odds, rows):
                push = share * (it / whole - (it / right if truth else 0.0))
                slope[-1] += push
                for name in names:
                    slope[name] += push
        return value, slope


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def fit(data, penalty, least):
    """Returns the bias and the weights by feature: L-BFGS with backtracking."""
    problem = Problem(data, penalty, least)
    weights, memory = [0.0] * problem.size, collections.deque(maxlen=MEMORY)
    value, slope = problem.at(weights)
    for _ in range(STEPS):
        way, rates = [-it for it in slope], []
        for step, change, scale in reversed(memory):
            rates.append(scale * dot(step, way))
            way = [it - rates[-1] * by for it, by in zip(way, change)]
        if memory:
            step, change, scale = memory[-1]
            way = [it / (scale * dot(change, change)) for it in way]
        for (step, change, scale), rate in zip(memory, reversed(rates)):
            by = rate - scale * dot(change, way)
            way = [it + by * along for it, along in zip(way, step)]
        fall, length = dot(way, slope), 1.0 if memory else 1.0 / math.sqrt(dot(slope, slope) or 1.0)
        while True:
            there = [it + length * along for it, along in zip(weights, way)]
            next_value, next_slope = problem.at(there)
            if next_value <= value + 1e-4 * length * fall or length < 1e-8:
                break
            length /= 2
        step, change = [a - b for a, b in zip(there, weights)], [a - b for a, b in zip(next_slope, slope)]
        if dot(step, change) > 1e-12:
            memory.append((step, change, 1.0 / dot(step, change)))
        done = value - next_value < 1e-6 * max(1.0, abs(value))
        weights, value, slope = there, next_value, next_slope
        if done:
            break
    return weights[-1], dict(zip(problem.names, weights))


def score(bias, weights, names):
    return bias + sum(weights.get(name, 0.0) for name in names)


def judge(data, penalty, least, threshold):
    """Precision and recall of each fold by the weights of the others, and how often the choice is right."""
    right = told_so = so = same = 0
    for fold in sorted({it[2] for it in data}):
        bias, weights = fit([it for it in data if it[2] != fold], penalty, least)
        for candidates, _, own in data:
            if own == fold:
                best, truth = max((score(bias, weights, names), truth) for names, truth in candidates)
                said, any_so = best >= threshold, any(it[1] for it in candidates)
                right, told_so, so = right + (said and truth), told_so + said, so + any_so
                same += truth if said else not any_so
    return right / max(told_so, 1), right / max(so, 1), same / max(len(data), 1)


def main():
    args = sys.argv[1:]
    what = args[0] if args and args[0] in HEADS else sys.exit(__doc__)
    options = dict(zip(("--penalty", "--threshold", "--least"), DEFAULTS[what]))
    for name in options:
        if name in args:
            at = args.index(name)
            options[name] = float(args[at + 1])
            del args[at : at + 2]
    if len(args) != 3:
        sys.exit(__doc__)
    penalty, threshold, least = options.values()
    data = groups(what, read(args[1]), read(args[2]))
    precision, recall, same = judge(data, penalty, least, threshold)
    print(f"{len(data)} groups; unseen folds: precision {precision:.3f}, recall {recall:.3f}, right {same:.3f}", file=sys.stderr)
    bias, weights = fit(data, penalty, least)
    print(HEADS[what], end="")
    print(f"# Fitted on annotated news of the development set: tests/fit.py {what} --penalty {penalty:g} --threshold {threshold:g} --least {least:g}.")
    print("# A feature that is not listed weighs nothing.")
    print(f"threshold = {threshold:.2f}\nbias = {bias:.2f}\n\n[weights]")
    for name, weight in sorted(weights.items()):
        if abs(weight) >= 0.03:
            print(f"{json.dumps(name, ensure_ascii=False)} = {weight:.2f}")


if __name__ == "__main__":
    main()
