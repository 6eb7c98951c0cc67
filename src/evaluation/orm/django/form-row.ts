// Whether saving a ModelForm inserts a row or updates the one that the form was given.
import { externalAncestors, ownAncestors } from "../../class-info.ts";
import type { InstanceAtom } from "../../value.ts";

const MODEL_FORM = /^django\.(?:forms\.(?:\w+\.)*ModelForm|contrib\.\w+\.forms\.\w+Form)$/;
/** `data`, `files` and the rest stand before `instance` in BaseModelForm.__init__() (django/forms/models.py). */
const INSTANCE_POSITION = 8;

/** True for a form made without `instance=`, where all that it is given is written out and its class adds nothing to that. */
export function isFormOfNewRow({ class: cls, construction }: InstanceAtom): boolean {
  if (cls === null || construction === null) return false;
  if (!externalAncestors(cls).some((name) => MODEL_FORM.test(name))) return false;
  // A form's own __init__() may pass on a row of its choice.
  if (ownAncestors(cls).some(({ frame }) => frame.environment.has("__init__"))) return false;
  const { args, keywords } = construction.call;
  return (
    args.length <= INSTANCE_POSITION &&
    args.every(({ kind }) => kind !== "star") &&
    keywords.every(({ name }) => name !== null && name !== "instance")
  );
}
