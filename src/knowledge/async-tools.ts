// What runs, schedules and bridges asynchronous code: servers, task queues, and the functions that hand synchronous work to a
// thread. A blocking query inside a handed-over function does not block the event loop.
import { words } from "../text/words.ts";

export type ServerInterface = "asgi" | "wsgi" | "both";
export interface Server {
  readonly name: string;
  readonly distributions: readonly string[];
  readonly importRoots: readonly string[];
  readonly serves: ServerInterface;
  /** Canonical names of calls that start it from code. */
  readonly starts: readonly string[];
  readonly source: string;
}

function server(
  name: string,
  serves: ServerInterface,
  starts: string,
  source: string,
  distributions = name,
  importRoots = name,
): Server {
  return {
    name,
    distributions: words(distributions),
    importRoots: words(importRoots),
    serves,
    starts: words(starts),
    source,
  };
}

export const SERVERS: readonly Server[] = [
  server(
    "uvicorn",
    "asgi",
    "uvicorn.run uvicorn.Server uvicorn.Config",
    "uvicorn.org",
    "uvicorn uvicorn-worker",
  ),
  server(
    "hypercorn",
    "asgi",
    "hypercorn.asyncio.serve hypercorn.trio.serve hypercorn.run.run",
    "hypercorn.readthedocs.io",
  ),
  server("daphne", "asgi", "daphne.server.Server", "github.com/django/daphne"),
  server("granian", "both", "granian.Granian granian.server.Granian", "github.com/emmett-framework/granian"),
  server("nginx-unit", "both", "unit.wsgi", "unit.nginx.org", "", "unit"),
  server(
    "gunicorn",
    "wsgi",
    "gunicorn.app.base.BaseApplication gunicorn.app.wsgiapp.run",
    "docs.gunicorn.org",
  ),
  server("uwsgi", "wsgi", "", "uwsgi-docs.readthedocs.io", "uwsgi pyuwsgi uwsgidecorators"),
  server("waitress", "wsgi", "waitress.serve", "docs.pylonsproject.org/projects/waitress"),
  server("mod-wsgi", "wsgi", "", "modwsgi.readthedocs.io", "mod-wsgi", "mod_wsgi"),
  server("cheroot", "wsgi", "cheroot.wsgi.Server", "cheroot.cherrypy.dev"),
  server("gevent", "wsgi", "gevent.pywsgi.WSGIServer", "gevent.org"),
  server("eventlet", "wsgi", "eventlet.wsgi.server", "eventlet.readthedocs.io"),
  server("mangum", "asgi", "mangum.Mangum", "mangum.fastapiexpert.com"),
];

/** Worker classes of gunicorn (`-k`, `worker_class`) that serve ASGI applications; the others are synchronous or use greenlets. */
export const ASGI_WORKER_CLASSES: ReadonlySet<string> = new Set(
  // Source: uvicorn.org, deployment; docs.gunicorn.org, settings, worker_class; docs.aiohttp.org, deployment.
  words(`uvicorn.workers.UvicornWorker uvicorn.workers.UvicornH11Worker uvicorn_worker.UvicornWorker
    uvicorn_worker.UvicornH11Worker aiohttp.GunicornWebWorker aiohttp.GunicornUVLoopWebWorker
    aiohttp.worker.GunicornWebWorker sanic.worker.GunicornWorker asgi`),
);

/** Bridges between the two interfaces: an ASGI server in front of one of them proves no asynchronous application. */
export const INTERFACE_BRIDGES: ReadonlyMap<string, "wsgi-in-asgi" | "asgi-in-wsgi"> = new Map([
  // Source: asgiref, a2wsgi and Starlette's documentation.
  ["asgiref.wsgi.WsgiToAsgi", "wsgi-in-asgi"],
  ["a2wsgi.WSGIMiddleware", "wsgi-in-asgi"],
  ["a2wsgi.ASGIMiddleware", "asgi-in-wsgi"],
  ["starlette.middleware.wsgi.WSGIMiddleware", "wsgi-in-asgi"],
  ["fastapi.middleware.wsgi.WSGIMiddleware", "wsgi-in-asgi"],
  ["uvicorn.middleware.wsgi.WSGIMiddleware", "wsgi-in-asgi"],
  ["hypercorn.middleware.AsyncioWSGIMiddleware", "wsgi-in-asgi"],
  ["aiohttp_wsgi.WSGIHandler", "wsgi-in-asgi"],
]);

