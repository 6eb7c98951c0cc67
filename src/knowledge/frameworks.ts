// Web frameworks, by what in a repository shows them. An application class that is built or subclassed is the strongest
// evidence; routers, views and decorators say only that the code is written for the framework. Names are the documented ones.
import { words } from "../text/words.ts";

/** How a framework stands to asyncio: built on it, offers both, or written for synchronous code. */
export type AsyncStyle = "async-first" | "both" | "sync-first";

export interface Framework {
  /** As reports spell it. */
  readonly name: string;
  /** Distribution names in PEP 503 form. */
  readonly distributions: readonly string[];
  readonly importRoots: readonly string[];
  /** Classes whose construction or subclass is an application. */
  readonly applications: readonly string[];
  /** Functions that return or start an application. */
  readonly factories: readonly string[];
  /** Routers, blueprints, views, request objects and decorators: weaker evidence of the same framework. */
  readonly parts: readonly string[];
  /** Base classes and hooks of code that is made to live inside an application of somebody else. */
  readonly livesInside: readonly string[];
  /** The framework it is built on, by name, or null. */
  readonly builtOn: string | null;
  readonly async: AsyncStyle;
  /** False for frameworks of dashboards and demos: running on one says nothing about the choice of an ORM. */
  readonly decidesOrm: boolean;
  readonly source: string;
}

const NOTHING = { factories: "", parts: "", livesInside: "", builtOn: null, decidesOrm: true } as const;

interface Row {
  readonly name: string;
  readonly distributions?: string;
  readonly importRoots?: string;
  readonly applications: string;
  readonly factories?: string;
  readonly parts?: string;
  readonly livesInside?: string;
  readonly builtOn?: string;
  readonly async: AsyncStyle;
  readonly decidesOrm?: boolean;
  readonly source: string;
}

function framework(row: Row): Framework {
  const full = { ...NOTHING, ...row };
  return {
    name: full.name,
    distributions: words(full.distributions ?? full.name),
    importRoots: words(full.importRoots ?? full.name),
    applications: words(full.applications),
    factories: words(full.factories),
    parts: words(full.parts),
    livesInside: words(full.livesInside),
    builtOn: full.builtOn,
    async: full.async,
    decidesOrm: full.decidesOrm,
    source: full.source,
  };
}

