// Model classes, fields and managers of Django itself and of well-known packages. A class that descends from one of these is
// a Django model though `django.db.models.Model` appears nowhere in the project.
import { words } from "../text/words.ts";

export interface DjangoModelBase {
  /** Canonical name. */
  readonly name: string;
  /** True when the base creates no table of its own. */
  readonly abstract: boolean;
  readonly source: string;
}

function bases(source: string, abstract: string, concrete = ""): readonly DjangoModelBase[] {
  return [
    ...words(abstract).map((name) => ({ name, abstract: true, source })),
    ...words(concrete).map((name) => ({ name, abstract: false, source })),
  ];
}

export const DJANGO_MODEL_BASES: readonly DjangoModelBase[] = [
  ...bases(
    "docs.djangoproject.com/en/6.0/ref/models and ref/contrib",
    `django.db.models.Model django.contrib.gis.db.models.Model django.contrib.auth.models.AbstractUser
    django.contrib.auth.models.AbstractBaseUser django.contrib.auth.base_user.AbstractBaseUser
    django.contrib.auth.models.PermissionsMixin django.contrib.sessions.base_session.AbstractBaseSession`,
    `django.contrib.auth.models.User django.contrib.auth.models.Group django.contrib.auth.models.Permission
    django.contrib.contenttypes.models.ContentType django.contrib.sessions.models.Session
    django.contrib.sites.models.Site django.contrib.admin.models.LogEntry django.contrib.flatpages.models.FlatPage
    django.contrib.redirects.models.Redirect`,
  ),
  ...bases(
    "django-mptt.readthedocs.io; django-treebeard.readthedocs.io",
    `mptt.models.MPTTModel treebeard.mp_tree.MP_Node treebeard.ns_tree.NS_Node treebeard.al_tree.AL_Node
    treebeard.models.Node tree_queries.models.TreeNode treenode.models.TreeNodeModel django_ltree.models.TreeModel`,
  ),
  ...bases(
    "django-polymorphic.readthedocs.io; django-typed-models",
    "polymorphic.models.PolymorphicModel polymorphic.base.PolymorphicModelBase typedmodels.models.TypedModel",
  ),
  ...bases(
    "django-model-utils.readthedocs.io/en/latest/models.html",
    `model_utils.models.TimeStampedModel model_utils.models.TimeFramedModel model_utils.models.StatusModel
    model_utils.models.SoftDeletableModel model_utils.models.UUIDModel model_utils.models.SaveSignalHandlingModel`,
  ),
  ...bases(
    "django-extensions.readthedocs.io, model extensions",
    `django_extensions.db.models.TimeStampedModel django_extensions.db.models.TitleDescriptionModel
    django_extensions.db.models.TitleSlugDescriptionModel django_extensions.db.models.ActivatorModel`,
  ),
  ...bases(
    "docs.wagtail.org/en/stable/reference",
    `wagtail.models.MultiTableCopyMixin wagtail.models.Orderable wagtail.models.DraftStateMixin
    wagtail.models.RevisionMixin wagtail.models.LockableMixin wagtail.models.PreviewableMixin wagtail.models.WorkflowMixin
    wagtail.models.TranslatableMixin wagtail.models.BootstrapTranslatableMixin wagtail.models.AbstractPage
    wagtail.models.CollectionMember wagtail.contrib.settings.models.BaseSiteSetting
    wagtail.contrib.settings.models.BaseGenericSetting wagtail.contrib.settings.models.BaseSetting
    wagtail.contrib.forms.models.AbstractForm wagtail.contrib.forms.models.AbstractEmailForm
    wagtail.contrib.forms.models.AbstractFormField wagtail.images.models.AbstractImage
    wagtail.images.models.AbstractRendition wagtail.documents.models.AbstractDocument wagtail.core.models.Orderable
    modelcluster.models.ClusterableModel wagtail.contrib.routable_page.models.RoutablePageMixin`,
    `wagtail.models.Page wagtail.core.models.Page wagtail.wagtailcore.models.Page wagtail.models.Site
    wagtail.models.Collection wagtail.models.Locale wagtail.images.models.Image wagtail.documents.models.Document
    wagtail.contrib.routable_page.models.RoutablePage`,
  ),
  ...bases(
    "docs.django-cms.org",
    "cms.extensions.PageExtension cms.extensions.TitleExtension cms.extensions.PageContentExtension",
    "cms.models.CMSPlugin cms.models.pluginmodel.CMSPlugin cms.models.Page",
  ),
  ...bases(
    "django-parler.readthedocs.io; django-hvad.readthedocs.io; django-modeltranslation",
    `parler.models.TranslatableModel parler.models.TranslatableModelMixin parler.models.TranslatedFieldsModel
    hvad.models.TranslatableModel`,
  ),
  ...bases(
    "django-simple-history.readthedocs.io; django-reversion; django-auditlog",
    "simple_history.models.HistoricalChanges",
    "reversion.models.Version reversion.models.Revision auditlog.models.LogEntry",
  ),
  ...bases(
    "django-guardian.readthedocs.io",
    `guardian.models.UserObjectPermissionBase guardian.models.GroupObjectPermissionBase
    guardian.models.UserObjectPermissionAbstract guardian.models.GroupObjectPermissionAbstract
    guardian.models.BaseObjectPermission guardian.mixins.GuardianUserMixin`,
  ),
  ...bases(
    "django-taggit.readthedocs.io",
    `taggit.models.TagBase taggit.models.ItemBase taggit.models.TaggedItemBase taggit.models.CommonGenericTaggedItemBase
    taggit.models.GenericTaggedItemBase taggit.models.GenericUUIDTaggedItemBase`,
    "taggit.models.Tag taggit.models.TaggedItem",
  ),
  ...bases(
    "django-safedelete.readthedocs.io; django-soft-delete; django-softdelete",
    `safedelete.models.SafeDeleteModel safedelete.models.SafeDeleteMixin django_softdelete.models.SoftDeleteModel
    softdelete.models.SoftDeleteObject`,
  ),
  ...bases(
    "django-solo; django-ordered-model; django-lifecycle; django-sort-order; django-adminsortable",
    `solo.models.SingletonModel ordered_model.models.OrderedModel ordered_model.models.OrderedModelBase
    django_lifecycle.LifecycleModel django_lifecycle.models.LifecycleModel adminsortable.models.SortableMixin
    positions.models.PositionModel`,
  ),
  ...bases(
    "django-tenants.readthedocs.io; django-organizations; django-postgres-extra",
    `django_tenants.models.TenantMixin django_tenants.models.DomainMixin tenant_schemas.models.TenantMixin
    organizations.abstract.AbstractOrganization organizations.abstract.AbstractOrganizationUser
    organizations.abstract.AbstractOrganizationOwner organizations.base.OrganizationBase
    psqlextra.models.PostgresModel psqlextra.models.PostgresPartitionedModel psqlextra.models.PostgresViewModel
    psqlextra.models.PostgresMaterializedViewModel django_async_backend.db.models.AsyncModelMixin`,
  ),
  ...bases(
    "django-oscar.readthedocs.io",
    `oscar.apps.catalogue.abstract_models.AbstractProduct oscar.apps.catalogue.abstract_models.AbstractCategory
    oscar.apps.catalogue.abstract_models.AbstractProductClass oscar.apps.order.abstract_models.AbstractOrder
    oscar.apps.order.abstract_models.AbstractLine oscar.apps.basket.abstract_models.AbstractBasket
    oscar.apps.address.abstract_models.AbstractAddress oscar.apps.partner.abstract_models.AbstractPartner
    oscar.apps.partner.abstract_models.AbstractStockRecord oscar.apps.customer.abstract_models.AbstractUser
    oscar.apps.offer.abstract_models.AbstractConditionalOffer oscar.apps.shipping.abstract_models.AbstractOrderAndItemCharges
    oscar.apps.voucher.abstract_models.AbstractVoucher oscar.apps.payment.abstract_models.AbstractSource`,
  ),
  ...bases(
    "django-filer.readthedocs.io; django-oauth-toolkit; django-celery-beat; django-rest-knox; rest framework",
    `filer.models.abstract.BaseImage oauth2_provider.models.AbstractApplication
    oauth2_provider.models.AbstractAccessToken oauth2_provider.models.AbstractGrant
    oauth2_provider.models.AbstractRefreshToken oauth2_provider.models.AbstractIDToken knox.models.AbstractAuthToken
    rest_framework_api_key.models.AbstractAPIKey`,
    `filer.models.filemodels.File filer.models.foldermodels.Folder rest_framework.authtoken.models.Token
    django_celery_beat.models.PeriodicTask django_celery_results.models.TaskResult`,
  ),
  ...bases(
    "mezzanine.readthedocs.io; django-pgviews; django-cryptographic-fields",
    `mezzanine.core.models.Displayable mezzanine.core.models.Slugged mezzanine.core.models.Orderable
    mezzanine.core.models.RichText mezzanine.core.models.Ownable mezzanine.core.models.TimeStamped
    django_pgviews.view.View django_pgviews.view.MaterializedView`,
    "mezzanine.pages.models.Page",
  ),
];

