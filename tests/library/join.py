#!/usr/bin/env python3
"""A module of the library and its tests as one file of rules, so that changes can be made in the library's text.

  join.py MODULE.mot TESTS.mot >JOINED.mot

The tests come first; the line from which on the library stands is printed on standard error. What the library declares
begins with Lib there, since the tests have names of their own.
"""
import re
import sys


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        library = file.read()
    with open(sys.argv[2], encoding="utf-8") as file:
        tests = file.read()
    module = re.search(r"(?m)^module (\S+)\n", library).group(1)
    library = re.sub(r"(?m)^( *##.*|module .*)\n", "", library)
    tests = re.sub(rf"(?m)^use {re.escape(module)}\n", "", tests)
    for kind, name in re.findall(r"(?m)^(event|pattern|def|calendar) (\w+)", library):
        joined = "Lib" + name if name[0].isupper() else name
        library = re.sub(rf"(?m)^{kind} {name}\b", f"{kind} {joined}", library)
        full = re.escape(f"{module}.{name}") + r"\b"
        library = re.sub(full, joined, library)
        tests = re.sub(full, joined, tests)
    print(tests.count("\n") + 1, file=sys.stderr)
    print(tests + library, end="")


main()
