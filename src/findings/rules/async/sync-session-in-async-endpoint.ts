import type { SyncSessionEndpoint } from "../../../model/async-facts.ts";
import type { Rule, Sighting } from "../../rule.ts";

const MAX_RELATED = 10;

export const syncSessionInAsyncEndpoint: Rule = {
  id: "sync-session-in-async-endpoint",
  severity: "warning",
  title: "A coroutine endpoint works with a synchronous session",
  why: `FastAPI and Starlette run a plain \`def\` endpoint in a thread, and an \`async def\` endpoint on the event loop. With a
synchronous session the second kind makes every other request wait for its queries. That the dependency which provides the session
runs in a thread changes nothing: the queries run where the endpoint runs.`,
  advice: `Declare the endpoint with \`def\` when nothing in it is awaited; else give it an AsyncSession, or hand the queries to a
thread.`,
  examples: {
    bad: [
      `from fastapi import Depends, FastAPI
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session, sessionmaker

app = FastAPI()
SessionLocal = sessionmaker(create_engine("postgresql://db/shop"))

def get_db():
    with SessionLocal() as session:
        yield session

@app.get("/")
async def home(db: Session = Depends(get_db)):
    return db.scalar(text("SELECT 1"))
`,
    ],
    good: [
      `from fastapi import Depends, FastAPI
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session, sessionmaker

app = FastAPI()
SessionLocal = sessionmaker(create_engine("postgresql://db/shop"))

def get_db():
    with SessionLocal() as session:
        yield session

@app.get("/")
def home(db: Session = Depends(get_db)):
    return db.scalar(text("SELECT 1"))
`,
    ],
  },
  judge: ({ async }) => async.endpoints.map(sighting),
};

function sighting({ place, endpoint, session, uses }: SyncSessionEndpoint): Sighting {
  const where = uses.length === 1 ? "in one place" : `in ${uses.length} places`;
  return {
    place,
    message: `the endpoint \`${endpoint}\` is a coroutine, but \`${session}\` is a synchronous session: it blocks the event loop ${where}`,
    related: uses
      .slice(0, MAX_RELATED)
      .map(({ path, line, column }) => ({ path, line, column, says: "blocks here" })),
  };
}
