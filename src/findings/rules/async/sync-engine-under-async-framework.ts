import type { SyncEngine } from "../../../model/async-facts.ts";
import type { Rule, Sighting } from "../../rule.ts";

export const syncEngineUnderAsyncFramework: Rule = {
  id: "sync-engine-under-async-framework",
  severity: "warning",
  title: "Coroutines of an async framework query through a synchronous engine",
  why: `An engine made by \`create_engine\` waits for the database in the calling thread. Under an async framework that thread is the
event loop wherever the caller is a coroutine, so the whole process serves one query at a time.`,
  advice: `Make the engine with \`create_async_engine\` and an async driver and the sessions with \`async_sessionmaker\`; or keep the
engine and let plain functions use it, which the framework runs in threads.`,
  examples: {
    bad: [
      `from fastapi import FastAPI
from sqlalchemy import create_engine, text
from sqlalchemy.orm import sessionmaker

app = FastAPI()
engine = create_engine("postgresql://db/shop")
SessionLocal = sessionmaker(engine)

@app.get("/")
async def home():
    with SessionLocal() as session:
        return session.scalar(text("SELECT 1"))
`,
    ],
    good: [
      `from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

app = FastAPI()
engine = create_async_engine("postgresql+asyncpg://db/shop")
make_session = async_sessionmaker(engine)

@app.get("/")
async def home():
    async with make_session() as session:
        return await session.scalar(text("SELECT 1"))
`,
    ],
  },
  judge: ({ async }) => async.engines.map(sighting),
};

function sighting({ place, framework, coroutines, isAtLeast, example }: SyncEngine): Sighting {
  const who = coroutines === 1 ? "1 coroutine can wait" : `${coroutines} coroutines can wait`;
  const { path, line, column } = example;
  return {
    place,
    message: `a synchronous engine under ${framework}: ${isAtLeast ? "at least " : ""}${who} for its queries, as at ${path}:${line}`,
    related: [{ path, line, column, says: "a coroutine waits for the database here" }],
  };
}
