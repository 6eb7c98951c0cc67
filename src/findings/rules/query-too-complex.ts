import type { Hardness, Query, Tier } from "../../model/report.ts";
import { queryPlace } from "../query-place.ts";
import type { Rule } from "../rule.ts";

const HARDNESS: Readonly<Record<Hardness, number>> = { easy: 1, medium: 2, hard: 3, extra: 4 };
const TIER: Readonly<Record<Tier, number>> = { crud: 1, moderate: 2, advanced: 3, "beyond-django-orm": 4 };

export const queryTooComplex: Rule = {
  id: "query-too-complex",
  severity: "warning",
  title: "A query is more complex than the team agreed on",
  why: `A long query is hard to review, to test and to keep fast, and few in a team dare to change it. Three limits hold, each set under
\`thresholds\`: \`query-parts\` counts what makes a query hard by the rules of the Spider benchmark (clauses, joins, alternatives,
patterns, nested queries, set operations); \`query-hardness\` is 1 easy, 2 medium, 3 hard, 4 extra; \`query-tier\` is 1 crud, 2 moderate,
3 advanced, 4 beyond the Django ORM. Only the first is below its maximum where nothing is set.`,
  advice: `Split the query, move a part of it into a view or a common table expression with a name, or accept it with a comment that
says why it has to be so.`,
  examples: {
    bad: [
      `from sqlalchemy import func, or_, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

class Base(DeclarativeBase):
    pass

class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    total: Mapped[int]
    state: Mapped[str]

def report(session: Session):
    return session.execute(
        select(Order.state, func.sum(Order.total), func.count())
        .where(
            or_(
                Order.state.like("a%"), Order.state.like("b%"), Order.state.like("c%"),
                Order.state.like("d%"), Order.state.like("e%"), Order.state.like("f%"),
            ),
            Order.id.in_(select(Order.id).where(Order.total > 3)),
        )
        .group_by(Order.state)
        .order_by(Order.state)
        .limit(3)
    ).all()
`,
    ],
    good: [
      `from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

class Base(DeclarativeBase):
    pass

class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)

def orders(session: Session):
    return session.scalars(select(Order).order_by(Order.id).limit(3)).all()
`,
    ],
  },
  offBecause: `how complex is too complex is for a team to agree on; and of findings read one by one in real code, too many
stood where a statement that was built elsewhere is used, or added up filters that never come together`,
  thresholds: { queryParts: 12, queryHardness: 4, queryTier: 4 },
  judge: ({ signals, thresholds }) => {
    const over = signals.queries.items.filter((query) => whatIsOver(query, thresholds) !== null);
    return hardestByPlace(over).flatMap((query) => {
      const message = whatIsOver(query, thresholds);
      return message === null ? [] : [{ place: queryPlace(query), message }];
    });
  },
};

/** A statement that several functions go on building is one finding where it starts, about the hardest that becomes of it. */
function hardestByPlace(queries: readonly Query[]): Query[] {
  const hardest = new Map<string, Query>();
  for (const query of queries) {
    const key = `${query.path}:${query.line}:${query.column}`;
    const known = hardest.get(key);
    if (known === undefined || partsOf(query) > partsOf(known)) hardest.set(key, query);
  }
  return [...hardest.values()];
}

function partsOf({ components: { one, two, others } }: Query): number {
  return one + two + others;
}

function whatIsOver(query: Query, limits: Readonly<Record<string, number>>): string | null {
  const parts = partsOf(query);
  const { queryParts = 0, queryHardness = 0, queryTier = 0 } = limits;
  if (parts > queryParts) return `the query has ${parts} parts that make it hard; the limit is ${queryParts}`;
  if (HARDNESS[query.hardness] > queryHardness)
    return `the query is ${query.hardness}; the limit is hardness ${queryHardness} of 4`;
  if (TIER[query.tier] > queryTier) return `the query is ${query.tier}; the limit is tier ${queryTier} of 4`;
  return null;
}
