"""Tries query features on the Django that is installed and prints one JSON line a feature.

    PROBE_URL=sqlite python probe_django.py
    PROBE_URL=postgresql://user@host:port/name python probe_django.py

Every probe makes real rows and looks at the answer: `works` means that the right rows came back, `fails` names the
exception, `ignored` means that it ran and did nothing of what was asked. The lines collected over several versions are
kept in ../data/capability-runs.json, which a test holds against src/knowledge/capabilities.ts.
"""
import json
import os
import sys
from urllib.parse import urlsplit

import django
from django.conf import settings

URL = os.environ.get("PROBE_URL", "sqlite")
if URL == "sqlite":  # in memory
    DATABASE = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
else:
    parts = urlsplit(URL)
    DATABASE = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path[1:], "USER": parts.username, "HOST": parts.hostname, "PORT": str(parts.port),
    }
settings.configure(DATABASES={"default": DATABASE}, INSTALLED_APPS=["__main__"], DEFAULT_AUTO_FIELD="django.db.models.AutoField", USE_TZ=True)
django.setup()

from django.db import connection, models, transaction  # noqa: E402
from django.db.models import Avg, Count, Exists, F, OuterRef, Q, Subquery, Sum  # noqa: E402

ENGINE = "sqlite" if connection.vendor == "sqlite" else connection.vendor


class Team(models.Model):
    name = models.CharField(max_length=20, unique=True)
    rank = models.IntegerField(default=0)

    class Meta:
        app_label = "__main__"


class Player(models.Model):
    team = models.ForeignKey(Team, models.CASCADE, null=True)
    name = models.CharField(max_length=20)
    goals = models.IntegerField(default=0)

    class Meta:
        app_label = "__main__"


with connection.schema_editor() as editor:
    if ENGINE != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    editor.create_model(Team)
    editor.create_model(Player)


def fill():
    Player.objects.all().delete()
    Team.objects.all().delete()
    a, b = Team.objects.create(name="a", rank=1), Team.objects.create(name="b", rank=2)
    for team, name, goals in [(a, "x", 3), (a, "y", 5), (b, "z", 7), (None, "w", 1)]:
        Player.objects.create(team=team, name=name, goals=goals)


def window():
    from django.db.models import Window
    from django.db.models.functions import RowNumber
    return Window(RowNumber(), partition_by=[F("team")], order_by=F("goals").desc())


def probe_window():
    rows = dict(Player.objects.filter(team__isnull=False).annotate(n=window()).values_list("name", "n"))
    return rows == {"y": 1, "x": 2, "z": 1}


def probe_window_filter():
    rows = Player.objects.annotate(n=window()).filter(n=1, team__isnull=False).values_list("name", flat=True)
    return sorted(rows) == ["y", "z"]


def probe_window_filter_disjunctive():
    rows = Player.objects.annotate(n=window()).filter(Q(n=1) | Q(goals=3)).values_list("name", flat=True)
    return sorted(rows) == ["w", "x", "y", "z"]


def probe_window_order_by_name():
    from django.db.models import Window
    return [n for _, n in Player.objects.annotate(n=Window(Sum("goals"), order_by="-goals")).values_list("name", "n").order_by("goals")] == [16, 15, 12, 7]


def probe_window_frame_exclusion():
    from django.db.models import RowRange, Window, WindowFrameExclusion
    frame = RowRange(exclusion=WindowFrameExclusion.CURRENT_ROW)
    rows = dict(Player.objects.annotate(n=Window(Sum("goals"), order_by=F("id").asc(), frame=frame)).values_list("name", "n"))
    return rows["x"] == 13


def probe_set_operation():
    rows = Player.objects.filter(name="x").union(Player.objects.filter(name="y")).values_list("name", flat=True)
    return sorted(rows) == ["x", "y"]


def probe_set_operation_then_filter():
    both = Player.objects.filter(name="x").union(Player.objects.filter(name="y"))
    return [p.name for p in both.filter(goals=5)] == ["y"]


def probe_set_operation_then_annotate():
    both = Player.objects.filter(name="x").union(Player.objects.filter(name="y"))
    return [p.twice for p in both.annotate(twice=F("goals") * 2)] == [6, 10]


def probe_distinct_on():
    rows = Player.objects.filter(team__isnull=False).order_by("team", "-goals").distinct("team").values_list("name", flat=True)
    return list(rows) == ["y", "z"]


