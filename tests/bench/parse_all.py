"""Parses every Python file below the current folder with CPython's own parser, and nothing more: the least an ast tool pays."""

import ast
import os
import sys
import warnings

warnings.simplefilter("ignore")
failed = 0
for folder, _, names in os.walk("."):
    for name in names:
        if not name.endswith(".py"):
            continue
        path = os.path.join(folder, name)
        with open(path, "rb") as source:
            content = source.read()
        try:
            ast.parse(content, path)
        except (SyntaxError, ValueError):
            failed += 1
print(f"{failed} files this Python cannot parse", file=sys.stderr)
