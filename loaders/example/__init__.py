"""An invented operation of any size, so that anybody can try every command and measure it."""

from loaders.example.writing import example_truth, write_example

__all__ = ["example_truth", "write_example"]