/** What a relation field joins to: one row, many rows, or rows of any model. */
export type RelationForm = "to-one" | "to-many" | "generic";
export const DJANGO_RELATION_FIELDS: ReadonlyMap<string, RelationForm> = new Map<string, RelationForm>([
  // Source: docs.djangoproject.com/en/6.0/ref/models/fields, relationship fields; ref/contrib/contenttypes.
  ["django.db.models.ForeignKey", "to-one"],
  ["django.db.models.OneToOneField", "to-one"],
  ["django.db.models.ForeignObject", "to-one"],
  ["django.db.models.ManyToManyField", "to-many"],
  ["django.contrib.contenttypes.fields.GenericForeignKey", "generic"],
  ["django.contrib.contenttypes.fields.GenericRelation", "to-many"],
  // Source: the packages' own documentation.
  ["modelcluster.fields.ParentalKey", "to-one"],
  ["modelcluster.fields.ParentalManyToManyField", "to-many"],
  ["mptt.fields.TreeForeignKey", "to-one"],
  ["mptt.fields.TreeOneToOneField", "to-one"],
  ["mptt.fields.TreeManyToManyField", "to-many"],
  ["polymorphic_tree.models.PolymorphicTreeForeignKey", "to-one"],
  ["tree_queries.fields.TreeNodeForeignKey", "to-one"],
  ["taggit.managers.TaggableManager", "to-many"],
  ["modelcluster.contrib.taggit.ClusterTaggableManager", "to-many"],
  ["parler.fields.TranslationsForeignKey", "to-one"],
  ["filer.fields.image.FilerImageField", "to-one"],
  ["filer.fields.file.FilerFileField", "to-one"],
  ["filer.fields.folder.FilerFolderField", "to-one"],
  ["cms.models.fields.PlaceholderField", "to-one"],
  ["cms.models.fields.PageField", "to-one"],
  ["cms.models.fields.PlaceholderRelationField", "to-many"],
  ["sortedm2m.fields.SortedManyToManyField", "to-many"],
  ["smart_selects.db_fields.ChainedForeignKey", "to-one"],
  ["smart_selects.db_fields.ChainedManyToManyField", "to-many"],
  ["auto_prefetch.ForeignKey", "to-one"],
  ["auto_prefetch.OneToOneField", "to-one"],
  ["compositefk.fields.CompositeForeignKey", "to-one"],
  ["composite_foreignkey.CompositeForeignKey", "to-one"],
  ["gm2m.GM2MField", "to-many"],
]);

