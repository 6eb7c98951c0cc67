// A skimmed file has to tell what a parsed one tells: where the outline is not null, it is what the tree would have given.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { skimFile } from "../../../src/facts/skim/skim-file.ts";
import { lexPython } from "../../../src/syntax/lex-python.ts";
import { bothReadings } from "./skim-and-parse.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const files = ["fixtures", "tests"]
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
  )
  .filter((path) => path.endsWith(".py"))
  .sort();
const textOf = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** Code that Python 3 and the grammar accept, and that files are full of. */
const SKIMMED = `
@decorated
---
@a.b(c, d=1)[0]
@(yes := e)
async def f(): pass
---
x = lambda: 0
y = lambda a, *b, c=1, d=lambda e: (e, 1), **f: a if b else c
z = [lambda *, g: g, lambda h, /, i=2: h]
---
x[1:2], x[:], x[::2], x[1:2, ::3, ...], x[a:b:c,], x[y := 1], x[-1], x[not a]
---
a, *b = c
*a, b = c, *d
[a, *b], (c, d[0], e.f) = g
print(*a, **b)
[*a, *f(b)], {*c, 1}, {**d, "e": 1, **f()}, (*g,), (*f(x), 1)
for a, (*b, c) in *d, e: pass
---
if (n := len(a)) > 1: pass
while chunk := read(): pass
x = [y := 1, y ** 2, (z := 3)]
f(a := 1)
---
async def f():
    a = [b async for b, c in d if e if not f for g in h]
    c = {k: v async for k, v in x}
    return {await z async for z in y}, (i for i in j), sum(k for k in l)
    async with m as n, o() as (p, q): pass
    async for r in s: yield r
    else: t = await u.v(w)
---
try:
    import a
except ImportError:
    a = None
except (B, c.D) as e:
    raise F("g") from e
else:
    pass
finally:
    raise
---
try: import a
except* G: pass
---
if TYPE_CHECKING:
    from a import b
elif x: import c
else: from . import d
---
a: int
b: "List[int]" = []
c.d: Dict[str, Callable[[int], Optional[e.F]]] = {}
g[0]: h | None = yield_
---
with (open(a) as b, c):
    pass
with (
    d as e,
    f(g, h=1) as i.j,
): pass
with (k): pass
with (l, m) as n: pass
with (o or p).q() as r[0], s: pass
---
x = {"a": 1, b: [2, {3, 4}], **c}
y = {}, {1}, {1, 2,}, [], (), (3,), ((4)), [5,]
---
a < b <= c != d is not e not in f in g is h
---
assert a, "b"
assert (c, d)
del e, f[0], (g, h.i)
global j, k
---
a = 1; b = 2;
c; d.e()
if f: g = h; i()
class J: k = 1; l: int = 2
---
def f(a, /, b: int = 1, *c: str, d=2, **e: "x") -> Dict[str, int]: return a
def g(*, h, i: j = lambda k: k): return
def l(
    self,  # m
    n=(1, 2),
): return *o, p
---
class A(B, metaclass=C, *d, **e):
    """Docs."""

    x = 1

    def f(self): return super().f()
class G(): pass
class H: pass
---
a += b, c
d **= yield_
e = f = g, h = i
j @= k
---
def f():
    x = yield
    y = yield a, b
    yield
    yield from c
    z = (yield), (yield d)
    await_ = lambda: (yield)
---
"a" "b" f"c{d}" rb'e'
x = f"{a!r:>{b}} {c.d['e']} {f(g)} {h, i} {j = } {k if l else m}"
y = f"""{
    n
}"""
---
-a ** -b + ~c @ d // e % f << g >> h & i | j ^ k
not a and not b or not not c
a if b else c if d else e
not a == b
---
print(a)
print("b", file=c)
exec("d")
e = print, match, type, case
match.f(g)
match = h(i)
type(j).k = 1
case = 2
print = l
---
x = ...
def f(): ...
y[...] = 1.5j, 0xFF, 1_000
z = a.b.c(d)(e)[f].g
---
while a:
    if b: break
    elif c: continue
    else: pass
else:
    d()
for e in f: pass
else: g
---
if a:
	b()
	if c:
		d()
---
x = (
    1 +

    # a
    2
)
if a and \\
   b: pass
---
if a:
    b = {
        "c": d(
            e
        ),
    }
    f = [
]
`;

