"""Corridor: shared case records in, brokers and cross-border links out.

The front door. A notebook imports the public functions from their rooms::

    from loaders import read_bundle
    from queries import open_store
    from graphs import rank_brokers
    from viz import network_page

and a shell calls `corridor`.
"""

import sys

__version__ = "0.1.0"
__all__ = ["__version__", "main"]


def main() -> None:
    """Run the command `corridor` and leave with its exit status."""
    from commands.app import main as run

    sys.exit(run())


if __name__ == "__main__":
    main()
