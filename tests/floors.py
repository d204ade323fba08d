#!/usr/bin/env python3
"""floors.py BINARY SHARED: measures BINARY on the public sets in SHARED and fails where a figure is below its floor.

The floors stand in floors.tsv beside this file: what, measure, least value. A floor may only rise.
"""
import pathlib
import re
import subprocess
import sys
import tempfile


# How the lines begin that the scorer of articles prints, and what their numbers are.
DOCUMENTS = {
    "events": ("no-dup", ["precision", "recall"]),
    "date": ("DATE exact", ["exact"]),
    "factuality": ("FACTUALITY", ["right"]),
    "class": ("TYPE", ["right"]),
    "links": ("LINKS without before, led-to", ["precision", "recall"]),
    "timex": ("TIMEX value ", ["precision", "recall"]),
}


def measured(command):
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    return done.stdout


def figures(binary, shared):
    """The lines of measure.py: the group, the set, the measure, the value; floors of dates go without their group."""
    out = measured([f"{shared}/eval/tools/measure.py", binary, f"{shared}/eval", "dev", "dates", "events", "links"])
    for line in out.splitlines():
        group, *what, value = line.split()
        named = what if group == "dates" else [group, *what]
        yield " ".join(named), float(value)


def documents(binary, shared):
    """The figures of annotated Korean articles: what, measure, value."""
    gold = f"{shared}/gold/dev"
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as predicted:
        predicted.write(measured([f"{gold}/run_docs.py", binary, f"{gold}/docs.jsonl"]))
        predicted.flush()
        out = measured([f"{gold}/score_docs.py", f"{gold}/docs.jsonl", predicted.name, "--tier", "core"])
    for what, (start, measures) in DOCUMENTS.items():
        line = next(it for it in out.splitlines() if it.strip().startswith(start))
        values = re.findall(r"\d\.\d+", line)
        for measure, value in zip(measures, values):
            yield f"documents {what} {measure}", float(value)


def main():
    binary, shared = sys.argv[1:]
    floors = {}
    for line in pathlib.Path(__file__).with_name("floors.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            what, least = line.split("\t")
            floors[what] = float(least)
    found = dict(figures(binary, shared)) | dict(documents(binary, shared))
    wrong = 0
    for what, least in floors.items():
        value = found.get(what)
        if value is None or value < least:
            wrong += 1
            print(f"BELOW ITS FLOOR  {what}: {value}, floor {least}")
        else:
            print(f"{what}: {value}, floor {least}")
    print(f"{len(floors) - wrong} passed, {wrong} failed")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
