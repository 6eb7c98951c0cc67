import { describe, expect, it } from "vitest";
import type { AdminSignal } from "../../src/model/report.ts";
import { detectAdmin } from "../../src/signals/admin/detect-admin.ts";
import { viewOf } from "./view-of.ts";

async function adminOf(files: Readonly<Record<string, string>>): Promise<AdminSignal> {
  return detectAdmin(await viewOf(files));
}

const MODELS = `from django.db import models
class A(models.Model):
    n = models.IntegerField()
class B(models.Model):
    n = models.IntegerField()
class C(models.Model):
    n = models.IntegerField()
`;

describe("Django's admin", () => {
  it("counts registrations by call, by list and by decorator; inlines are none", async () => {
    const signal = await adminOf({
      "shop/models.py": MODELS,
      "shop/admin.py": `from django.contrib import admin
from .models import A, B, C
class BInline(admin.TabularInline):
    model = B
@admin.register(A)
class AAdmin(admin.ModelAdmin):
    inlines = [BInline]
admin.site.register([B, C])
`,
    });
    expect(signal).toMatchObject({ kind: "django", name: "django", registrations: 3 });
    expect(signal.evidence[0]).toEqual({
      path: "shop/admin.py",
      line: 8,
      says: "registers B, C with Django's admin",
    });
  });

  it("counts registrations with a site of the project's own", async () => {
    const signal = await adminOf({
      "shop/models.py": MODELS,
      "shop/admin.py": `from django.contrib import admin
from .models import A
class Site(admin.AdminSite):
    pass
site = Site(name="staff")
site.register(A)
`,
    });
    expect(signal).toMatchObject({ kind: "django", registrations: 1 });
  });

  it("counts a loop once and says so", async () => {
    const signal = await adminOf({
      "shop/admin.py": `from django.apps import apps
from django.contrib import admin
for model in apps.get_models():
    admin.site.register(model)
`,
    });
    expect(signal.registrations).toBe(1);
    expect(signal.evidence[0]?.says).toContain("loop");
  });

  it.each([
    ["installed", { "shop/settings.py": 'ROOT_URLCONF = "x"\nINSTALLED_APPS = ["django.contrib.admin"]\n' }],
    [
      "routed",
      {
        "shop/urls.py":
          'from django.contrib import admin\nfrom django.urls import path\nurlpatterns = [path("a/", admin.site.urls)]\n',
      },
    ],
  ])("is found without registrations when %s", async (_how, files) => {
    const signal = await adminOf(files);
    expect(signal).toMatchObject({ kind: "django", registrations: 0 });
    expect(signal.evidence[0]?.says).toContain("nothing is registered");
  });
});

describe("admins of other packages", () => {
  it("counts SQLAdmin's views where they are added", async () => {
    const signal = await adminOf({
      "app/admin.py": `from sqladmin import Admin, ModelView
from .models import User, Order
class UserAdmin(ModelView, model=User):
    pass
class OrderAdmin(ModelView, model=Order):
    pass
def mount(app, engine):
    admin = Admin(app, engine)
    admin.add_view(UserAdmin)
    admin.add_view(OrderAdmin)
`,
      "app/models.py": "class User: ...\nclass Order: ...\n",
    });
    expect(signal).toMatchObject({ kind: "third-party", name: "sqladmin", registrations: 2 });
  });

  it("counts the view classes when they are added in a loop", async () => {
    const signal = await adminOf({
      "app/admin.py": `from sqladmin import Admin, ModelView
class UserAdmin(ModelView, model=int):
    pass
class OrderAdmin(ModelView, model=str):
    pass
def mount(app, engine):
    admin = Admin(app, engine)
    for view in [UserAdmin, OrderAdmin]:
        admin.add_view(view)
`,
    });
    expect(signal.registrations).toBe(2);
  });

  it("finds none in code that only registers something", async () => {
    const signal = await adminOf({ "app/main.py": "registry = object()\nregistry.register(int)\n" });
    expect(signal).toEqual({ kind: "none", name: null, registrations: 0, unknown: null, evidence: [] });
  });
});
