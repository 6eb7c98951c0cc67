"""Tries the features of probe_django.py on the SQLAlchemy that is installed and prints one JSON line a feature.

    PROBE_URL=sqlite:// python probe_sqlalchemy.py
    PROBE_URL=postgresql+psycopg2://user@host:port/name python probe_sqlalchemy.py
"""
import json
import os

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, declarative_base, relationship

engine = sa.create_engine(os.environ.get("PROBE_URL", "sqlite://"))
ENGINE = engine.dialect.name
Base = declarative_base()


class Team(Base):
    __tablename__ = "team"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String, unique=True)
    rank = sa.Column(sa.Integer)


class Player(Base):
    __tablename__ = "player"
    id = sa.Column(sa.Integer, primary_key=True)
    team_id = sa.Column(sa.ForeignKey("team.id"))
    name = sa.Column(sa.String)
    goals = sa.Column(sa.Integer)
    team = relationship(Team)


class Pair(Base):
    __tablename__ = "pair"
    a = sa.Column(sa.Integer, primary_key=True)
    b = sa.Column(sa.Integer, primary_key=True)


def fresh():
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    session = Session(engine)
    a, b = Team(name="a", rank=1), Team(name="b", rank=2)
    session.add_all([a, b])
    session.flush()
    for team, name, goals in [(a, "x", 3), (a, "y", 5), (b, "z", 7), (None, "w", 1)]:
        session.add(Player(team=team, name=name, goals=goals))
    session.commit()
    return session


def insert(table):
    """The dialect's own insert, which knows about conflicts."""
    from sqlalchemy.dialects import postgresql, sqlite
    return (postgresql if ENGINE == "postgresql" else sqlite).insert(table)


def names(session, statement):
    return sorted(row[0] for row in session.execute(statement))


RANK = func.row_number().over(partition_by=Player.team_id, order_by=Player.goals.desc())


def probe_window(s):
    rows = {n: r for n, r in s.execute(select(Player.name, RANK).where(Player.team_id.isnot(None)))}
    return rows == {"y": 1, "x": 2, "z": 1}


def probe_window_filter(s):
    ranked = select(Player.name, RANK.label("n")).where(Player.team_id.isnot(None)).subquery()
    return names(s, select(ranked.c.name).where(ranked.c.n == 1)) == ["y", "z"]


def probe_cte(s):
    best = select(Player).where(Player.goals > 4).cte("best")
    return names(s, select(best.c.name)) == ["y", "z"]


def probe_recursive_cte(s):
    n = select(sa.literal(1).label("n")).cte("n", recursive=True)
    n = n.union_all(select(n.c.n + 1).where(n.c.n < 4))
    return names(s, select(n.c.n)) == [1, 2, 3, 4]


def probe_lateral(s):
    top = select(Player.name).where(Player.team_id == Team.id).order_by(Player.goals.desc()).limit(1).lateral()
    return names(s, select(top.c.name).select_from(Team).join(top, sa.true())) == ["y", "z"]


def probe_distinct_on(s):
    rows = s.execute(select(Player.name).where(Player.team_id.isnot(None)).distinct(Player.team_id).order_by(Player.team_id, Player.goals.desc()))
    return [r[0] for r in rows] == ["y", "z"]


def probe_set_operation(s):
    both = sa.union(select(Player.name).where(Player.name == "x"), select(Player.name).where(Player.name == "y"))
    return names(s, both) == ["x", "y"]


def probe_set_operation_then_filter(s):
    both = sa.union(select(Player).where(Player.name == "x"), select(Player).where(Player.name == "y")).subquery()
    return [p.name for p in s.execute(select(aliased(Player, both)).where(both.c.goals == 5)).scalars()] == ["y"]


def probe_subquery(s):
    best = select(func.max(Player.goals)).where(Player.team_id == Team.id).correlate(Team).scalar_subquery()
    return names(s, select(best).select_from(Team)) == [5, 7]


def probe_exists(s):
    return names(s, select(Team.name).where(select(Player.id).where(Player.team_id == Team.id, Player.goals > 6).exists())) == ["b"]


def probe_derived_table(s):
    sums = select(Player.team_id, func.sum(Player.goals).label("s")).group_by(Player.team_id).subquery()
    return names(s, select(Team.name).join(sums, sums.c.team_id == Team.id).where(sums.c.s > 7)) == ["a"]


def probe_arbitrary_join(s):
    return names(s, select(Player.name).join(Team, Team.rank < Player.goals - 4)) == ["z", "z"]


def probe_full_outer_join(s):
    return len(s.execute(select(Team.name, Player.name).join(Player, sa.and_(Player.team_id == Team.id, Player.goals > 6), full=True)).all()) == 5


def probe_cross_join(s):
    return len(s.execute(select(Team.name, Player.name).join(Player, sa.true())).all()) == 8


def probe_having(s):
    return names(s, select(func.sum(Player.goals)).group_by(Player.team_id).having(func.sum(Player.goals) > 7)) == [8]


def probe_grouping_sets(s):
    return len(s.execute(select(Player.team_id, func.sum(Player.goals)).group_by(func.rollup(Player.team_id))).all()) == 4