/** Code that Python 3 does not accept, or the grammar takes for something else. Each is a file of its own. */
const REFUSED = `
print "a"
---
print
---
print a, b
---
print >>a, "b"
---
print (a), b
---
exec "a" in b
---
try:
    pass
except A, e:
    pass
---
raise A, "b"
---
a <> b
---
x = 10L
---
x = 0777
---
x = \`a\`
---
x = ur"a"
---
def f(a, (b, c)): pass
---
{% if a %}
x = 1
{% endif %}
---
from {{ a }} import b
---
class {{ name }}(A): pass
---
def {{name}}(a): pass
---
import {{cookiecutter.name}}
---
if a:
b()
---
if a:
---
def f():

x = 1
---
x = 1
    y = 2
---
    x = 1
y = 2
---
if a:
    b
  c
---
x = = 3
---
a b
---
x = 1 2
---
x =
---
= x
---
if a
    b
---
class A
    pass
---
def f()
    pass
---
def f:
    pass
---
def f(a b): pass
---
def f(a,, b): pass
---
def f(*): pass
---
def f(**, a): pass
---
def (a): pass
---
class (A): pass
---
class A(x for x in y): pass
---
else:
    a
---
if a: b
x
else: c
---
try: a
---
try: a
b
---
try: a
else: b
---
if a:
    try: b
c
---
finally: a
---
for a in b: c
elif d: e
---
try: a
finally: b
except c: d
---
x = a if b
---
x = a else b
---
x = [a for b]
---
x = [for a in b]
---
x = [a for f() in b]
---
x = [*a for a in b]
---
x = {**a for a in b}
---
x = {a: b, c}
---
x = {a, b: c}
---
x = {a: b, *c}
---
x = {a:}
---
x = {:a}
---
x = (**a)
---
x = (*a)
---
x = [**a]
---
x = * f()
---
x = * None
---
x = (,)
---
x = [,]
---
x = [a,, b]
---
x = a[]
---
x = a[b c]
---
x = a[b:c:d:e]
---
f(a for a in b, c)
---
f(c, a for a in b)
---
f(a=)
---
f(a.b=1)
---
f(1=2)
---
f(,)
---
f(a b)
---
f() = 1
---
a + b = 1
---
(a, b()) = 1
---
[a, 1] = b
---
None = 1
---
f() += 1
---
f(): int = 1
---
a, b += 1
---
(a.b := 1)
---
x = lambda a b: c
---
x = lambda a
---
x = lambda (a, b): c
---
for f() in a: b
---
for a b in c: d
---
for a: b
---
for in a: b
---
with a as f(): b
---
with a as: b
---
with: a
---
while: a
---
if a, b: c
---
if a = b: c
---
import
---
import a as
---
import a.
---
import a.b as c.d
---
import a as if
---
from a import
---
from import a
---
from a import (b
---
from a import ()
---
from a import b,
---
from a import (b, *)
---
from a import [b]
---
from .. a.b import c d
---
import a; import
---
raise a from
---
global a.b
---
global
---
del
---
del f()
---
assert
---
@a
x = 1
---
@
def f(): pass
---
@a
---
@a def f(): pass
---
async x = 1
---
async if a: b
---
async
---
await
---
x = await
---
x = not
---
x = a not b
---
x = a and
---
x = a and or b
---
x = a is in b
---
a.
---
.a
---
a.1
---
a.if
---
if = 1
---
a.b c
---
x = "a" b
---
x = a "b"
---
x = f"{}"
---
x = f"{a b}"
---
x = f"{a + }"
---
x = f"{f'{b c}'}"
---
x = f"{a:{b c}}"
---
x = f"{if}"
---
x = f"{a!}"
---
x = f"{lambda a: b}"
---
a;;b
---
;
---
if a:; b
---
x: int: str
---
x: A[B[C], :D]
---
return return
---
pass 1
---
break a
---
class A: class B: pass
---
if a: if b: c
---
(a
---
a)
---
"a
---
a?
---
match a:
    case 1: pass
---
type A = int
---
def f[T](a: T): pass
---
class A[T]: pass
---
<<<<<<< HEAD
x = 1
=======
x = 2
>>>>>>> other
`;

