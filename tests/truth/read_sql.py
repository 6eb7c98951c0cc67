"""Reads recorded SQL with sqlglot: operation, features, tables and Spider's counts of each statement.

    read_sql.py RECORD OUT

RECORD is what record.py wrote. OUT is one JSON object, SQL text → facts; the facts of text that sqlglot cannot read are
null. Counting follows taoyds/spider, evaluation.py (count_component1, count_component2, count_others, eval_hardness),
but for three things that its script does otherwise: aggregates in HAVING count, while NOT and the words between HAVING's
conditions, which it takes for aggregates, do not; and each operation of a chain of UNION, EXCEPT and INTERSECT counts,
of which it sees the first.
"""

import json
import logging
import re
import sys

import sqlglot
from sqlglot import exp

TRANSACTION = re.compile(
    r"\s*(/\* asked of the session|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|END|select sqlite_compileoption_used)\b", re.I
)
PLAIN = re.compile(r"\s*(PRAGMA|EXPLAIN|CREATE|ALTER|DROP|VACUUM|ANALYZE|REINDEX|ATTACH|DETACH)\b", re.I)
# What reads the catalogue is the dialect's own, as PRAGMA is: it is judged by the call alone.
CATALOGUE = {"sqlite_master", "sqlite_schema", "sqlite_temp_master"}
LIKES = (exp.Like, exp.ILike, exp.Glob)


def facts_of(sql):
    if TRANSACTION.match(sql):
        return {"operation": "transaction", "features": [], "tables": [], "hardness": None, "components": None}
    plain = PLAIN.match(sql)
    if plain:
        return {"operation": "ddl", "features": [], "tables": [], "hardness": None, "components": None}
    # Django's placeholders are the DB-API's "format" style, SQLAlchemy's for SQLite are question marks.
    text = re.sub(r"%\((\w+)\)s", r":\1", sql).replace("%s", "?").replace("%%", "%")
    try:
        tree = sqlglot.parse_one(text, read="sqlite")
    except (sqlglot.errors.SqlglotError, RecursionError):
        return None
    tables = sorted({table.name.lower() for table in tree.find_all(exp.Table) if table.name})
    if tables and CATALOGUE.issuperset(tables):
        return {"operation": "ddl", "features": [], "tables": tables, "hardness": None, "components": None}
    components = components_of(tree)
    return {
        "operation": operation_of(tree),
        "features": sorted(features_of(tree)),
        "tables": tables,
        "components": components,
        "hardness": hardness_of(**components),
    }


def operation_of(tree):
    if isinstance(tree, exp.Insert):
        return "upsert" if tree.args.get("conflict") else "insert"
    if isinstance(tree, exp.Update):
        return "update"
    if isinstance(tree, exp.Delete):
        return "delete"
    return "select" if isinstance(tree, exp.Query) else "unknown"


def features_of(tree):
    found = set()
    for node in tree.walk():
        if isinstance(node, exp.Join):
            found.add("join")
            if node.side in ("LEFT", "RIGHT", "FULL"):
                found.add("outer-join")
        elif isinstance(node, exp.Group) and node.expressions:
            found.add("group-by")
        elif isinstance(node, exp.Having):
            found.add("having")
        elif isinstance(node, exp.Window):
            found.add("window")
        elif isinstance(node, exp.SetOperation):
            found.add("set-operation")
        elif isinstance(node, exp.With):
            found.add("cte")
            if node.args.get("recursive"):
                found.add("recursive-cte")
        elif isinstance(node, exp.Case):
            found.add("conditional")
        elif isinstance(node, exp.Distinct) and isinstance(node.parent, exp.Select):
            found.add("distinct")
        elif isinstance(node, exp.AggFunc) and is_aggregate(node):
            found.add("aggregate")
        if isinstance(node, exp.Query) and is_nested(node, tree):
            found.add("subquery")
    if isinstance(tree, exp.Query):
        found.update(name for name, key in (("order-by", "order"), ("limit", "limit")) if tree.args.get(key))
    return found


def is_nested(node, tree):
    """Whether a SELECT stands inside another statement, other than as a branch of a set operation, a CTE, or INSERT's rows."""
    if node is tree or not isinstance(node, (exp.Select, exp.SetOperation)):
        return False
    parent = node.parent
    while isinstance(parent, exp.Subquery) and parent is not tree:
        parent = parent.parent
    return not isinstance(parent, (exp.SetOperation, exp.CTE, exp.Insert)) and parent is not None and (
        not isinstance(parent, exp.Subquery)
    )


