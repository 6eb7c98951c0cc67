// Classes and functions of frameworks that work on one ORM's models only: what has to be rebuilt when that ORM goes.
// A heuristic besides: packages that extend Django's model forms and serializers keep their names. Sources: the
// reference of each package (Django, Django REST framework, django-filter, Graphene, Django Ninja, Wagtail, marshmallow-sqlalchemy,
// Flask-Security, FastAPI Users, WTForms-SQLAlchemy, factory_boy aside, which is for tests).

export type Dependent =
  | "forms"
  | "serializers"
  | "views"
  | "signal receivers"
  | "managers"
  | "user and login";
export type DependsOn = "django-orm" | "sqlalchemy";

interface DependentRule {
  readonly dependent: Dependent;
  readonly on: DependsOn;
  /** Dotted names of base classes. */
  readonly bases: RegExp | null;
  /** Dotted names of what is called, or used as a decorator. */
  readonly calls: RegExp | null;
}

export const ORM_DEPENDENTS: readonly DependentRule[] = [
  {
    dependent: "forms",
    on: "django-orm",
    bases:
      /^django\.forms\.(?:models\.)?(?:BaseModelForm|ModelForm|BaseModelFormSet|BaseInlineFormSet)$|^django\.contrib\.auth\.forms\.(?:Base)?User\w+Form$|^wagtail\.(?:\w+\.)*forms(?:\.\w+)*\.Wagtail\w*Form$|\.forms\.(?:\w+\.)*\w+ModelForm$/,
    calls: /^django\.forms\.(?:models\.)?(?:modelform|modelformset|inlineformset)_factory$/,
  },
  {
    dependent: "serializers",
    on: "django-orm",
    bases:
      /^rest_framework\.serializers\.(?:Hyperlinked)?ModelSerializer$|^graphene_django\.(?:types\.)?DjangoObjectType$|^ninja\.(?:orm\.)?ModelSchema$|^import_export\.resources\.ModelResource$|\.serializers\.(?:\w+\.)*\w+ModelSerializer$/,
    calls: null,
  },
  {
    dependent: "views",
    on: "django-orm",
    bases:
      /^rest_framework\.(?:viewsets\.(?:ReadOnly)?ModelViewSet|generics\.\w+APIView)$|^django\.views\.generic\.(?:\w+\.)?(?:List|Detail|Create|Update|Delete)View$|^django_filters\.(?:\w+\.)*FilterSet$/,
    calls: null,
  },
  {
    dependent: "signal receivers",
    on: "django-orm",
    bases: null,
    calls: /^django\.db\.models\.signals\.\w+\.connect$/,
  },
  {
    dependent: "user and login",
    on: "django-orm",
    bases:
      /^django\.contrib\.auth\.(?:models|base_user)\.(?:AbstractUser|AbstractBaseUser|PermissionsMixin|User|Group)$|^django\.contrib\.auth\.backends\.\w+$|^django\.contrib\.auth\.mixins\.\w+$/,
    calls:
      /^django\.contrib\.auth\.(?:authenticate|login|logout|get_user_model|get_user|update_session_auth_hash)$|^django\.contrib\.auth\.decorators\.\w+$/,
  },
  {
    dependent: "forms",
    on: "sqlalchemy",
    bases: /^wtforms_alchemy\.\w*ModelForm$/,
    calls: /^wtforms_sqlalchemy\.orm\.model_form$/,
  },
  {
    dependent: "serializers",
    on: "sqlalchemy",
    bases:
      /^(?:marshmallow_sqlalchemy|flask_marshmallow\.sqla)\.(?:\w+\.)*(?:SQLAlchemy(?:Auto)?Schema|ModelSchema)$|^graphene_sqlalchemy\.(?:types\.)?SQLAlchemyObjectType$/,
    calls: null,
  },
  {
    dependent: "signal receivers",
    on: "sqlalchemy",
    bases: null,
    calls: /^sqlalchemy\.event\.(?:\w+\.)?(?:listen|listens_for)$/,
  },
  {
    dependent: "managers",
    on: "sqlalchemy",
    bases:
      /^sqlalchemy\.orm\.(?:Query|Session)$|^sqlalchemy\.ext\.asyncio\.AsyncSession$|^flask_sqlalchemy\.(?:query\.|session\.)?(?:BaseQuery|Query|Session)$/,
    calls: null,
  },
  {
    dependent: "user and login",
    on: "sqlalchemy",
    bases: /^fastapi_users(?:_db_sqlalchemy|\.db)\.\w*SQLAlchemy\w+$/,
    calls:
      /^flask_security\.(?:datastore\.)?SQLAlchemy\w*UserDatastore$|^fastapi_users(?:_db_sqlalchemy|\.db)\.SQLAlchemyUserDatabase$/,
  },
];

/** Signals that Django sends about models, by their dotted name; those of requests and tests are others. */
export const MODEL_SIGNAL = /^django\.db\.models\.signals\.\w+$/;
/** The decorator that connects a function to signals. */
export const SIGNAL_RECEIVER = "django.dispatch.receiver";
