#!/usr/bin/env python3
"""Writes the events of an example to standard output.

  generate.py EXAMPLE [--customers N] [--seed N]

EXAMPLE is the name of a folder beside this one.  Without options come the very bytes that are kept there;
more customers make a longer file of the same world.
"""
import argparse
import importlib
import os
import sys

sys.dont_write_bytecode = True


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    names = sorted(name[:-3].replace("_", "-") for name in os.listdir(here)
                   if name.endswith(".py") and name not in ("generate.py", "world.py"))
    parser = argparse.ArgumentParser(description="Writes the events of an example to standard output.")
    parser.add_argument("example", choices=names)
    parser.add_argument("--customers", type=int, metavar="N", help="how many customers there are")
    parser.add_argument("--seed", type=int, metavar="N", help="another world of the same kind")
    options = parser.parse_args()
    maker = importlib.import_module(options.example.replace("-", "_"))
    wanted = {name: value for name, value in (("customers", options.customers), ("seed", options.seed))
              if value is not None}
    sys.stdout.write("\n".join(maker.make(**wanted)) + "\n")


if __name__ == "__main__":
    main()