/** In order of name. */
export const FRAMEWORKS: readonly Framework[] = [
  framework({
    name: "aiohttp",
    applications: "aiohttp.web.Application",
    factories: "aiohttp.web.run_app aiohttp.web.AppRunner aiohttp.web.Server aiohttp.web.ServerRunner",
    parts: `aiohttp.web.RouteTableDef aiohttp.web.View aiohttp.web.Request aiohttp.web.Response aiohttp.web.StreamResponse
      aiohttp.web.json_response aiohttp.web.WebSocketResponse aiohttp.web.middleware aiohttp.web.get aiohttp.web.post
      aiohttp.web.put aiohttp.web.delete aiohttp.web.patch aiohttp.web.route aiohttp.web.HTTPException`,
    async: "async-first",
    // Imported alone it is nearly always used as an HTTP client: only aiohttp.web is a server.
    source: "docs.aiohttp.org: Server, web reference",
  }),
  framework({
    name: "apistar",
    applications: "apistar.App apistar.ASyncApp",
    parts: "apistar.Route apistar.Include",
    async: "both",
    source: "docs.apistar.com, 0.5; later releases are no server",
  }),
  framework({
    name: "blacksheep",
    applications: "blacksheep.Application blacksheep.server.Application",
    parts:
      "blacksheep.server.controllers.Controller blacksheep.server.controllers.APIController blacksheep.Router blacksheep.server.routing.Router",
    async: "async-first",
    source: "neoteroi.dev/blacksheep",
  }),
  framework({
    name: "bottle",
    applications: "bottle.Bottle",
    factories: "bottle.run bottle.default_app bottle.app",
    parts: "bottle.route bottle.get bottle.post bottle.put bottle.delete bottle.request bottle.response",
    async: "sync-first",
    source: "bottlepy.org/docs/dev/api.html",
  }),
  framework({
    name: "cherrypy",
    applications: "cherrypy.Application",
    factories: "cherrypy.quickstart cherrypy.tree.mount cherrypy.tree.graft",
    parts: "cherrypy.expose cherrypy.tools cherrypy.dispatch.MethodDispatcher",
    async: "sync-first",
    source: "docs.cherrypy.dev",
  }),
  framework({
    name: "connexion",
    // Version 2 is on Flask and aiohttp; version 3 on Starlette with Flask inside FlaskApp.
    applications:
      "connexion.App connexion.FlaskApp connexion.AsyncApp connexion.AioHttpApp connexion.apps.flask.FlaskApp connexion.apps.asynchronous.AsyncApp connexion.ConnexionMiddleware",
    parts:
      "connexion.request connexion.RestyResolver connexion.resolver.RestyResolver connexion.resolver.MethodResolver",
    builtOn: "flask",
    async: "both",
    source: "connexion.readthedocs.io",
  }),
  framework({
    name: "dash",
    applications: "dash.Dash dash_labs.Dash",
    parts: "dash.callback dash.register_page",
    builtOn: "flask",
    async: "sync-first",
    decidesOrm: false,
    source: "dash.plotly.com",
  }),
  framework({
    name: "django",
    applications: `django.core.wsgi.get_wsgi_application django.core.asgi.get_asgi_application
      django.core.handlers.wsgi.WSGIHandler django.core.handlers.asgi.ASGIHandler`,
    factories: `django.core.management.execute_from_command_line django.setup django.core.management.call_command
      configurations.management.execute_from_command_line configurations.wsgi.get_wsgi_application
      configurations.asgi.get_asgi_application`,
    parts: `django.urls.path django.urls.re_path django.urls.include django.conf.urls.url django.views.View
      django.views.generic.View django.views.generic.TemplateView django.views.generic.ListView
      django.views.generic.DetailView django.views.generic.CreateView django.views.generic.UpdateView
      django.views.generic.DeleteView django.views.generic.FormView django.shortcuts.render django.http.HttpResponse
      django.http.JsonResponse django.http.HttpRequest django.forms.Form django.forms.ModelForm
      django.contrib.admin.ModelAdmin django.contrib.admin.register django.contrib.admin.site.register`,
    livesInside: `django.apps.AppConfig django.db.models.Model django.core.management.base.BaseCommand
      django.core.management.BaseCommand django.utils.deprecation.MiddlewareMixin django.db.migrations.Migration
      django.template.Library django.db.backends.base.base.BaseDatabaseWrapper
      django.contrib.auth.backends.BaseBackend django.contrib.auth.backends.ModelBackend django.core.mail.backends.base.BaseEmailBackend
      django.core.files.storage.Storage django.core.cache.backends.base.BaseCache django.contrib.admin.ModelAdmin
      django.dispatch.receiver django.core.checks.register`,
    async: "both",
    source: "docs.djangoproject.com/en/6.0: wsgi, asgi, applications, writing reusable apps",
  }),
  framework({
    name: "emmett",
    applications: "emmett.App emmett55.App",
    parts: "emmett.request emmett.response emmett.Pipe emmett.AppModule",
    importRoots: "emmett emmett55",
    distributions: "emmett emmett55",
    async: "async-first",
    source: "emmett.sh/docs",
  }),
  framework({
    name: "esmerald",
    applications: "esmerald.Esmerald esmerald.ChildEsmerald",
    factories: "esmerald.testclient.create_client",
    parts:
      "esmerald.APIView esmerald.Gateway esmerald.Include esmerald.get esmerald.post esmerald.put esmerald.delete",
    async: "async-first",
    source: "esmerald.dev",
  }),
  framework({
    name: "falcon",
    applications: "falcon.App falcon.API falcon.asgi.App",
    parts:
      "falcon.Request falcon.Response falcon.asgi.Request falcon.asgi.Response falcon.before falcon.after",
    async: "both",
    source: "falcon.readthedocs.io: App class",
  }),
  framework({
    name: "fastapi",
    distributions: "fastapi fastapi-slim",
    applications: "fastapi.FastAPI",
    parts: `fastapi.APIRouter fastapi.Depends fastapi.Security fastapi.Request fastapi.Response fastapi.WebSocket fastapi.HTTPException
      fastapi.Query fastapi.Path fastapi.Body fastapi.Header fastapi.BackgroundTasks fastapi.UploadFile fastapi.testclient.TestClient`,
    builtOn: "starlette",
    async: "async-first",
    source: "fastapi.tiangolo.com/reference",
  }),
  framework({
    name: "flask",
    applications: "flask.Flask",
    factories: "flask.cli.FlaskGroup",
    parts: `flask.Blueprint flask.views.MethodView flask.views.View flask.MethodView flask.View flask.request flask.current_app
      flask.jsonify flask.render_template flask.g flask.session flask.cli.with_appcontext`,
    // A Flask extension is told by shape: a class with `init_app(self, app)`; there is no base class.
    livesInside: "flask.current_app flask.Blueprint",
    async: "sync-first",
    source: "flask.palletsprojects.com: API, Flask Extension Development",
  }),
  framework({
    name: "gradio",
    applications: "gradio.Blocks gradio.Interface gradio.ChatInterface gradio.TabbedInterface",
    factories: "gradio.mount_gradio_app",
    builtOn: "fastapi",
    async: "both",
    decidesOrm: false,
    source: "gradio.app/docs",
  }),
  framework({
    name: "hug",
    applications: "hug.API",
    parts: "hug.get hug.post hug.cli hug.extend_api",
    builtOn: "falcon",
    async: "sync-first",
    source: "hug.rest",
  }),
  framework({
    name: "litestar",
    applications: "litestar.Litestar litestar.app.Litestar",
    factories: "litestar.testing.create_test_client",
    parts: `litestar.Router litestar.Controller litestar.get litestar.post litestar.put litestar.patch litestar.delete litestar.route
      litestar.websocket litestar.handlers.HTTPRouteHandler litestar.Request litestar.Response`,
    livesInside: "litestar.plugins.InitPluginProtocol litestar.plugins.InitPlugin litestar.plugins.CLIPlugin",
    async: "async-first",
    source: "docs.litestar.dev/2/reference",
  }),
  framework({
    name: "masonite",
    importRoots: "masonite",
    applications: "masonite.foundation.Application masonite.foundation.Kernel",
    parts: "masonite.controllers.Controller masonite.routes.Route masonite.providers.Provider",
    async: "sync-first",
    source: "docs.masoniteproject.com",
  }),
  framework({
    name: "microdot",
    applications: "microdot.Microdot",
    parts: "microdot.Request microdot.Response",
    async: "async-first",
    source: "microdot.readthedocs.io",
  }),
  framework({
    name: "molten",
    applications: "molten.App",
    parts: "molten.Route molten.Include",
    async: "sync-first",
    source: "moltenframework.com",
  }),
  framework({
    name: "nicegui",
    applications: "nicegui.ui.run nicegui.ui.run_with",
    parts: "nicegui.ui.page nicegui.app",
    builtOn: "fastapi",
    async: "async-first",
    decidesOrm: false,
    source: "nicegui.io/documentation",
  }),
  framework({
    name: "py4web",
    // An application is a folder under apps/; its module shows only actions and fixtures.
    applications: "py4web.core.wsgi",
    factories: "py4web.core.start_server",
    parts: "py4web.action py4web.Session py4web.DAL py4web.request py4web.response py4web.redirect",
    async: "sync-first",
    source: "py4web.com/_documentation",
  }),
  framework({
    name: "pyramid",
    applications: "pyramid.config.Configurator pyramid.router.Router",
    factories: "pyramid.paster.get_app pyramid.paster.bootstrap pyramid.scripting.prepare",
    parts: `pyramid.view.view_config pyramid.view.view_defaults pyramid.request.Request pyramid.response.Response
      pyramid.httpexceptions.HTTPException cornice.Service cornice.resource.resource`,
    // A Pyramid add-on is told by shape: a module with `includeme(config)`.
    async: "sync-first",
    source: "docs.pylonsproject.org/projects/pyramid",
  }),
  framework({
    name: "quart",
    applications: "quart.Quart quart_trio.QuartTrio",
    parts:
      "quart.Blueprint quart.request quart.current_app quart.jsonify quart.render_template quart.websocket quart.views.MethodView",
    distributions: "quart quart-trio",
    importRoots: "quart quart_trio",
    builtOn: "flask",
    async: "async-first",
    source: "quart.palletsprojects.com: API",
  }),
  framework({
    name: "ravyn",
    applications: "ravyn.Ravyn ravyn.ChildRavyn",
    parts: "ravyn.Gateway ravyn.Include ravyn.get ravyn.post ravyn.put ravyn.delete",
    async: "async-first",
    source: "ravyn.dev",
  }),
  framework({
    name: "responder",
    applications: "responder.API",
    builtOn: "starlette",
    async: "async-first",
    source: "responder.kennethreitz.org",
  }),
  framework({
    name: "robyn",
    applications: "robyn.Robyn robyn.SubRouter",
    parts: "robyn.Request robyn.Response",
    async: "both",
    source: "robyn.tech/documentation",
  }),
  framework({
    name: "sanic",
    applications: "sanic.Sanic sanic.app.Sanic",
    parts: `sanic.Blueprint sanic.views.HTTPMethodView sanic.Request sanic.request.Request sanic.response.json sanic.response.text
      sanic.HTTPResponse`,
    async: "async-first",
    source: "sanic.dev/en/guide",
  }),
  framework({
    name: "starlette",
    applications: "starlette.applications.Starlette",
    parts: `starlette.routing.Router starlette.routing.Route starlette.routing.Mount starlette.routing.WebSocketRoute
      starlette.endpoints.HTTPEndpoint starlette.endpoints.WebSocketEndpoint starlette.requests.Request
      starlette.responses.Response starlette.responses.JSONResponse`,
    livesInside:
      "starlette.middleware.base.BaseHTTPMiddleware starlette.authentication.AuthenticationBackend",
    async: "async-first",
    source: "starlette.dev (starlette.io): Applications, Middleware",
  }),
  framework({
    name: "starlite",
    applications: "starlite.Starlite starlite.app.Starlite",
    parts: "starlite.Router starlite.Controller starlite.get starlite.post",
    async: "async-first",
    source: "docs.litestar.dev/1: the name of Litestar before 2.0",
  }),
  framework({
    name: "streamlit",
    applications: "streamlit.set_page_config streamlit.navigation",
    parts: "streamlit.write streamlit.title streamlit.sidebar streamlit.session_state",
    async: "sync-first",
    decidesOrm: false,
    source: "docs.streamlit.io",
  }),
  framework({
    name: "tornado",
    applications: "tornado.web.Application",
    parts:
      "tornado.web.RequestHandler tornado.websocket.WebSocketHandler tornado.web.authenticated tornado.web.url",
    async: "async-first",
    source: "tornadoweb.org/en/stable/web.html",
  }),
  framework({
    name: "twisted",
    distributions: "twisted",
    importRoots: "twisted",
    applications: "twisted.web.server.Site klein.Klein",
    parts: "twisted.web.resource.Resource twisted.web.server.Request",
    async: "async-first",
    source: "docs.twisted.org: web in 60 seconds",
  }),
  framework({
    name: "web2py",
    importRoots: "gluon",
    applications: "gluon.main.wsgibase",
    parts: "gluon.DAL gluon.current",
    async: "sync-first",
    source: "web2py.com/book",
  }),
  framework({
    name: "webpy",
    distributions: "web-py",
    importRoots: "web",
    applications: "web.application web.auto_application",
    parts: "web.input web.database web.template.render",
    async: "sync-first",
    source: "webpy.org/docs",
  }),
];