/**
 * How a hand-over takes the function: `calls` gives it as an argument and runs it at once ("await to_thread(fn, x)"), `wraps`
 * returns a coroutine function ("await sync_to_async(fn)(x)", also as a decorator), `executor` has it as second argument.
 */
export type HandOverForm = "calls" | "wraps" | "executor";
export const THREAD_HAND_OVERS: ReadonlyMap<string, HandOverForm> = new Map<string, HandOverForm>([
  // Source: docs.djangoproject.com/en/6.0/topics/async; channels.readthedocs.io, database access.
  ["asgiref.sync.sync_to_async", "wraps"],
  ["asgiref.sync.SyncToAsync", "wraps"],
  ["channels.db.database_sync_to_async", "wraps"],
  ["channels.db.aclose_old_connections", "calls"],
  // Source: docs.python.org/3/library/asyncio-task.html and asyncio-eventloop.html.
  ["asyncio.to_thread", "calls"],
  ["asyncio.get_event_loop.run_in_executor", "executor"],
  ["asyncio.get_running_loop.run_in_executor", "executor"],
  ["asyncio.AbstractEventLoop.run_in_executor", "executor"],
  ["asyncio.BaseEventLoop.run_in_executor", "executor"],
  // Source: anyio.readthedocs.io, threads; starlette.dev, thread pool; fastapi.tiangolo.com/async.
  ["anyio.to_thread.run_sync", "calls"],
  ["anyio.run_sync_in_worker_thread", "calls"],
  ["anyio.to_process.run_sync", "calls"],
  ["starlette.concurrency.run_in_threadpool", "calls"],
  ["fastapi.concurrency.run_in_threadpool", "calls"],
  ["starlette.concurrency.iterate_in_threadpool", "calls"],
  ["fastapi.concurrency.contextmanager_in_threadpool", "calls"],
  ["asyncer.asyncify", "wraps"],
  ["trio.to_thread.run_sync", "calls"],
  ["curio.run_in_thread", "calls"],
  // Source: the frameworks' own documentation.
  ["litestar.concurrency.sync_to_thread", "calls"],
  ["quart.utils.run_sync", "wraps"],
  ["tornado.concurrent.run_on_executor", "wraps"],
  ["tornado.ioloop.IOLoop.run_in_executor", "executor"],
  ["twisted.internet.threads.deferToThread", "calls"],
  ["twisted.enterprise.adbapi.ConnectionPool.runInteraction", "calls"],
  ["falcon.util.sync_to_async", "calls"],
  ["falcon.sync_to_async", "calls"],
  ["falcon.util.wrap_sync_to_async", "wraps"],
  ["falcon.wrap_sync_to_async", "wraps"],
  ["sqlalchemy.ext.asyncio.AsyncSession.run_sync", "calls"],
  ["sqlalchemy.ext.asyncio.AsyncConnection.run_sync", "calls"],
]);

/** The other way: synchronous code that runs a coroutine to its end. */
export const LOOP_ENTRIES: ReadonlySet<string> = new Set(
  // Source: the same pages.
  words(`asyncio.run asyncio.get_event_loop.run_until_complete asyncio.AbstractEventLoop.run_until_complete
    asgiref.sync.async_to_sync asgiref.sync.AsyncToSync anyio.run anyio.from_thread.run anyio.from_thread.run_sync
    asyncer.syncify asyncer.runnify trio.run curio.run tornado.ioloop.IOLoop.run_sync uvloop.run`),
);

/** Takes coroutines and runs them, now or soon; methods of objects whose type is not known start with a dot. */
const SCHEDULERS: ReadonlySet<string> = new Set(
  // Source: docs.python.org/3/library/asyncio-task.html, asyncio-eventloop.html; anyio.readthedocs.io, task groups.
  words(`asyncio.gather asyncio.create_task asyncio.ensure_future asyncio.wait asyncio.wait_for asyncio.run
    asyncio.shield asyncio.as_completed asyncio.run_coroutine_threadsafe asyncio.TaskGroup.create_task
    .create_task .run_until_complete .start_soon .add_task .run anyio.run asgiref.sync.async_to_sync`),
);

/** Entries that make a loop for what they are given. The others run it on a loop that may serve requests meanwhile. */
const OWN_LOOPS: ReadonlySet<string> = new Set(
  words("asyncio.run anyio.run trio.run curio.run uvloop.run tornado.ioloop.IOLoop.run_sync"),
);

/** True for calls that run a coroutine to its end on a loop that runs nothing else. */
export function startsLoop(name: string): boolean {
  return OWN_LOOPS.has(name) || /(?:^|\.)run_until_complete$/.test(name);
}

