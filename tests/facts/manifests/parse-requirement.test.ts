import { describe, expect, test } from "vitest";
import { parseRequirement } from "../../../src/facts/manifests/parse-requirement.ts";

/** Text, then name, extras, specifier, URL and marker as PEP 508's grammar gives them. */
const VALID: readonly (readonly [string, string, readonly string[], string, string | null, string | null])[] =
  [
    ["A", "a", [], "", null, null],
    ["A.B-C_D", "a-b-c-d", [], "", null, null],
    ["aa", "aa", [], "", null, null],
    ["name", "name", [], "", null, null],
    ["name<=1", "name", [], "<=1", null, null],
    ["name>=3", "name", [], ">=3", null, null],
    ["name>=3,<2", "name", [], ">=3,<2", null, null],
    ["name >= 3 , < 4", "name", [], ">=3,<4", null, null],
    ["name@http://foo.com", "name", [], "", "http://foo.com", null],
    [
      "name [fred,bar] @ http://foo.com ; python_version=='2.7'",
      "name",
      ["fred", "bar"],
      "",
      "http://foo.com",
      "python_version=='2.7'",
    ],
    [
      "name[quux, strange];python_version<'2.7' and platform_version=='2'",
      "name",
      ["quux", "strange"],
      "",
      null,
      "python_version<'2.7' and platform_version=='2'",
    ],
    ["name; os_name=='a' or os_name=='b'", "name", [], "", null, "os_name=='a' or os_name=='b'"],
    [
      "name; (os_name=='a' or os_name=='b') and os_name=='c'",
      "name",
      [],
      "",
      null,
      "(os_name=='a' or os_name=='b') and os_name=='c'",
    ],
    [
      "requests [security,tests] >= 2.8.1, == 2.8.*",
      "requests",
      ["security", "tests"],
      ">=2.8.1,==2.8.*",
      null,
      null,
    ],
    ["SQLAlchemy[asyncio]~=2.0.23", "sqlalchemy", ["asyncio"], "~=2.0.23", null, null],
    ["fastapi[all]", "fastapi", ["all"], "", null, null],
    ["Django (>=1.11,<2.0)", "django", [], ">=1.11,<2.0", null, null],
    ["zope.interface===4.1-custom", "zope-interface", [], "===4.1-custom", null, null],
    ["name[]>1", "name", [], ">1", null, null],
    ["name>=1,", "name", [], ">=1", null, null],
    ["pip @ file:///localbuilds/pip-1.3.1.zip", "pip", [], "", "file:///localbuilds/pip-1.3.1.zip", null],
    ["x ; 'linux' in sys_platform", "x", [], "", null, "'linux' in sys_platform"],
    ["x ; sys_platform not  in 'win32'", "x", [], "", null, "sys_platform not in 'win32'"],
    ["x==1 ; extra == 'postgres'", "x", [], "==1", null, "extra == 'postgres'"],
  ];

describe("parseRequirement", () => {
  test.each(VALID)("reads %s", (text, name, extras, specifier, url, marker) => {
    const { requirement, problem } = parseRequirement(text);
    expect(problem).toBeNull();
    expect(requirement).toMatchObject({ name, extras, specifier, url, marker });
  });

  test.each([
    ["Django==4.2.1", "4.2.1"],
    ["Django===4.2.1", "4.2.1"],
    ["Django>=4,==4.2.1", "4.2.1"],
    ["Django==4.2.*", null],
    ["Django~=4.2", null],
    ["Django>=4.2", null],
    ["Django", null],
  ])("takes %s for the exact version %s", (text, pinned) => {
    expect(parseRequirement(text).requirement?.pinned).toBe(pinned);
  });

  test.each([
    ["", "no name"],
    ["==1.0", "no name"],
    ["-flag", "no name"],
    ["See the handbook for details", "prose"],
    ["\0\0", "no name"],
    ["x".repeat(10_001), "too long"],
  ])("finds no requirement in %j (%s)", (text) => {
    const { requirement, problem } = parseRequirement(text);
    expect(requirement).toBeNull();
    expect(problem).not.toBeNull();
  });

  test.each([
    [`django==\${DJANGO_VERSION}`, "django"],
    ["flask >= 1.0 <2", "flask"],
    ["name[unclosed", "name"],
    ["name; os_name==", "name"],
    ["name; unheard_of == 'x'", "name"],
    [`name; ${"(".repeat(60)}os_name=='a'${")".repeat(60)}`, "name"],
    ["name @ http://foo.com extra words", "name"],
    ["attrs^2", "attrs"],
  ])("keeps the name of %s and tells that the rest was not read", (text, name) => {
    const { requirement, problem } = parseRequirement(text);
    expect(requirement?.name).toBe(name);
    expect(problem).not.toBeNull();
  });

  test.each([
    ["python_version < '3'", false],
    ["python_version < '3.0'", false],
    ["python_version < '3.6'", false],
    ["python_version == '2.7'", false],
    ["'3' > python_version", false],
    ["python_version < '2.7' or python_version == '2.7'", false],
    ["python_version >= '4'", false],
    ["python_version < '3.10' and python_version > '3.12'", false],
    ["python_version < '3.7'", true],
    ["python_version <= '3.6'", true],
    ["python_version >= '3'", true],
    ["python_version >= '2.7'", true],
    ["python_version != '3.9'", true],
    ["python_version == '3.*'", true],
    ["python_full_version < '3.11.4'", true],
    ["python_full_version < '3.6.1'", true],
    ["sys_platform == 'win32' and python_version < '3'", false],
    ["sys_platform == 'win32' or python_version < '3'", true],
    ["extra == 'dev'", true],
  ])("says whether %s can apply today: %s", (marker, applies) => {
    expect(parseRequirement(`django ; ${marker}`).requirement?.applies).toBe(applies);
  });

  test("leaves credentials out of URLs", () => {
    const urlOf = (url: string) => parseRequirement(`x @ ${url}`).requirement?.url;
    expect(urlOf("git+https://user:s3cret@host.example/a/x.git@main")).toBe(
      "git+https://host.example/a/x.git@main",
    );
    expect(urlOf("https://t0ken@host.example/x.zip?sig=abc#egg=x")).toBe("https://host.example/x.zip#egg=x");
    expect(urlOf(`git+https://\${TOKEN}@host.example/a/x.git`)).toBe("git+https://host.example/a/x.git");
    expect(urlOf("https://user:p@ss@host.example/x.zip")).toBe("https://host.example/x.zip");
    expect(urlOf("git+ssh://git@host.example/a/x.git")).toBe("git+ssh://git@host.example/a/x.git");
  });

  test("is quick on long runs of blanks and of brackets", () => {
    const start = performance.now();
    for (const filler of [" ", "a,", "(", "[", "a.", "=="]) {
      for (const prefix of ["name", "name[a", "name ==1", "name ; ", "name ; os_name=='a' or "]) {
        parseRequirement((prefix + filler.repeat(9000)).slice(0, 9999));
      }
    }
    expect(performance.now() - start).toBeLessThan(10_000);
  });
}, 30_000);
