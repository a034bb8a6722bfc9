"""The command `corridor`: its groups in the order of a user's work, and its exit status."""

import sys

import typer

from commands import decide, load, look, share
from commands.grouped import GroupedByWork
from graphs.errors import InputError, TroubleError

EPILOG = (
    "Exit status: 0 done; 1 something went wrong that is not the input's fault; 2 the input or "
    "the arguments are at fault. Nothing leaves this machine."
)

app = typer.Typer(
    name="corridor",
    help="Shared case records in, brokers and cross-border links out.",
    epilog=EPILOG,
    no_args_is_help=True,
    # Plain help: rich alone takes longer to import than all the rest of `--help`.
    rich_markup_mode=None,
    cls=GroupedByWork,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for group in (load, look, decide, share):
    for name, command in group.COMMANDS.items():
        app.command(name, rich_help_panel=group.PANEL)(command)


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status; errors are letters on stderr, no traceback."""
    try:
        status = app(args=arguments, standalone_mode=False, prog_name="corridor")
    except InputError as error:
        return _complain(str(error), 2)
    except TroubleError as error:
        return _complain(str(error), 1)
    except KeyboardInterrupt:
        return _complain("stopped; what was there before still stands", 1)
    except BrokenPipeError:
        return 0  # the reader, such as `head`, has seen enough
    except OSError as error:
        return _complain(f"{error.filename or 'the disk'}: {error.strerror or error}", 1)
    except Exception as error:
        # Typer raises the usage errors of the click it carries; they word and show themselves.
        show = getattr(error, "show", None)
        if show is None:
            raise
        show()
        return 2
    return status if isinstance(status, int) else 0


def _complain(letter: str, status: int) -> int:
    sys.stderr.write(letter.rstrip("\n") + "\n")
    return status