const cases = (table: string): string[] => table.slice(1, -1).split("\n---\n");

describe("the outline of a file", async () => {
  const read = await bothReadings();

  it("is what the parser finds in every Python file here, and is had of nearly all", () => {
    const wrong: string[] = [];
    let clean = 0;
    let refused = 0;
    for (const path of files) {
      const text = textOf(path);
      for (const one of [text, text.replaceAll(/\r?\n/g, "\r\n")]) {
        const { parsed, skimmed } = read(one);
        if (skimmed === null) refused += parsed.problems.length === 0 ? 1 : 0;
        else if (!isDeepStrictEqual(skimmed, parsed)) wrong.push(path);
        if (parsed.problems.length === 0) clean += 1;
      }
    }
    expect(wrong).toEqual([]);
    expect(clean).toBeGreaterThan(200);
    expect(refused / clean).toBeLessThan(0.03);
  });

  it.each(cases(SKIMMED).slice(1))("is had of\n%s", (text) => {
    const { parsed, skimmed } = read(`${text}\n`);
    expect(parsed.problems).toEqual([]);
    expect(skimmed).toEqual(parsed);
  });

  it.each(cases(REFUSED))("is not had of\n%s", (text) => {
    expect(read(`${text}\n`).skimmed).toBeNull();
    // Nor where it is a part of something.
    const block = text.replaceAll(/^(?=.)/gm, "    ");
    expect(read(`import a\nif b:\n${block}\nc = 1\n`).skimmed).toBeNull();
  });

  it("has every import with its place", () => {
    const text = `
import a, b.c as d
from . import e
from .. import f as g
from ....h.i import j
from ...k import *
from l import (  # m
    n as o,  # p
    q,
)
if r: import s
try:
    import t
except ImportError: pass
def u():
    from v import w; import x
class Y:
    import z
x = 1; import aa
`;
    const imports = read(text).skimmed?.imports ?? [];
    const written = imports.map(({ isTopLevel, statement: { alias, level, module, name } }) =>
      [isTopLevel ? "top" : "inner", ".".repeat(level) + module, name, alias].join(" "),
    );
    expect(written).toEqual([
      "top a  ",
      "top b.c  d",
      "top . e ",
      "top .. f g",
      "top ....h.i j ",
      "top ...k * ",
      "top l n o",
      "top l q ",
      "inner s  ",
      "inner t  ",
      "inner v w ",
      "inner x  ",
      "inner z  ",
      "top aa  ",
    ]);
    expect(imports.map(({ statement }) => text.slice(statement.start).split(/\s/)[0])).toEqual(
      imports.map(({ statement }) => (statement.name === null ? "import" : "from")),
    );
  });

  it("counts functions, coroutines and what is annotated", () => {
    const text = `
def plain(a, b): pass
def whole(a: int, *b: str, **c: float) -> None: pass
def unsaid(a: int): pass
def nothing() -> int: pass
async def half(a: int, b) -> int: pass
class A:
    def __init__(self, a: int): pass
    def receiver(self, *, a: int = 1) -> "A":
        async def inner(cls, self: int) -> None: pass
    @classmethod
    async def made(cls, /) -> None: pass
`;
    expect(read(text).skimmed?.counts).toEqual({ functions: 9, asyncFunctions: 3, annotatedFunctions: 6 });
  });

  it("knows a script", () => {
    const isScript = (text: string): boolean | undefined => read(text).skimmed?.isScript;
    expect(isScript("if __name__ == '__main__':\n    main()\n")).toBe(true);
    expect(isScript('if "__main__" == __name__: main()\n')).toBe(true);
    expect(isScript("if a == '__main__':\n    main()\n")).toBe(false);
    expect(isScript("def f():\n    if __name__ == '__main__':\n        main()\n")).toBe(false);
    // Said in any other way, it is for the parser to say.
    for (const test of [
      "__name__",
      "__name__ % 'a'",
      "not __name__ == 'a'",
      "__name__ in ('a', 'b')",
      "a.__name__ == 'b'",
    ])
      expect(read(`if ${test}:\n    main()\n`).skimmed).toBeNull();
  });

  it("has the comments that suppress", () => {
    const text =
      "x = '# ormverdict: ignore[a]'  # noqa # ormverdict: ignore[b, c] 🎈 why\n(  # ormverdict: ignore-file[d]\n)\n";
    const { parsed, skimmed } = read(text);
    expect(skimmed?.suppressions.map(({ line, rules }) => [line, rules])).toEqual([
      [1, ["b", "c"]],
      [2, ["d"]],
    ]);
    expect(skimmed).toEqual(parsed);
  });

  const filled = (part: string): string => part.repeat(Math.ceil((1 << 20) / part.length));
  it.each([
    ["decorators", filled("@a\n")],
    ["attributes", `x${filled(".a")}\n`],
    ["calls", `x${filled("()")}\n`],
    ["negations", `x = ${filled("not ")}a\n`],
    ["signs", `x = ${filled("-")}a\n`],
    ["sums", `x = ${filled("a + ")}a\n`],
    ["lambdas", `x = ${filled("lambda: ")}a\n`],
    ["choices", `x = ${filled("a if b else ")}c\n`],
    ["assignments", `${filled("a = ")}b\n`],
    ["items", `x = [${filled("a, ")}]\n`],
    ["loops", `x = [a ${filled("for b in c ")}]\n`],
    ["clauses", `if a: b\n${filled("elif a: b\n")}`],
    ["statements", `${filled("a;")}\n`],
    ["fields", `f'${filled("{a.b}")}'\n`],
    ["items of with", `with (${filled("a, ")}): b\n`],
  ])("takes time that grows with the number of %s, and no stack", (_, text) => {
    const started = performance.now();
    skimFile({ path: "a.py", role: "test", bytes: 0 }, text);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it("is never had of code that lost, gained or changed a token and that the parser finds fault with", () => {
    const lines = files.map(textOf).flatMap((text) => text.split(/\n(?=[^\s#)\]}'"])/));
    const samples = [...cases(SKIMMED), ...lines.filter((part) => part.length > 5 && part.length < 600)];
    const words =
      "x = ( ) [ ] { } , : . * ** if else for in lambda not and is await async yield from import as def class return del with try except 1 's' f'{a}' f'{' := -> @ - ~ ... ; == += print exec match type None global raise / < \n \t".split(
        " ",
      );
    const change = fc.record({
      text: fc.constantFrom(...samples),
      place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      word: fc.option(fc.constantFrom(...words), { freq: 4 }),
      removes: fc.boolean(),
    });
    fc.assert(
      fc.property(change, ({ text, place, removes, word }) => {
        const tokens = lexPython(`${text}\n`);
        fc.pre(tokens !== null && tokens.count > 1);
        const index = Math.floor(place * (tokens?.count ?? 0));
        const start = tokens?.starts[index] ?? 0;
        const end = removes || word === null ? (tokens?.ends[index] ?? 0) : start;
        const { parsed, skimmed } = read(`${text.slice(0, start)} ${word ?? ""} ${text.slice(end)}\n`);
        if (skimmed !== null) expect(skimmed).toEqual(parsed);
      }),
      { numRuns: 1500 },
    );
  });
});
