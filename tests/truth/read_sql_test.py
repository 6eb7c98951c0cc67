"""What read_sql.py reads in SQL, statement by statement. `npm run truth:rules` runs it in an environment of its own; any
Python that has sqlglot does:

    python tests/truth/read_sql_test.py

The counts were worked out by hand from taoyds/spider, evaluation.py, and the levels are its whole table of them. Lines
marked "ours" are the three places where read_sql.py says why it counts otherwise.
"""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import read_sql  # noqa: E402

# SQL, components one/two/others, features besides order-by and limit.
STATEMENTS = [
    ("SELECT a FROM t", "0/0/0", ""),
    ("SELECT a, b FROM t", "0/0/1", ""),
    ("SELECT a FROM t WHERE x = 1", "1/0/0", ""),
    ("SELECT a FROM t WHERE x = 1 AND y = 2", "1/0/1", ""),
    ("SELECT a FROM t WHERE x = 1 OR y = 2", "2/0/1", ""),
    ("SELECT a FROM t WHERE a LIKE 'x'", "2/0/0", ""),
    ("SELECT a FROM t WHERE NOT (x = 1)", "1/0/0", ""),
    ("SELECT a FROM t WHERE x BETWEEN 1 AND 2", "1/0/0", ""),
    ("SELECT a FROM t WHERE x IN (1, 2)", "1/0/0", ""),
    ("SELECT a FROM t ORDER BY a LIMIT 3", "2/0/0", ""),
    ("SELECT DISTINCT a FROM t", "0/0/0", "distinct"),
    ("SELECT a FROM t JOIN u ON t.id = u.id", "1/0/0", "join"),
    ("SELECT a FROM t LEFT JOIN u ON t.id = u.id JOIN v ON v.id = u.id", "2/0/0", "join outer-join"),
    ("SELECT a FROM t LEFT JOIN (m JOIN u ON m.u = u.id) ON t.id = m.t", "2/0/0", "join outer-join"),
    ("SELECT a FROM t JOIN (SELECT m.a FROM m JOIN u ON m.u = u.id) AS s ON t.id = s.a", "1/0/0", "join subquery"),
    ("SELECT a FROM t, u WHERE t.id = u.id", "2/0/0", "join"),
    ("SELECT a FROM t JOIN u ON t.id = u.id OR t.x = u.x", "2/0/0", "join"),
    ("SELECT count(*) FROM t", "0/0/0", "aggregate"),
    ("SELECT count(*), max(a) FROM t", "0/0/2", "aggregate"),
    ("SELECT a, count(*) FROM t GROUP BY a", "1/0/1", "aggregate group-by"),
    ("SELECT a, b, count(*) FROM t GROUP BY a, b", "1/0/2", "aggregate group-by"),
    # HAVING is no component of its own, whatever Spider's README says.
    ("SELECT a FROM t GROUP BY a HAVING count(*) > 1", "1/0/0", "aggregate group-by having"),
    # Ours: Spider's script misses aggregates in HAVING (0 others).
    ("SELECT count(*) FROM t GROUP BY a HAVING max(b) > 1", "1/0/1", "aggregate group-by having"),
    # Ours: Spider's script takes NOT, and the AND between two conditions of HAVING, for aggregates (1 other).
    ("SELECT a FROM t GROUP BY a HAVING max(b) > 1 AND NOT a = 2", "1/0/0", "aggregate group-by having"),
    ("SELECT a FROM t WHERE x = (SELECT max(x) FROM t)", "1/1/0", "aggregate subquery"),
    ("SELECT a FROM t WHERE x IN (SELECT x FROM u WHERE y IN (SELECT y FROM v))", "1/1/0", "subquery"),
    ("SELECT a FROM t WHERE x IN (SELECT x FROM u) AND y IN (SELECT y FROM v)", "1/2/1", "subquery"),
    ("SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u)", "1/1/0", "subquery"),
    # A subquery in FROM is none of the components.
    ("SELECT a FROM (SELECT a FROM t WHERE x = 1) AS s", "0/0/0", "subquery"),
    ("SELECT a FROM t UNION SELECT a FROM u", "0/1/0", "set-operation"),
    # Ours: Spider's script sees only the first of a chain (1 nested).
    ("SELECT a FROM t UNION SELECT a FROM u EXCEPT SELECT a FROM v", "0/2/0", "set-operation"),
    ("SELECT a FROM t WHERE x = 1 INTERSECT SELECT a FROM u WHERE y = 1", "1/1/0", "set-operation"),
    ("SELECT rank() OVER (ORDER BY a) FROM t", "0/0/0", "window"),
    ("SELECT sum(a) OVER (ORDER BY b) FROM t", "0/0/0", "window"),
    ("SELECT CASE WHEN a > 1 THEN 1 END FROM t", "0/0/0", "conditional"),
    ("WITH s AS (SELECT a FROM t) SELECT a FROM s", "0/0/0", "cte"),
    ("SELECT max(a, b) FROM t", "0/0/0", ""),
    ("UPDATE t SET a = 1 WHERE x = 1 AND y = 2", "1/0/1", ""),
    ("UPDATE t SET a = u.a FROM u WHERE u.id = t.id", "2/0/0", ""),
    ("DELETE FROM t WHERE x IN (SELECT x FROM u)", "1/1/0", "subquery"),
    ("INSERT INTO t (a) VALUES (1)", "0/0/0", ""),
    ("INSERT INTO t (a) SELECT a FROM u WHERE x = 1", "1/0/0", ""),
]

# Levels by others 0 to 4, for each count of the first component where the second is 0.
LEVELS = ["E M M H H", "E M M H H", "M M X H H", "H H H X X", "X X X X X"]
NAMES = {"E": "easy", "M": "medium", "H": "hard", "X": "extra"}


class ReadSql(unittest.TestCase):
    def test_statements(self):
        for sql, components, features in STATEMENTS:
            with self.subTest(sql):
                facts = read_sql.facts_of(sql)
                counts = facts["components"]
                self.assertEqual("{one}/{two}/{others}".format(**counts), components)
                found = [name for name in facts["features"] if name not in ("order-by", "limit")]
                self.assertEqual(" ".join(found), features)
                self.assertEqual(facts["hardness"], read_sql.hardness_of(**counts))

    def test_levels(self):
        for one, row in enumerate(LEVELS):
            for others, letter in enumerate(row.split()):
                with self.subTest(one=one, others=others):
                    self.assertEqual(read_sql.hardness_of(one, 0, others), NAMES[letter])
                    nested = "hard" if one <= 1 and others == 0 else "extra"
                    self.assertEqual(read_sql.hardness_of(one, 1, others), nested)
                    self.assertEqual(read_sql.hardness_of(one, 2, others), "extra")

    def test_other_statements(self):
        self.assertEqual(read_sql.facts_of("BEGIN")["operation"], "transaction")
        self.assertEqual(read_sql.facts_of("CREATE TABLE t (a INTEGER)")["operation"], "ddl")
        self.assertEqual(read_sql.facts_of("SELECT name FROM sqlite_master")["operation"], "ddl")
        upsert = read_sql.facts_of("INSERT INTO t (a) VALUES (%s) ON CONFLICT DO NOTHING")
        self.assertEqual(upsert["operation"], "upsert")
        self.assertIsNone(read_sql.facts_of("SELECT FROM WHERE ("))


if __name__ == "__main__":
    unittest.main()
