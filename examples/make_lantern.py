"""Makes examples/lantern/ and its truth again: `python examples/make_lantern.py`, same bytes."""

import csv
import shutil
from pathlib import Path

from loaders.example import example_truth, write_example

HERE = Path(__file__).parent
PEOPLE, SEED = 150, 7


def main() -> None:
    """Write the bundles, and beside them who is who in truth."""
    shutil.rmtree(HERE / "lantern", ignore_errors=True)
    people, records = write_example(HERE / "lantern", people=PEOPLE, seed=SEED)
    with (HERE / "lantern-truth.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("record_id", "person_id"))
        writer.writerows(example_truth(PEOPLE, SEED))
    print(f"{people} people, {records} records")


if __name__ == "__main__":
    main()
