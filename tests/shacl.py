#!/usr/bin/env python3
"""Checks RDF against data/shapes.ttl with pySHACL: `backstory dump --format nt | tests/shacl.py`.

Reads N-Triples from the files named, or from stdin; exits 0 if all conforms, 1 if not, 77 if pySHACL is not installed.
`pip install pyshacl` installs it.
"""

import sys
from pathlib import Path

try:
    import rdflib
    from pyshacl import validate
except ImportError:
    print("skipped: pyshacl is not installed (pip install pyshacl)", file=sys.stderr)
    sys.exit(77)

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    data = rdflib.Graph()
    for name in sys.argv[1:] or ["-"]:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        data.parse(data=text, format="nt")
    shapes = rdflib.Graph().parse(ROOT / "data" / "shapes.ttl", format="turtle")
    rdflib.Graph().parse(ROOT / "data" / "ontology.ttl", format="turtle")
    if len(data) == 0:
        print("there is nothing to check: the input has no triples", file=sys.stderr)
        return 1
    conforms, _, report = validate(data, shacl_graph=shapes, advanced=False)
    print(report if not conforms else f"conforms: {len(data)} triples")
    return 0 if conforms else 1


if __name__ == "__main__":
    sys.exit(main())
