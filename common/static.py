"""Static files under names that carry their content's hash, module imports included."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class HashedStaticFiles(ManifestStaticFilesStorage):
    """Rewrites imports inside JavaScript modules too, so that a browser never mixes two versions."""

    support_js_module_import_aggregation = True
    manifest_strict = False