def probe_subquery():
    best = Player.objects.filter(team=OuterRef("pk")).order_by("-goals").values("name")[:1]
    return dict(Team.objects.annotate(best=Subquery(best)).values_list("name", "best")) == {"a": "y", "b": "z"}


def probe_exists():
    some = Exists(Player.objects.filter(team=OuterRef("pk"), goals__gt=6))
    return [t.name for t in Team.objects.annotate(has=some).filter(has=True)] == ["b"]


def probe_exists_in_filter():
    return [t.name for t in Team.objects.filter(Exists(Player.objects.filter(team=OuterRef("pk"), goals__gt=6)))] == ["b"]


def probe_filtered_relation():
    from django.db.models import FilteredRelation
    rows = Team.objects.annotate(top=FilteredRelation("player", condition=Q(player__goals__gt=4))).values_list("name", "top__name")
    return sorted(rows) == [("a", "y"), ("b", "z")]


def probe_aggregate_filter():
    return Player.objects.aggregate(n=Count("id", filter=Q(goals__gt=4)))["n"] == 2


def probe_having():
    rows = Player.objects.values("team").annotate(s=Sum("goals")).filter(s__gt=7).values_list("s", flat=True)
    return list(rows) == [8]


def probe_aggregate_order_by():
    if django.VERSION < (6, 0):
        return array_agg_in_order()
    from django.db.models import StringAgg, Value
    return Player.objects.aggregate(s=StringAgg("name", delimiter=Value(","), order_by="-goals"))["s"] == "z,y,x,w"


def array_agg_in_order():
    from django.contrib.postgres.aggregates import ArrayAgg
    order = {"order_by" if django.VERSION >= (5, 2) else "ordering": "-goals"}
    return Player.objects.aggregate(s=ArrayAgg("name", **order))["s"] == ["z", "y", "x", "w"]


def probe_upsert_ignore():
    Team.objects.bulk_create([Team(name="a", rank=9), Team(name="c", rank=9)], ignore_conflicts=True)
    return dict(Team.objects.values_list("name", "rank")) == {"a": 1, "b": 2, "c": 9}


def probe_upsert():
    Team.objects.bulk_create([Team(name="a", rank=9)], update_conflicts=True, update_fields=["rank"], unique_fields=["name"])
    return Team.objects.get(name="a").rank == 9


def probe_upsert_with_expression():
    Team.objects.bulk_create([Team(name="a", rank=F("rank") + 1)], update_conflicts=True, update_fields=["rank"], unique_fields=["name"])
    return Team.objects.get(name="a").rank == 2


def lock_sql(**options):
    from django.test.utils import CaptureQueriesContext
    with transaction.atomic(), CaptureQueriesContext(connection) as seen:
        list(Player.objects.select_for_update(**options))
    return "ignored" if "FOR " not in seen[0]["sql"] else True


def probe_locking():
    return lock_sql()


def probe_locking_skip_locked():
    return lock_sql(skip_locked=True)


def probe_locking_of():
    return lock_sql(of=("self",))


def probe_locking_no_key():
    return lock_sql(no_key=True)


def probe_update_from():
    Player.objects.filter(team__isnull=False).update(goals=F("team__rank"))
    return Player.objects.get(name="z").goals == 2


def probe_update_from_by_subquery():
    Player.objects.filter(team__isnull=False).update(goals=Subquery(Team.objects.filter(pk=OuterRef("team")).values("rank")[:1]))
    return Player.objects.get(name="z").goals == 2


def probe_derived_table_by_aggregate():
    return Player.objects.values("team").annotate(s=Sum("goals")).aggregate(m=Avg("s"))["m"] == 16 / 3


MADE = []


def column(field):
    """A throw-away model with one more column, made on the spot."""
    name = f"Made{len(MADE)}"
    MADE.append(name)
    made = type(name, (models.Model,), {"value": field, "__module__": __name__, "Meta": type("Meta", (), {"app_label": "__main__"})})
    with connection.schema_editor() as editor:
        editor.create_model(made)
    return made


def probe_json():
    if django.VERSION < (3, 1):
        from django.contrib.postgres.fields import JSONField
    else:
        JSONField = models.JSONField
    made = column(JSONField())
    made.objects.create(value={"a": {"b": 3}})
    return made.objects.filter(value__a__b=3).count() == 1


def probe_json_key_transform():
    from django.db.models.fields.json import KT
    made = column(models.JSONField())
    made.objects.create(value={"a": "q"})
    return list(made.objects.annotate(k=KT("value__a")).values_list("k", flat=True)) == ["q"]