/** Manager and queryset classes whose subclasses and instances take queries. */
export const DJANGO_MANAGERS: ReadonlySet<string> = new Set(
  // Source: docs.djangoproject.com/en/6.0/topics/db/managers, then the packages' own documentation.
  words(`django.db.models.Manager django.db.models.QuerySet django.db.models.BaseManager
    django.contrib.auth.models.UserManager django.contrib.auth.models.BaseUserManager
    django.contrib.auth.base_user.BaseUserManager django.contrib.contenttypes.models.ContentTypeManager
    django.contrib.sites.managers.CurrentSiteManager django.contrib.gis.db.models.Manager
    mptt.managers.TreeManager mptt.querysets.TreeQuerySet treebeard.mp_tree.MP_NodeManager
    treebeard.mp_tree.MP_NodeQuerySet treebeard.ns_tree.NS_NodeManager treebeard.ns_tree.NS_NodeQuerySet
    tree_queries.query.TreeQuerySet tree_queries.query.TreeManager polymorphic.managers.PolymorphicManager
    polymorphic.managers.PolymorphicQuerySet polymorphic.query.PolymorphicQuerySet
    model_utils.managers.InheritanceManager model_utils.managers.InheritanceQuerySet
    model_utils.managers.SoftDeletableManager model_utils.managers.QueryManager model_utils.managers.JoinManager
    django_extensions.db.models.ActivatorModelManager wagtail.models.PageManager wagtail.models.PageQuerySet
    wagtail.query.PageQuerySet wagtail.core.models.PageManager wagtail.search.queryset.SearchableQuerySetMixin
    modelcluster.queryset.FakeQuerySet parler.managers.TranslatableManager parler.managers.TranslatableQuerySet
    simple_history.manager.HistoryManager simple_history.manager.HistoricalQuerySet
    simple_history.models.HistoricalRecords safedelete.managers.SafeDeleteManager
    safedelete.queryset.SafeDeleteQueryset ordered_model.models.OrderedModelManager
    ordered_model.models.OrderedModelQuerySet django_cte.CTEManager django_cte.CTEQuerySet django_cte.cte.CTEManager
    psqlextra.manager.PostgresManager psqlextra.query.PostgresQuerySet auto_prefetch.Manager auto_prefetch.QuerySet
    django_async_backend.db.models.AsyncManager caching.base.CachingManager cacheops.query.ManagerMixin
    guardian.managers.UserObjectPermissionManager cms.models.managers.PageManager
    oscar.apps.catalogue.managers.ProductQuerySet adminsortable.managers.SortableManager
    django_softdelete.models.SoftDeleteManager`),
);

const BASE_BY_NAME = new Map(DJANGO_MODEL_BASES.map((entry) => [entry.name, entry]));

/** What is known of a canonical name as the base of a Django model. */
export function djangoModelBase(canonicalName: string): DjangoModelBase | null {
  return BASE_BY_NAME.get(canonicalName) ?? null;
}
/** What a field of that class joins to, or null when it is no relation. */
export function djangoRelationForm(canonicalName: string): RelationForm | null {
  return DJANGO_RELATION_FIELDS.get(canonicalName) ?? null;
}
/** Whether a canonical name is a manager or queryset class. */
export function isDjangoManager(canonicalName: string): boolean {
  return DJANGO_MANAGERS.has(canonicalName);
}
