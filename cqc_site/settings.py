"""Settings. What differs between machines is in the environment: docs/deploying.md lists it."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from cqc_site.env import Environment, secret_key_made_once

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment(os.environ)

# Mode and secrets ------------------------------------------------------------------------------

PRODUCTION = env.flag("PRODUCTION")
DEBUG = env.flag("DEBUG")
VAR_DIR = env.folder("VAR_DIR", BASE_DIR / "var")
SECRET_KEY = env.text("SECRET_KEY")
ALLOWED_HOSTS = env.names(
    "ALLOWED_HOSTS", () if PRODUCTION else ("localhost", "127.0.0.1", "[::1]")
)
CSRF_TRUSTED_ORIGINS = env.names("CSRF_TRUSTED_ORIGINS")

if PRODUCTION and DEBUG:
    env.wrong("DEBUG", "shows visitors the inside of the program: leave it out in production.")
if PRODUCTION and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5):
    env.wrong(
        "SECRET_KEY",
        "must be 50 random characters or more in production: "
        "make one with python3 -c 'import secrets; print(secrets.token_urlsafe(50))'.",
    )
if PRODUCTION and not ALLOWED_HOSTS:
    env.wrong("ALLOWED_HOSTS", "must name the site's host in production, such as cqc.example.org.")
if not all(origin.startswith(("https://", "http://")) for origin in CSRF_TRUSTED_ORIGINS):
    env.wrong("CSRF_TRUSTED_ORIGINS", "holds whole origins, such as https://cqc.example.org.")

# Storage ---------------------------------------------------------------------------------------

DATABASES = {"default": env.database_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
SEARCH_URL = env.folder_url("SEARCH_URL", f"tantivy:///{VAR_DIR / 'index'}", scheme="tantivy")
MEDIA_ROOT = env.folder("DOCUMENTS_DIR", VAR_DIR / "documents")
MAX_DOCUMENT_BYTES = env.number("MAX_DOCUMENT_MB", 20, least=1) * 1024 * 1024
MAX_ARCHIVE_BYTES = 10 * MAX_DOCUMENT_BYTES

if DATABASES["default"].get("ENGINE") == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Readers never wait (WAL). A writer takes its turn when a transaction begins, and waits up
        # to 20 seconds for it; one that began as a reader would be told “database is locked”.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode = WAL;"
            "PRAGMA synchronous = NORMAL;"
            "PRAGMA mmap_size = 268435456;"
            "PRAGMA cache_size = -20000;"
            "PRAGMA journal_size_limit = 67108864;"
        ),
    }
# Readers' pages may come from replicas: see cqc_site/replicas.py.
REPLICAS = []
for number, url in enumerate(env.names("DATABASE_REPLICA_URLS"), 1):
    REPLICAS.append(f"replica{number}")
    DATABASES[REPLICAS[-1]] = env.replica_url("DATABASE_REPLICA_URLS", url)
if REPLICAS and DATABASES["default"].get("ENGINE") != "django.db.backends.postgresql":
    env.wrong("DATABASE_REPLICA_URLS", "needs a DATABASE_URL of PostgreSQL, not of SQLite.")
DATABASE_ROUTERS = ["reports.models.reading_from.ReplicaRouter"] if REPLICAS else []
# A pooler such as pgbouncer in transaction mode gives each transaction another connection, and a
# server-side cursor would be looked for on the wrong one.
POOLED = env.flag("DATABASE_POOLED")
for database in DATABASES.values():
    database["CONN_MAX_AGE"] = 600
    database["CONN_HEALTH_CHECKS"] = True
    database["DISABLE_SERVER_SIDE_CURSORS"] = POOLED
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Security --------------------------------------------------------------------------------------

HTTPS = env.flag("HTTPS", default=PRODUCTION)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 31_536_000) if HTTPS else 0
# Whether every other host of the domain speaks HTTPS too is not for this site to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if env.flag("TRUST_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_COOKIE_HTTPONLY = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# The application -------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    "django_htmx",
    "reports",
]
MIDDLEWARE = [
    "cqc_site.health.answer_health_check",
    "django.middleware.security.SecurityMiddleware",
    "cqc_site.headers.permissions_policy",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # A page is compressed after its fingerprint is taken, and that after it says who may keep it.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "cqc_site.headers.cache_control",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cqc_site.replicas.ReadFromReplicas",  # the last: it calls the view itself
]
ROOT_URLCONF = "cqc_site.urls"
WSGI_APPLICATION = "cqc_site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

# Static files: collected, hashed and compressed in production; served as they lie elsewhere.
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles" if PRODUCTION else None
WHITENOISE_USE_FINDERS = not PRODUCTION
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    # Django's own handlers print to the console only when DEBUG is on, and then twice.
    "loggers": {"django": {"handlers": [], "propagate": True}},
}

env.check()
SECRET_KEY = SECRET_KEY or secret_key_made_once(VAR_DIR / "secret_key")
