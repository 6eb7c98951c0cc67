"""Prints what Python's own tokenizer makes of files, for `npm run truth:lexer`.

Reads paths from standard input, one a line, and prints one line of JSON each: a digest of the tokens, a digest of the comments, or why there
are none. `--tokens PATH` prints one file's tokens instead. The files are read, never run.
"""

import hashlib
import io
import json
import sys
import token
import tokenize

KINDS = {token.NAME: "NAME", token.NUMBER: "NUMBER", token.STRING: "STRING", token.OP: "OP"}
LAYOUT = {token.NEWLINE: "NEWLINE", token.INDENT: "INDENT", token.DEDENT: "DEDENT"}
# Since Python 3.12 an f-string is many tokens; here it is one, from its first quote to its last.
FSTRING_START = getattr(token, "FSTRING_START", -1)
FSTRING_END = getattr(token, "FSTRING_END", -1)


def between(lines, start, end):
    (row, column), (last, stop) = start, end
    if row == last:
        return lines[row - 1][column:stop]
    return "".join([lines[row - 1][column:], *lines[row : last - 1], lines[last - 1][:stop]])


def tokens_of(text):
    lines = io.StringIO(text).readlines()
    found, comments, depth, begun = [], [], 0, None
    for one in tokenize.generate_tokens(io.StringIO(text).readline):
        if one.type == FSTRING_START:
            begun = one.start if depth == 0 else begun
            depth += 1
        elif one.type == FSTRING_END:
            depth -= 1
            if depth == 0:
                found.append(f"STRING {between(lines, begun, one.end)}")
        elif depth > 0:
            continue
        elif one.type in KINDS:
            found.append(f"{KINDS[one.type]} {one.string}")
        elif one.type in LAYOUT:
            found.append(LAYOUT[one.type])
        elif one.type == token.ERRORTOKEN:
            raise SyntaxError(f"error token {one.string!r}")
        elif one.type == tokenize.COMMENT:
            comments.append(one.string)
    return found, comments


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def digest(parts):
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def main():
    if sys.argv[1:2] == ["--tokens"]:
        print(json.dumps(tokens_of(read(sys.argv[2]))[0]))
        return
    for path in sys.stdin.read().splitlines():
        try:
            found, comments = tokens_of(read(path))
            print(json.dumps({"tokens": digest(found), "comments": digest(comments)}))
        except (SyntaxError, tokenize.TokenError, UnicodeDecodeError, RecursionError) as error:
            print(json.dumps({"refusal": f"{type(error).__name__}: {error}"}))


main()
