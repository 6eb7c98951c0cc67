// Asks each library in turn what an attribute is; null leaves the answer to Python's own rules.
import { isBlockingAttribute } from "../../knowledge/blocking-calls.ts";
import { externalInstance } from "../atoms.ts";
import { externalAncestors } from "../class-info.ts";
import type { Frame } from "../frame.ts";
import { type Atom, UNKNOWN, type Value } from "../value.ts";
import type { World } from "../world.ts";
import { type AttributeAccess, accessSite } from "./attribute-access.ts";
import { recordExecution } from "./build-query.ts";
import {
  descriptorAttribute,
  externalModelAttribute,
  externalModelReverse,
  instanceAttribute,
  modelAttribute,
  querysetAttribute,
} from "./django/attributes.ts";
import { contribModel } from "./django/contrib-model.ts";
import { serializerData } from "./django/serializer-data.ts";
import { undeclaredManager } from "./django/undeclared.ts";
import { loadAttribute, readAttribute, relatedManagers, relatedRows } from "./lazy-read.ts";
import { otherOrmAttribute } from "./other/calls.ts";
import {
  expressionAttribute,
  flaskExtensionAttribute,
  mappedClassAttribute,
  mappedInstanceAttribute,
  sessionAttribute,
} from "./sqlalchemy/attributes.ts";
import { versionAttribute } from "./sqlalchemy/continuum.ts";
import { externalMetadata, schemaAttribute } from "./sqlalchemy/schema-call.ts";
import { kitAttribute, kitName } from "./sqlalchemy/testing-kit.ts";

export function ormAttribute(world: World, frame: Frame, atom: Atom, access: AttributeAccess): Value | null {
  switch (atom.kind) {
    case "class":
      return (
        kitAttribute(world, atom, access.name) ??
        modelAttribute(world, frame, atom.class, access) ??
        mappedClassAttribute(world, frame, atom, access) ??
        otherOrmAttribute(world, frame, atom.class, access.name, accessSite(frame, access))
      );
    case "instance":
      return kitAttribute(world, atom, access.name) ?? instanceValue(world, frame, atom, access);
    case "query":
      if (atom.query.style === "django-raw" && access.name === "columns") {
        const site = accessSite(frame, access);
        recordExecution(world, frame, atom.query, { site, at: access.at, method: "columns" });
        return UNKNOWN;
      }
      return querysetAttribute(world, atom.query, access);
    case "sql":
      return expressionAttribute(frame, atom, access);
    case "external":
      return (
        kitName(`${atom.name}.${access.name}`) ??
        externalMetadata(`${atom.name}.${access.name}`) ??
        externalModelAttribute(frame, atom.name, access)
      );
    case "method":
      // What is an attribute of a class of the repository or of its instance, which declares none of that name; and the
      // model that Django's relations tell of, wherever they come from.
      return isOwn(atom.receiver) || atom.name === "related_model"
        ? undeclaredManager(world, frame, access, atom.name)
        : null;
    case "text":
    case "constant":
      return [{ kind: "method", receiver: atom, name: access.name, at: access.at }];
    default:
      return null;
  }
}

function isOwn(atom: Atom): boolean {
  return (atom.kind === "instance" || atom.kind === "class") && atom.class !== null;
}

/** Notes an attribute whose reading is a query, as a call of it. */
function recordBlockingRead(
  world: World,
  frame: Frame,
  receiver: Extract<Atom, { kind: "instance" }>,
  access: AttributeAccess,
): void {
  const { class: cls, external } = receiver;
  if (!frame.isRecording || frame.isThreaded) return;
  const owners = cls === null ? [external ?? ""] : externalAncestors(cls);
  const name = owners.map((owner) => `${owner}.${access.name}`).find(isBlockingAttribute);
  if (name === undefined) return;
  const call = {
    name,
    site: accessSite(frame, access),
    at: access.at,
    args: [],
    keywords: new Map<string, Value>(),
    receiver,
  };
  world.recorder.externalCalls.set(`${frame.module.path}:${access.at}:${name}`, call);
}

const AWAITABLE_ATTRIBUTES = "sqlalchemy.ext.asyncio.AsyncAttrs.awaitable_attrs";

/** `await order.awaitable_attrs.items` loads what it names; null for other attributes. */
function awaitableAttribute(
  world: World,
  frame: Frame,
  atom: Extract<Atom, { kind: "instance" }>,
  access: AttributeAccess,
): Value | null {
  if (access.name === "awaitable_attrs" && atom.origin?.library === "sqlalchemy")
    return [externalInstance(AWAITABLE_ATTRIBUTES, [atom])];
  if (atom.external !== AWAITABLE_ATTRIBUTES) return null;
  const [owner] = atom.element;
  if (owner?.kind !== "instance" || owner.class === null) return UNKNOWN;
  loadAttribute(frame, owner, access.name);
  const own = mappedInstanceAttribute(world, frame, owner.class, access) ?? UNKNOWN;
  return [{ kind: "awaitable", value: relatedRows(owner, own, access.name), executions: [] }];
}

function instanceValue(
  world: World,
  frame: Frame,
  atom: Extract<Atom, { kind: "instance" }>,
  access: AttributeAccess,
): Value | null {
  const awaited = awaitableAttribute(world, frame, atom, access);
  if (awaited !== null) return awaited;
  if (atom.class !== null) {
    const version = versionAttribute(world, frame, atom, access);
    if (version !== null) return version;
    readAttribute(world, frame, atom, access);
    const own =
      serializerData(world, frame, atom, access) ??
      instanceAttribute(world, frame, atom.class, access) ??
      mappedInstanceAttribute(world, frame, atom.class, access);
    if (own !== null) return relatedManagers(atom, relatedRows(atom, own, access.name), access.name);
  }
  const related = descriptorAttribute(atom, access.name);
  if (related !== null) return related;
  recordBlockingRead(world, frame, atom, access);
  if (atom.external === "flask_sqlalchemy.Pagination" && access.name === "items")
    return [{ kind: "sequence", of: "list", items: null, element: atom.element }];
  const contrib = atom.external === null ? null : contribModel(atom.external);
  const ofContrib = contrib === null ? null : instanceAttribute(world, frame, contrib, access);
  if (ofContrib !== null) return ofContrib;
  const flask = flaskExtensionAttribute(atom, access);
  if (flask !== null) return flask;
  const reverse = atom.external === null ? null : externalModelReverse(world, frame, atom.external, access);
  if (reverse !== null) return reverse;
  if (atom.external === "django.db.models.ManyToManyDescriptor") return UNKNOWN;
  return (
    schemaAttribute(atom, access.name) ??
    sessionAttribute(atom, access) ??
    expressionAttribute(frame, atom, access)
  );
}