const BY_NAME = new Map(FRAMEWORKS.map((entry) => [entry.name, entry]));

/** Every name of one column → its framework; the first entry wins where two list the same name. */
function indexBy(column: (entry: Framework) => readonly string[]): ReadonlyMap<string, Framework> {
  const index = new Map<string, Framework>();
  for (const entry of FRAMEWORKS)
    for (const name of column(entry)) if (!index.has(name)) index.set(name, entry);
  return index;
}
const BY_DISTRIBUTION = indexBy((entry) => entry.distributions);
const BY_IMPORT_ROOT = indexBy((entry) => entry.importRoots);
const BY_APPLICATION = indexBy((entry) => [...entry.applications, ...entry.factories]);
const BY_PART = indexBy((entry) => entry.parts);
const BY_HOST = indexBy((entry) => entry.livesInside);

/** The framework of that report name. */
export function frameworkNamed(name: string): Framework | null {
  return BY_NAME.get(name) ?? null;
}
/** The framework that a distribution (PEP 503 name) installs. */
export function frameworkOfDistribution(distribution: string): Framework | null {
  return BY_DISTRIBUTION.get(distribution) ?? null;
}
/** The framework whose top-level package that is; "aiohttp" and "tornado" may still be mere clients. */
export function frameworkOfImportRoot(root: string): Framework | null {
  return BY_IMPORT_ROOT.get(root) ?? null;
}
/** The framework of which calling or subclassing this canonical name builds an application. */
export function frameworkOfApplication(canonicalName: string): Framework | null {
  return BY_APPLICATION.get(canonicalName) ?? null;
}
/** The framework whose router, view or decorator this canonical name is. */
export function frameworkOfPart(canonicalName: string): Framework | null {
  return BY_PART.get(canonicalName) ?? null;
}
/** The framework that code with this base class or hook is made to live inside. */
export function frameworkHosting(canonicalName: string): Framework | null {
  return BY_HOST.get(canonicalName) ?? null;
}
/** The frameworks beneath this one, nearest first: fastapi gives starlette; responder gives starlette. */
export function foundationsOf(name: string): readonly string[] {
  const found: string[] = [];
  let at = frameworkNamed(name)?.builtOn ?? null;
  while (at !== null && !found.includes(at)) {
    found.push(at);
    at = frameworkNamed(at)?.builtOn ?? null;
  }
  return found;
}
