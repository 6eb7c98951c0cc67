// The models that Django itself brings: projects relate to them, filter through them and extend them, though their
// definitions are not in the scanned tree. Columns that are no relation are listed too: an attribute that is a column is
// neither a manager nor a relation.
import { words } from "../text/words.ts";

export interface ContribRelation {
  readonly name: string;
  readonly field: "ForeignKey" | "OneToOneField" | "ManyToManyField";
  /** Canonical name of the model it leads to, or the setting that names the user model. */
  readonly to: string;
  readonly isNullable?: boolean;
  readonly relatedName?: string;
  readonly relatedQueryName?: string;
}

export interface ContribModel {
  /** Canonical name. */
  readonly name: string;
  /** "auth.User", as settings and relations name it; null for an abstract base. */
  readonly label: string | null;
  /** Canonical names of the models among its bases. */
  readonly bases: readonly string[];
  readonly columns: readonly string[];
  readonly relations: readonly ContribRelation[];
  /** Meta.ordering. */
  readonly ordering: readonly string[];
}

/** Stands for the model that AUTH_USER_MODEL names. */
export const USER_SETTING = "django.conf.settings.AUTH_USER_MODEL";

const AUTH = "django.contrib.auth.models";
const PERMISSION = `${AUTH}.Permission`;
const CONTENT_TYPE = "django.contrib.contenttypes.models.ContentType";
const SITE = "django.contrib.sites.models.Site";

interface Parts {
  readonly label?: string;
  readonly bases?: readonly string[];
  readonly columns: string;
  readonly relations?: readonly ContribRelation[];
  readonly ordering?: readonly string[];
}

function model(
  name: string,
  { bases = [], columns, label, ordering = [], relations = [] }: Parts,
): ContribModel {
  return { name, label: label ?? null, bases, columns: words(columns), relations, ordering };
}

const ofUsers = (name: string, to: string): ContribRelation => ({
  name,
  field: "ManyToManyField",
  to,
  relatedName: "user_set",
  relatedQueryName: "user",
});

/** Source: the models' definitions in Django 4.2 to 6.0, which agree in what is listed here. */
export const DJANGO_CONTRIB_MODELS: readonly ContribModel[] = [
  model(CONTENT_TYPE, { label: "contenttypes.ContentType", columns: "id app_label model" }),
  model(PERMISSION, {
    label: "auth.Permission",
    columns: "id name codename",
    relations: [{ name: "content_type", field: "ForeignKey", to: CONTENT_TYPE }],
    ordering: ["content_type__app_label", "content_type__model", "codename"],
  }),
  model(`${AUTH}.Group`, {
    label: "auth.Group",
    columns: "id name",
    relations: [{ name: "permissions", field: "ManyToManyField", to: PERMISSION }],
  }),
  model(`${AUTH}.PermissionsMixin`, {
    columns: "is_superuser",
    relations: [ofUsers("groups", `${AUTH}.Group`), ofUsers("user_permissions", PERMISSION)],
  }),
  model("django.contrib.auth.base_user.AbstractBaseUser", { columns: "password last_login" }),
  model(`${AUTH}.AbstractBaseUser`, { columns: "password last_login" }),
  model(`${AUTH}.AbstractUser`, {
    bases: [`${AUTH}.AbstractBaseUser`, `${AUTH}.PermissionsMixin`],
    columns: "username first_name last_name email is_staff is_active date_joined",
  }),
  model(`${AUTH}.User`, { label: "auth.User", bases: [`${AUTH}.AbstractUser`], columns: "id" }),
  model("django.contrib.sessions.base_session.AbstractBaseSession", {
    columns: "session_key session_data expire_date",
  }),
  model("django.contrib.sessions.models.Session", {
    label: "sessions.Session",
    columns: "session_key session_data expire_date",
  }),
  model(SITE, { label: "sites.Site", columns: "id domain name", ordering: ["domain"] }),
  model("django.contrib.admin.models.LogEntry", {
    label: "admin.LogEntry",
    columns: "id action_time object_id object_repr action_flag change_message",
    relations: [
      { name: "user", field: "ForeignKey", to: USER_SETTING },
      { name: "content_type", field: "ForeignKey", to: CONTENT_TYPE, isNullable: true },
    ],
    ordering: ["-action_time"],
  }),
  model("django.contrib.flatpages.models.FlatPage", {
    label: "flatpages.FlatPage",
    columns: "id url title content enable_comments template_name registration_required",
    relations: [{ name: "sites", field: "ManyToManyField", to: SITE }],
    ordering: ["url"],
  }),
  model("django.contrib.redirects.models.Redirect", {
    label: "redirects.Redirect",
    columns: "id old_path new_path",
    relations: [{ name: "site", field: "ForeignKey", to: SITE }],
    ordering: ["old_path"],
  }),
];