def probe_json_array():
    from django.db.models.functions import JSONArray
    return Player.objects.filter(name="x").values_list(JSONArray("name", "goals"), flat=True)[0] == ["x", 3]


def probe_array():
    from django.contrib.postgres.fields import ArrayField
    made = column(ArrayField(models.IntegerField()))
    made.objects.create(value=[1, 2])
    return made.objects.filter(value__contains=[2]).count() == 1


def probe_full_text():
    from django.contrib.postgres.search import SearchVector
    return [p.name for p in Player.objects.annotate(s=SearchVector("name")).filter(s="z")] == ["z"]


def probe_composite_primary_key():
    key = models.CompositePrimaryKey("a", "b")
    made = type("Composite", (models.Model,), {"pk": key, "a": models.IntegerField(), "b": models.IntegerField(), "__module__": __name__, "Meta": type("Meta", (), {"app_label": "__main__"})})
    with connection.schema_editor() as editor:
        editor.create_model(made)
    made.objects.create(a=1, b=2)
    return made.objects.get(pk=(1, 2)).b == 2


def probe_generated_column():
    made = column(models.GeneratedField(expression=models.Value(3), output_field=models.IntegerField(), db_persist=True))
    return made.objects.create() and made.objects.get().value == 3


def probe_database_default():
    made = type("Defaulted", (models.Model,), {"value": models.IntegerField(db_default=4), "__module__": __name__, "Meta": type("Meta", (), {"app_label": "__main__"})})
    with connection.schema_editor() as editor:
        editor.create_model(made)
    made.objects.create()
    return made.objects.get().value == 4


def probe_fetch_mode():
    from django.db.models import FETCH_PEERS
    return len(list(Player.objects.fetch_mode(FETCH_PEERS))) == 4


def probe_async_queryset():
    import asyncio

    async def names():
        return sorted([p.name async for p in Player.objects.none()])
    return hasattr(Player.objects, "aget") and asyncio.run(names()) == []


def probe_async_model():
    return hasattr(Player, "asave") and hasattr(Player, "adelete")


def probe_async_transaction():
    import asyncio

    async def inside():
        async with transaction.atomic():
            pass
    asyncio.run(inside())
    return True


class Absent(Exception):
    pass


def no_method(*names):
    """A feature for which the public classes offer no method and no class of that name."""
    def probe():
        found = [n for n in names if hasattr(models.QuerySet, n) or hasattr(models, n) or hasattr(models.functions, n)]
        if not found:
            raise Absent
        return True
    return probe


PROBES = {name[len("probe_"):].replace("_", "-"): value for name, value in list(globals().items()) if name.startswith("probe_")}
PROBES.update({
    "cte": no_method("cte", "with_cte", "CTE", "With"),
    "recursive-cte": no_method("recursive", "recursive_cte", "RecursiveCTE"),
    "lateral": no_method("lateral", "Lateral"),
    "full-outer-join": no_method("full_join", "outerjoin", "FullJoin"),
    "cross-join": no_method("cross_join", "CrossJoin"),
    "arbitrary-join": no_method("join", "Join"),
    "derived-table": no_method("select_from", "from_subquery", "FromSubquery"),
    "grouping-sets": no_method("group_by", "Rollup", "Cube", "GroupingSets", "ROLLUP"),
    "insert-from-select": no_method("insert_from", "from_select", "insert_select"),
    "returning": no_method("returning", "Returning"),
    "values-table": no_method("ValuesTable", "from_values", "Values"),
    "table-valued-function": no_method("table_valued", "TableFunction", "JSONTable"),
    "tablesample": no_method("tablesample", "TableSample"),
    "merge": no_method("merge", "Merge"),
    "within-group": no_method("within_group", "WithinGroup", "PercentileCont"),
    "locking-share": no_method("select_for_share", "with_for_update"),
})

for feature, probe in sorted(PROBES.items()):
    fill()
    try:
        got = probe()
        result, error = (got, "") if got == "ignored" else ("works", "") if got else ("fails", "wrong rows")
    except Exception as problem:  # noqa: BLE001 (any failure is the answer)
        result, error = "fails", "absent" if isinstance(problem, Absent) else type(problem).__name__
    print(json.dumps({"library": "django", "version": django.get_version(), "engine": ENGINE, "feature": feature, "result": result, "error": error}))
    sys.stdout.flush()
