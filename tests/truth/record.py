"""Runs a test suite and notes every SQL statement with the place in the code under study that caused it.

Started by record-suite.ts with the Python of the suite's own virtual environment:

    record.py --out FILE --root DIR [--study GLOB ...] [--leave-out GLOB ...] (--module NAME | --script FILE) -- ARGS

The place is the innermost stack frame of a file below --root that --study names and --leave-out does not (paths relative
to the root, POSIX). Statements that come straight from a file left out, a test say, are the test's own and are dropped.
The stack is followed through the threads that asgiref starts and the greenlets that SQLAlchemy's asyncio extension starts.
A statement that an application of Django's own writes for itself (a session read, the user of a request, a site, a
content type, a permission check) is noted with that application as its author: code under study causes it, but builds no
query. Its author is the innermost frame that is neither the ORM's nor plumbing.
Where the library called the code under study back (a save() of its own, say, inside objects.create()), the lines that called
the library are noted beside the place: they sent the statement too.
Lines run in part: an arm of a conditional expression, an operand that a first one decides, the rows of a comprehension. Those
that never ran although their line may have are noted as idle.
Written as JSON lines: versions, then statements sorted by place, then the lines that ran and the idle parts of each file.
"""

import argparse
import ast
import builtins
import contextvars
import fnmatch
import functools
import importlib.machinery
import importlib.metadata
import inspect
import json
import os
import platform
import re
import runpy
import sqlite3
import sys
import threading
import traceback

# Noted for a get() that the session may answer from what it holds; read_sql.py takes it for no statement of its own.
SESSION_GET = "/* asked of the session */"
MAX_SQL = 20_000
MAX_STATEMENTS_OF_PLACE = 24
MAX_FRAMES = 2_000
MAX_OUTER = 8
NOTED_PACKAGES = ["Django", "SQLAlchemy", "sqlmodel", "Flask-SQLAlchemy", "coverage", "sqlglot"]

# Functions of the ORMs that load by themselves what an attribute asks for, write what is pending before a read, or fetch
# relations with statements that follow the first.
IMPLICIT = {
    "ForwardManyToOneDescriptor.__get__": "lazy-load",
    "ForwardOneToOneDescriptor.__get__": "lazy-load",
    "ReverseOneToOneDescriptor.__get__": "lazy-load",
    "GenericForeignKey.__get__": "lazy-load",
    "DeferredAttribute.__get__": "deferred-load",
    "LazyLoader._load_for_state": "lazy-load",
    "load_scalar_attributes": "refresh",
    "DefaultDialect.initialize": "connect",
    "Session._autoflush": "autoflush",
    "SelectInLoader._load_for_path": "eager-load",
    "SubqueryLoader._load_for_path": "eager-load",
    "QuerySet._prefetch_related_objects": "eager-load",
}


# Files that stand between a statement and who wrote it.
PLUMBING = re.compile(r"/(?:django/(?:db|utils|test)|asgiref|sqlalchemy|coverage)/|/record\.py$|/lib/python3\.\d+/(?!site-packages/)")
# What queries for itself. Managers and models of django.contrib.auth do what the code under study asks of them.
AUTHORS = re.compile(
    r"/django/contrib/(sessions|sites|messages|contenttypes(?=/models\.py)|admin(?=/models\.py)"
    r"|auth(?=/(?!models\.py|base_user\.py)))/"
)


def author_of(frames, is_studied):
    """The application of Django's own that wrote a statement; None where the code under study or generic code did."""
    for code, _instruction, _line, _identity in frames:
        if is_studied(code.co_filename):
            return None
        author = application_of(code.co_filename)
        if author is not PLUMBING:
            return author
    return None


@functools.lru_cache(maxsize=None)
def application_of(filename):
    file = filename.replace(os.sep, "/")
    if PLUMBING.search(file):
        return PLUMBING
    found = AUTHORS.search(file)
    return f"django.contrib.{found[1]}" if found else None