def is_aggregate(node):
    if isinstance(node.parent, (exp.Window, exp.Filter)) and isinstance(
        node.parent if isinstance(node.parent, exp.Window) else node.parent.parent, exp.Window
    ):
        return False
    # sqlglot takes SQLite's scalar MAX(a, b) for the aggregate with further arguments.
    return not (isinstance(node, (exp.Max, exp.Min)) and node.expressions)


def shallow(node, prune=(exp.Query,)):
    """A node and what is under it, without going into subqueries."""
    if node is None:
        return
    stack = [node]
    while stack:
        one = stack.pop()
        yield one
        for child in one.iter_expressions():
            if not isinstance(child, prune):
                stack.append(child)


def nested_in(node):
    """Subqueries right below a node, not those inside them."""
    if node is None:
        return 0
    count = 0
    stack = [node]
    while stack:
        one = stack.pop()
        for child in one.iter_expressions():
            if isinstance(child, exp.Query):
                count += 1
            else:
                stack.append(child)
    return count


def conditions_in(node):
    """How many single conditions a WHERE, HAVING or ON joins with AND and OR."""
    if node is None:
        return 0
    if isinstance(node, (exp.Paren, exp.Not, exp.Where, exp.Having)):
        return conditions_in(node.this)
    if isinstance(node, exp.Connector):
        return conditions_in(node.left) + conditions_in(node.right)
    return 1


def left_most(tree):
    set_operations = 0
    while isinstance(tree, (exp.SetOperation, exp.Subquery)):
        set_operations += isinstance(tree, exp.SetOperation)
        tree = tree.this
    return tree, set_operations


def joins_in(node):
    """The joins of a FROM clause, also those that stand in parentheses: a LEFT JOIN (b JOIN c ON …) ON … joins two tables."""
    for join in node.args.get("joins") or []:
        yield join
        inner = join.this
        while isinstance(inner, exp.Subquery):
            yield from joins_in(inner)
            inner = inner.this
        if isinstance(join.this, exp.Subquery) and isinstance(inner, exp.Table):
            yield from joins_in(inner)


def components_of(tree):
    statement, set_operations = left_most(tree)
    if isinstance(statement, exp.Insert):
        source = statement.expression
        if isinstance(source, exp.Query):
            return components_of(source)
        return {"one": 0, "two": 0, "others": 0}
    args = statement.args
    where, having, group = args.get("where"), args.get("having"), args.get("group")
    order = args.get("order") or (tree.args.get("order") if tree is not statement else None)
    limit = args.get("limit") or (tree.args.get("limit") if tree is not statement else None)
    joins = list(joins_in(statement))
    # UPDATE … FROM, DELETE … USING: each source is one more table.
    further = [args.get("from_")] if isinstance(statement, exp.Update) and args.get("from_") else []
    further += args.get("using") or [] if isinstance(statement, exp.Delete) else []
    conditions = [join.args.get("on") for join in joins] + [where, having]
    keys = group.expressions if group else []
    columns = statement.expressions if isinstance(statement, exp.Select) else []
    one = (
        bool(where)
        + bool(keys)
        + bool(order)
        + bool(limit)
        + len(joins)
        + len(further)
        + sum(isinstance(node, exp.Or) for part in conditions for node in shallow(part))
        + sum(isinstance(node, LIKES) for part in conditions for node in shallow(part))
    )
    aggregates = sum(
        isinstance(node, exp.AggFunc) and is_aggregate(node)
        for part in [*columns, where, group, order, having]
        for node in shallow(part)
    )
    others = (
        (aggregates > 1)
        + (len(columns) > 1)
        + (conditions_in(where) > 1)
        + (len(keys) > 1)
    )
    nested = sum(nested_in(part) for part in conditions)
    return {"one": int(one), "two": set_operations + nested, "others": int(others)}


def hardness_of(one, two, others):
    if one <= 1 and others == 0 and two == 0:
        return "easy"
    if two == 0 and ((others <= 2 and one <= 1) or (one <= 2 and others < 2)):
        return "medium"
    if (
        (others > 2 and one <= 2 and two == 0)
        or (2 < one <= 3 and others <= 2 and two == 0)
        or (one <= 1 and others == 0 and two <= 1)
    ):
        return "hard"
    return "extra"


def main():
    record, out = sys.argv[1:]
    logging.disable(logging.WARNING)
    with open(record, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    texts = sorted({row["sql"] for row in rows if "sql" in row})
    with open(out, "w", encoding="utf-8") as file:
        json.dump({text: facts_of(text) for text in texts}, file, ensure_ascii=False)


if __name__ == "__main__":
    main()
