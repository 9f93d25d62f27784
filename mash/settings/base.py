"""What every installation has in common."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mash.settings import readers

ROOT = Path(__file__).resolve().parents[2]

SECRET_KEY = readers.text("MASH_SECRET_KEY")
MASH_IDENTITY_KEY = readers.text("MASH_IDENTITY_KEY")
MASH_FIELD_KEYS = readers.text("MASH_FIELD_KEYS")
MASH_PUBLIC_URL = readers.text("MASH_PUBLIC_URL", "http://localhost:8000").rstrip("/")
MASH_DEMO = readers.yes("MASH_DEMO")
MASH_DEMO_MAIL_DIR = readers.text("MASH_DEMO_MAIL_DIR", "")
MASH_SEAL_EXPORT_DIR = readers.text("MASH_SEAL_EXPORT_DIR", "")
DEBUG = False
ALLOWED_HOSTS = readers.words("MASH_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "guardian",
    "rest_framework",
    "auditlog",
    "common",
    "audit",
    "agencies",
    "clock",
    "notices",
    "contacts",
    "screening",
    "information_sharing",
    "decisions",
    "reporting",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "agencies.access.inactivity.InactivityMiddleware",
    "mash.answered.AnsweredMiddleware",
    "mash.keeping.KeepingMiddleware",
    "mash.middleware.IdentityMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mash.middleware.RefusalMiddleware",
    "mash.middleware.LookingMiddleware",
    "auditlog.middleware.AuditlogMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "mash.keeping.TypedByMiddleware",
    "mash.answered.ShowAgainMiddleware",
]

ROOT_URLCONF = "mash.urls"
WSGI_APPLICATION = "mash.wsgi.application"
AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = ["agencies.access.accounts.SignInBackend"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {"default": readers.database("DATABASE_URL")}

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mash.context.hub",
            ],
            "builtins": ["common.templatetags.hub"],
        },
    },
]
FORM_RENDERER = "common.forms.HubRenderer"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "agencies.access.accounts.display_name"
ACCOUNT_ADAPTER = "agencies.access.accounts.SignInOnlyAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
# Of an account from one network, and of all accounts from it; a device that is known is counted by itself
# (agencies/access/accounts.py). "login" holds back a flood before any password is hashed.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "5/5m/key,200/h/ip"}
# The library's own one keeps a second copy of each address, to which resets would go.
PASSWORD_RESET_TIMEOUT = 60 * 60
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105

SESSION_ENGINE = "agencies.access.sessions"
SESSION_COOKIE_NAME = "mash_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 60 * 60
# Without a page opened or a key typed, somebody is signed out sooner: an unlocked screen shows a case to nobody.
MASH_INACTIVITY_MINUTES = 60
# And after so many hours in any case: longer than a long shift, shorter than two.
MASH_SESSION_HOURS = 12
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = False
CSRF_FAILURE_VIEW = "mash.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = (
    "same-origin"  # "no-referrer" makes browsers send "Origin: null", which every POST is refused for
)
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "microphone", "geolocation", "payment", "usb", "display-capture", "fullscreen")
}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(readers.text("MASH_STATIC_ROOT", str(ROOT / ".data" / "static")))
STATICFILES_DIRS = [ROOT / "static" / "build"] if (ROOT / "static" / "build").is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "common.static.HashedStaticFiles"},
}

MASH_REDIS_URL = readers.text("MASH_REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {"default": {"BACKEND": "common.counters.Counters", "LOCATION": MASH_REDIS_URL, "KEY_PREFIX": "mash.counted"}}
CELERY_BROKER_URL = MASH_REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "UTC"
CELERY_ENABLE_UTC = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_REDBEAT_REDIS_URL = MASH_REDIS_URL
CELERY_REDBEAT_LOCK_TIMEOUT = 60
CELERY_BEAT_MAX_LOOP_INTERVAL = 10
CELERY_BEAT_SCHEDULER = "redbeat.RedBeatScheduler"
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 0.5,
    "socket_timeout": 5,
    "visibility_timeout": 600,
    # Without these a page waits six seconds for a Redis that is down; with them, a few milliseconds.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.1,
}

globals().update(readers.mail("MASH_EMAIL_URL", "smtp://127.0.0.1:1025"))
DEFAULT_FROM_EMAIL = readers.text("MASH_MAIL_FROM", "hub@mash.invalid")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MASH_OPERATIONS_EMAIL = readers.text("MASH_OPERATIONS_EMAIL", "")
"""Whoever runs the machines: told by mail when a part has been silent for three minutes. Empty: nobody."""

ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # Grants are read by the firewall, never through has_perm.
AUDITLOG_INCLUDE_ALL_MODELS = False
AUDITLOG_STORE_JSON_CHANGES = True
AUDITLOG_DISABLE_REMOTE_ADDR = True

REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "UNAUTHENTICATED_USER": None,
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