class Recorder:
    """Statements by place, bounded, with the order in which one evaluation made them."""

    def __init__(self, root, study, leave_out):
        self.root = os.path.realpath(root)
        self.study = study
        self.leave_out = leave_out
        self.paths = {}
        self.positions = {}
        self.statements = {}
        self.arms = {}
        self.arms_run = set()
        self.dropped = 0
        self.last = None
        self.lock = threading.Lock()

    def path_of(self, filename):
        """Path below the root; None outside it, "" for a file that is left out."""
        known = self.paths.get(filename)
        if known is None and filename not in self.paths:
            known = self.paths[filename] = self._path_of(filename)
        return known

    def _path_of(self, filename):
        if filename.startswith("<"):
            return None
        full = os.path.realpath(filename)
        if not full.startswith(self.root + os.sep):
            return None
        path = os.path.relpath(full, self.root).replace(os.sep, "/")
        if "/site-packages/" in full[len(self.root):]:
            return None
        if not any(fnmatch.fnmatch(path, one) for one in self.study):
            return ""
        return "" if any(fnmatch.fnmatch(path, one) for one in self.leave_out) else path

    def span_of(self, code, instruction):
        key = (code, instruction)
        if key not in self.positions:
            self.positions[key] = next(
                (span for at, span in enumerate(code.co_positions()) if at == instruction // 2), None
            )
        return self.positions[key]

    def note(self, sql, source, frame):
        if not isinstance(sql, str):
            sql = str(sql)
        frames = frames_from(frame)
        with self.lock:
            self._note(sql[:MAX_SQL], source, frames)

    def _note(self, sql, source, frames):
        via = None
        implicit = None
        author = author_of(frames, self.path_of)
        for index, frame in enumerate(frames):
            code, instruction, line, identity = frame
            name = code.co_qualname
            path = self.path_of(code.co_filename)
            if path == "":
                return
            if path is None:
                via = name
                implicit = implicit or IMPLICIT.get(name)
                continue
            span = self.span_of(code, instruction)
            start, end, column, end_column = span if span and None not in span else (line, line, 0, 0)
            place = (path, start, end, column, end_column)
            here = (identity, instruction)
            position = self.last[1] + 1 if self.last and self.last[0] == here else 0
            self.last = (here, position)
            outer = self._outer(frames[index + 1 :])
            self._keep(place, code, line, sql, source, (via, implicit, author, outer), position)
            return

    def _outer(self, frames):
        """The line under study that called the library, where it was the library that called the place."""
        for index, (code, instruction, line, _identity) in enumerate(frames):
            path = self.path_of(code.co_filename)
            if path is None:
                continue
            if path == "" or index == 0:
                return None
            span = self.span_of(code, instruction)
            start, end = span[:2] if span and None not in span else (line, line)
            return {"path": path, "line": start, "at": line, "endLine": max(end, line)}
        return None

    def _keep(self, place, code, line, sql, source, causes, position):
        via, implicit, author, outer = causes
        of_place = self.statements.setdefault(place, {})
        known = of_place.get((sql, via))
        if known is not None:
            known["position"] = min(known["position"], position)
            if outer and outer not in known["outer"] and len(known["outer"]) < MAX_OUTER:
                known["outer"].append(outer)
            return
        if len(of_place) >= MAX_STATEMENTS_OF_PLACE:
            self.dropped += 1
            return
        path, start, end, column, end_column = place
        of_place[(sql, via)] = {
            "path": path,
            "line": start,
            "at": line,
            "endLine": max(end, line),
            "column": column + 1,
            "endColumn": end_column + 1,
            "function": code.co_qualname,
            "isAsync": bool(code.co_flags & (inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR)),
            "source": source,
            "via": via,
            "implicit": implicit,
            "author": author,
            "position": position,
            "outer": [outer] if outer else [],
            "sql": sql,
        }

    def idle_in(self, path):
        """Parts of expressions that never ran: first line and column, last line and column, 1-based."""
        return [arm for number, arm in enumerate(self.arms.get(path, [])) if (path, number) not in self.arms_run]


def frames_from(frame):
    """Frames from the innermost outwards, across greenlets and the threads of asgiref, as (code, instruction, line, id)."""
    found = []
    try:
        import greenlet

        current = greenlet.getcurrent()
    except ImportError:
        current = None
    while len(found) < MAX_FRAMES:
        if frame is None:
            current = current.parent if current is not None else None
            if current is None:
                break
            frame = current.gr_frame
            continue
        found.append((frame.f_code, frame.f_lasti, frame.f_lineno, id(frame)))
        frame = frame.f_back
    return found + CALLER.get()


CALLER = contextvars.ContextVar("frames of the coroutine that handed work to a thread", default=[])
INSIDE = threading.local()


def noting(recorder, source, function, sql_at):
    """A method that executes SQL, noting it first. What it calls on a lower level is not noted again."""

    @functools.wraps(function)
    def noted(*args, **kwargs):
        if getattr(INSIDE, "depth", 0) == 0:
            sql = args[sql_at] if len(args) > sql_at else kwargs.get("sql", kwargs.get("query"))
            recorder.note(sql, source, sys._getframe(1))
        INSIDE.depth = getattr(INSIDE, "depth", 0) + 1
        try:
            return function(*args, **kwargs)
        finally:
            INSIDE.depth -= 1

    return noted


def watch_django(recorder):
    try:
        from django.db.backends import utils
    except ImportError:
        return
    for name in ("execute", "executemany"):
        setattr(utils.CursorWrapper, name, noting(recorder, "django", getattr(utils.CursorWrapper, name), 1))
    from asgiref.sync import SyncToAsync

    hand_over = SyncToAsync.__call__

    async def remembering(self, *args, **kwargs):
        token = CALLER.set(frames_from(sys._getframe(1)))
        try:
            return await hand_over(self, *args, **kwargs)
        finally:
            CALLER.reset(token)

    SyncToAsync.__call__ = remembering


def watch_sqlalchemy(recorder):
    try:
        from sqlalchemy.engine.default import DefaultDialect
    except ImportError:
        return
    for name in ("do_execute", "do_executemany", "do_execute_no_params"):
        setattr(DefaultDialect, name, noting(recorder, "sqlalchemy", getattr(DefaultDialect, name), 2))
    watch_session(recorder)


def watch_session(recorder):
    """
    Calls of a session that are statements even where the driver is told of none, since that hangs on the rows of the test:
    a commit with nothing pending, a get() of what the session holds already.
    """
    try:
        from sqlalchemy.orm import Session
    except ImportError:
        return

    def asked(function, text):
        @functools.wraps(function)
        def asking(*args, **kwargs):
            recorder.note(text, "sqlalchemy", sys._getframe(0).f_back)
            return function(*args, **kwargs)

        return asking

    Session.commit = asked(Session.commit, "COMMIT")
    Session._get_impl = asked(Session._get_impl, SESSION_GET)


def watch_sqlite(recorder):
    """Statements that reach SQLite through neither ORM."""
    connect = sqlite3.connect

    def trace(sql):
        if getattr(INSIDE, "depth", 0) == 0:
            recorder.note(sql, "dbapi", sys._getframe(1))

    @functools.wraps(connect)
    def connecting(*args, **kwargs):
        connection = connect(*args, **kwargs)
        connection.set_trace_callback(trace)
        return connection

    sqlite3.connect = sqlite3.dbapi2.connect = connecting


class ArmMarker(ast.NodeTransformer):
    """Makes each part of an expression that may be left out say that it ran: `part if mark(path, number) else None`."""

    def __init__(self, path, arms):
        self.path = path
        self.arms = arms

    def mark(self, node):
        self.arms.append([node.lineno, node.col_offset + 1, node.end_lineno, node.end_col_offset + 1])
        number = ast.Constant(len(self.arms) - 1)
        call = ast.Call(ast.Name(MARK, ast.Load()), [ast.Constant(self.path), number], [])
        return ast.fix_missing_locations(ast.copy_location(ast.IfExp(call, node, ast.Constant(None)), node))

    def visit_IfExp(self, node):
        self.generic_visit(node)
        node.body, node.orelse = self.mark(node.body), self.mark(node.orelse)
        return node

    def visit_BoolOp(self, node):
        self.generic_visit(node)
        node.values[1:] = [self.mark(value) for value in node.values[1:]]
        return node

    def visit_comprehension_of(self, node):
        self.generic_visit(node)
        node.elt = self.mark(node.elt)
        return node

    visit_ListComp = visit_SetComp = visit_GeneratorExp = visit_comprehension_of

    def visit_DictComp(self, node):
        self.generic_visit(node)
        node.key, node.value = self.mark(node.key), self.mark(node.value)
        return node


MARK = "__truth_arm_ran__"


def watch_arms(recorder):
    """Python of before 3.12 tells lines only: parts of expressions are followed by compiling the code under study anew."""
    loader = importlib.machinery.SourceFileLoader
    compile_source = loader.source_to_code

    def mark(path, number):
        recorder.arms_run.add((path, number))
        return True

    def source_to_code(self, data, path, **options):
        name = recorder.path_of(os.fspath(path))
        if not name or not isinstance(data, (bytes, str)):
            return compile_source(self, data, path, **options)
        marker = ArmMarker(name, recorder.arms.setdefault(name, []))
        return compile_source(self, marker.visit(ast.parse(data)), path, **options)

    setattr(builtins, MARK, mark)
    loader.source_to_code = source_to_code


def run(options):
    sys.path.insert(0, os.getcwd())
    if options.module:
        sys.argv = [options.module, *options.arguments]
        runpy.run_module(options.module, run_name="__main__", alter_sys=True)
    else:
        sys.argv = [options.script, *options.arguments]
        sys.path.insert(0, os.path.dirname(os.path.abspath(options.script)))
        runpy.run_path(options.script, run_name="__main__")


def versions():
    found = {"Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}
    for name in NOTED_PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            pass
    return found


def start_coverage(root):
    import coverage

    concurrency = ["thread"]
    try:
        import greenlet  # noqa: F401

        concurrency.append("greenlet")
    except ImportError:
        pass
    watcher = coverage.Coverage(
        data_file=None,
        config_file=False,
        include=[os.path.join(os.path.realpath(root), "*")],
        concurrency=concurrency,
    )
    watcher.start()
    return watcher


def write(recorder, watcher, status, out):
    data = watcher.get_data()
    rows = [{"versions": versions(), "exitStatus": status, "dropped": recorder.dropped}]
    statements = [one for of_place in recorder.statements.values() for one in of_place.values()]
    keys = ("path", "line", "column", "endLine", "endColumn", "function", "position", "sql")
    rows += sorted(statements, key=lambda one: [*(one[key] for key in keys), one["via"] or ""])
    ran = {recorder.path_of(file): sorted(data.lines(file) or []) for file in data.measured_files()}
    rows += [
        {"path": path, "ran": ran[path], "idle": recorder.idle_in(path)} for path in sorted(path for path in ran if path)
    ]
    with open(out, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", required=True)
    parser.add_argument("--root", required=True)
    parser.add_argument("--study", action="append")
    parser.add_argument("--leave-out", action="append", default=[])
    parser.add_argument("--module")
    parser.add_argument("--script")
    parser.add_argument("arguments", nargs="*")
    options = parser.parse_args()
    out = os.path.abspath(options.out)
    recorder = Recorder(options.root, options.study or ["*"], options.leave_out)
    watch_sqlite(recorder)
    watch_django(recorder)
    watch_sqlalchemy(recorder)
    watch_arms(recorder)
    watcher = start_coverage(options.root)
    status = 0
    try:
        run(options)
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:
        traceback.print_exc()
        status = 70
    watcher.stop()
    write(recorder, watcher, status, out)


main()
