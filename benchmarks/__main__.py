"""`make bench`: measures everything and writes benchmarks/RESULTS.md.

python -m benchmarks [--quick] [--out FILE]     one run of each; another file
"""

import argparse
import sys
from pathlib import Path

from benchmarks import measure
from benchmarks.report import report


def main() -> int:
    """Measure, write the table, and return 1 where a bar was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--quick", action="store_true", help="one run of each, 100,000 rows only")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("RESULTS.md"))
    asked = parser.parse_args()
    repeats = 1 if asked.quick else 3
    lines = [
        measure.start_of_program(repeats=21, say=_say),
        measure.betweenness(300, repeats=repeats, say=_say),
        measure.betweenness(1_000, repeats=repeats, say=_say),
        *measure.loads(100_000, repeats=repeats, say=_say),
    ]
    if not asked.quick:
        lines += measure.loads(1_000_000, repeats=repeats, say=_say, network=False)
    text = report(lines, repeats=repeats)
    asked.out.write_text(text, "utf-8", newline="\n")
    print(text)
    return int(any(line.verdict == "MISSED" for line in lines))


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