def probe_aggregate_filter(s):
    return s.execute(select(func.count().filter(Player.goals > 4)).select_from(Player)).scalar() == 2


def probe_aggregate_order_by(s):
    from sqlalchemy.dialects.postgresql import aggregate_order_by
    return s.execute(select(func.string_agg(Player.name, aggregate_order_by(sa.literal_column("','"), Player.goals.desc())))).scalar() == "z,y,x,w"


def probe_within_group(s):
    return s.execute(select(func.percentile_cont(0.5).within_group(Player.goals))).scalar() == 4


def probe_upsert_ignore(s):
    s.execute(insert(Team).values(name="a", rank=9).on_conflict_do_nothing())
    return s.execute(select(Team.rank).where(Team.name == "a")).scalar() == 1


def probe_upsert(s):
    made = insert(Team).values(name="a", rank=9)
    s.execute(made.on_conflict_do_update(index_elements=["name"], set_={"rank": made.excluded.rank}))
    return s.execute(select(Team.rank).where(Team.name == "a")).scalar() == 9


def probe_upsert_with_expression(s):
    s.execute(insert(Team).values(name="a", rank=9).on_conflict_do_update(index_elements=["name"], set_={"rank": Team.__table__.c.rank + 1}))
    return s.execute(select(Team.rank).where(Team.name == "a")).scalar() == 2


def probe_returning(s):
    return [r[0] for r in s.execute(sa.update(Player.__table__).where(Player.name == "x").values(goals=4).returning(Player.__table__.c.goals))] == [4]


def probe_update_from(s):
    p, t = Player.__table__, Team.__table__
    s.execute(sa.update(p).where(p.c.team_id == t.c.id).values(goals=t.c.rank))
    return s.execute(select(Player.goals).where(Player.name == "z")).scalar() == 2


def probe_insert_from_select(s):
    s.execute(sa.insert(Team).from_select(["name", "rank"], select(Player.name, Player.goals)))
    return s.execute(select(func.count()).select_from(Team)).scalar() == 6


def lock_sql(**options):
    text = str(select(Player).with_for_update(**options).compile(dialect=engine.dialect))
    return "ignored" if "FOR " not in text else True


def probe_locking(s):
    return lock_sql()


def probe_locking_skip_locked(s):
    return lock_sql(skip_locked=True)


def probe_locking_of(s):
    return lock_sql(of=Player)


def probe_locking_no_key(s):
    return lock_sql(key_share=True)


def probe_locking_share(s):
    return lock_sql(read=True)


def probe_values_table(s):
    rows = sa.values(sa.column("n", sa.Integer), name="v").data([(1,), (2,)])
    return names(s, select(rows.c.n)) == [1, 2]


def probe_table_valued_function(s):
    if ENGINE == "sqlite":
        rows = func.json_each("[3,4]").table_valued("value")
    else:
        rows = func.generate_series(3, 4).table_valued("value").render_derived()
    return names(s, select(rows.c.value)) == [3, 4]


def probe_tablesample(s):
    return len(s.execute(select(sa.tablesample(Player, func.bernoulli(100)))).all()) == 4


def probe_json(s):
    table = sa.Table("j", sa.MetaData(), sa.Column("v", sa.JSON))
    table.drop(engine, checkfirst=True)
    table.create(engine)
    s.execute(table.insert(), [{"v": {"a": {"b": 3}}}])
    return len(s.execute(select(table).where(table.c.v[("a", "b")].as_integer() == 3)).all()) == 1


def probe_array(s):
    table = sa.Table("arr", sa.MetaData(), sa.Column("v", sa.ARRAY(sa.Integer)))
    s.close()
    table.drop(engine, checkfirst=True)
    table.create(engine)
    s.execute(table.insert(), [{"v": [1, 2]}])
    return len(s.execute(select(table).where(table.c.v.any(2))).all()) == 1


def probe_full_text(s):
    return names(s, select(Player.name).where(func.to_tsvector(Player.name).op("@@")(func.to_tsquery("z")))) == ["z"]


def probe_composite_primary_key(s):
    s.add(Pair(a=1, b=2))
    s.flush()
    return s.get(Pair, (1, 2)).b == 2


def probe_generated_column(s):
    table = sa.Table("gen", sa.MetaData(), sa.Column("a", sa.Integer), sa.Column("b", sa.Integer, sa.Computed("a + 1")))
    s.close()
    table.drop(engine, checkfirst=True)
    table.create(engine)
    s.execute(table.insert().values(a=1))
    return s.execute(select(table.c.b)).scalar() == 2


def probe_merge(s):
    return sa.merge is not None


for name, probe in sorted((name, value) for name, value in list(globals().items()) if name.startswith("probe_")):
    session = fresh()
    try:
        got = probe(session)
        result, error = (got, "") if got == "ignored" else ("works", "") if got else ("fails", "wrong rows")
    except Exception as problem:  # noqa: BLE001 (any failure is the answer)
        result, error = "fails", type(problem).__name__
    session.close()
    print(json.dumps({"library": "sqlalchemy", "version": sa.__version__, "engine": ENGINE, "feature": name[len("probe_"):].replace("_", "-"), "result": result, "error": error}))