/** True for calls after which several coroutines take turns on the loop. */
export function sharesLoop(name: string): boolean {
  return /\.(?:gather|create_task|ensure_future|wait|as_completed|run_coroutine_threadsafe|start_soon|add_task)$/.test(
    name,
  );
}

/** True for schedulers that run what they are given in threads: they call a coroutine function, and never await what it gives. */
export function runsInThreads(name: string): boolean {
  // Source: apscheduler.readthedocs.io/en/3.x, executors of the blocking and background schedulers.
  return /^apscheduler\.schedulers\.(?:background|blocking)\./.test(name);
}

/** True for calls that see to it that the coroutines they are given are awaited. */
export function schedulesCoroutines(name: string): boolean {
  return SCHEDULERS.has(name);
}

export interface TaskQueue {
  readonly name: string;
  readonly distributions: readonly string[];
  readonly importRoots: readonly string[];
  /** Canonical names of application or broker objects. */
  readonly applications: readonly string[];
  /** Canonical names of decorators and base classes of a task. */
  readonly tasks: readonly string[];
  /** Whether tasks may be coroutines that its workers await. */
  readonly awaitsCoroutines: boolean;
  readonly source: string;
}

function queue(
  name: string,
  distributions: string,
  importRoots: string,
  applications: string,
  tasks: string,
  awaitsCoroutines: boolean,
  source: string,
): TaskQueue {
  return {
    name,
    distributions: words(distributions),
    importRoots: words(importRoots),
    applications: words(applications),
    tasks: words(tasks),
    awaitsCoroutines,
    source,
  };
}

/** A task runs in another process: enqueuing one from async code blocks nothing. */
export const TASK_QUEUES: readonly TaskQueue[] = [
  queue(
    "celery",
    "celery",
    "celery",
    "celery.Celery",
    "celery.shared_task celery.Celery.task celery.Task",
    false,
    "docs.celeryq.dev",
  ),
  queue(
    "rq",
    "rq django-rq flask-rq2",
    "rq django_rq flask_rq2",
    "rq.Queue django_rq.get_queue",
    "rq.decorators.job django_rq.job",
    false,
    "python-rq.org",
  ),
  queue(
    "dramatiq",
    "dramatiq django-dramatiq",
    "dramatiq django_dramatiq",
    "dramatiq.set_broker",
    "dramatiq.actor",
    false,
    "dramatiq.io",
  ),
  queue(
    "huey",
    "huey",
    "huey",
    "huey.RedisHuey huey.SqliteHuey",
    "huey.contrib.djhuey.task huey.contrib.djhuey.db_task",
    false,
    "huey.readthedocs.io",
  ),
  queue(
    "django-q",
    "django-q django-q2",
    "django_q",
    "",
    "django_q.tasks.async_task",
    false,
    "django-q2.readthedocs.io",
  ),
  queue(
    "django-tasks",
    "django-tasks",
    "django_tasks",
    "",
    "django_tasks.task django.tasks.task",
    true,
    "docs.djangoproject.com/en/6.0/topics/tasks",
  ),
  queue("arq", "arq", "arq", "arq.create_pool", "arq.func arq.cron", true, "arq-docs.helpmanuel.io"),
  queue(
    "taskiq",
    "taskiq taskiq-fastapi",
    "taskiq",
    "taskiq.InMemoryBroker",
    "taskiq.AsyncBroker.task",
    true,
    "taskiq-python.github.io",
  ),
  queue("saq", "saq litestar-saq", "saq litestar_saq", "saq.Queue", "", true, "saq-py.readthedocs.io"),
  queue(
    "procrastinate",
    "procrastinate",
    "procrastinate",
    "procrastinate.App",
    "procrastinate.App.task",
    true,
    "procrastinate.readthedocs.io",
  ),
  queue(
    "apscheduler",
    "apscheduler",
    "apscheduler",
    "apscheduler.schedulers.background.BackgroundScheduler apscheduler.schedulers.asyncio.AsyncIOScheduler",
    "",
    true,
    "apscheduler.readthedocs.io",
  ),
  queue("faust", "faust faust-streaming", "faust", "faust.App", "", true, "faust-streaming.github.io"),
];

/**
 * How this canonical name hands a function to a thread, or null when it does not. The loop is often kept in an attribute of
 * unknown type: no other library has a method called `run_in_executor`.
 */
export function handOverForm(canonicalName: string): HandOverForm | null {
  if (canonicalName === ".run_in_executor") return "executor";
  return THREAD_HAND_OVERS.get(canonicalName) ?? null;
}
