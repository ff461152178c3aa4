"""Settings. What differs between machines is in the environment: docs/deploying.md lists it."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from cqc_site import logs
from cqc_site.env import Environment, secret_key_made_once

BASE_DIR = Path(__file__).resolve().parent.parent
# An installed wheel has templates and static files in the folder of this file, and does not write
# there.
INSTALLED = Path(__file__).with_name("templates").is_dir()
SHIPPED = Path(__file__).resolve().parent if INSTALLED else BASE_DIR
env = Environment(os.environ)

# Only its user can read what the site writes: reports, the database, the key that signs sessions.
os.umask(0o077)

# Mode and secrets ------------------------------------------------------------------------------

PRODUCTION = env.flag("PRODUCTION")
DEBUG = env.flag("DEBUG")
VAR_DIR = env.folder("VAR_DIR", (Path.cwd() if INSTALLED else BASE_DIR) / "var")
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
SEARCH_URL = env.search_url("SEARCH_URL", f"tantivy:///{VAR_DIR / 'index'}")
# Whether a missing or damaged index is built again by itself.
REBUILD_INDEX = env.flag("REBUILD_INDEX", default=True)
MEDIA_ROOT = env.folder("DOCUMENTS_DIR", VAR_DIR / "documents")
RELEASES_DIR = env.folder("RELEASES_DIR", VAR_DIR / "releases")
MAX_DOCUMENT_BYTES = env.number("MAX_DOCUMENT_MB", 20, least=1) * 1024 * 1024
MAX_ARCHIVE_BYTES = 10 * MAX_DOCUMENT_BYTES

if DATABASES["default"].get("ENGINE") == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Readers never wait (WAL). A writer takes its turn when a transaction begins, and waits up
        # to 20 seconds for it; a transaction that began with a read would fail with “database is
        # locked”.
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

# Where readers find this site: links in e-mails, webhooks and releases begin with it.
SITE_URL = env.text("SITE_URL", "http://localhost:8000").rstrip("/")
if not SITE_URL.startswith(("https://", "http://")):
    env.wrong("SITE_URL", "must be a whole address, such as https://cqc.example.org.")

# Mail: to the console unless a server is named. Django's own names, docs/data.md lists them.
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 25, least=1)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "findings@localhost")

# Security --------------------------------------------------------------------------------------

HTTPS = env.flag("HTTPS", default=PRODUCTION)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 31_536_000) if HTTPS else 0
# Other hosts of the domain may not have HTTPS, so they are left out.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
TRUSTED_PROXIES = env.networks("TRUST_PROXY")
if TRUSTED_PROXIES:
    # `cqc_site.proxy` removes this header unless a trusted proxy has sent it.
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

# Limits, so that one visitor cannot keep the site from all others.
RATE_LIMITS = env.flag("RATE_LIMITS", default=PRODUCTION)
RATE_LIMITS_URL = env.text("RATE_LIMITS_URL", f"shared-counts:///{VAR_DIR / 'rates.sqlite3'}")
MAX_EXPORTS = env.number("MAX_EXPORTS", 2, least=1)

# Signing in.
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "signed-in"
LOGIN_REQUIRED = env.flag("LOGIN_REQUIRED")
TWO_FACTOR_REQUIRED = env.flag("TWO_FACTOR_REQUIRED")
OTP_TOTP_ISSUER = "Adult social care findings"
OTP_ADMIN_HIDE_SENSITIVE_DATA = True
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
OIDC_RP_CLIENT_ID = env.text("OIDC_CLIENT_ID")
if OIDC_RP_CLIENT_ID:
    AUTHENTICATION_BACKENDS.append("cqc_site.oidc.KnownAccounts")
    OIDC_RP_CLIENT_SECRET = env.required("OIDC_CLIENT_SECRET")
    OIDC_OP_AUTHORIZATION_ENDPOINT = env.required("OIDC_AUTHORIZATION_URL")
    OIDC_OP_TOKEN_ENDPOINT = env.required("OIDC_TOKEN_URL")
    OIDC_OP_USER_ENDPOINT = env.required("OIDC_USER_URL")
    OIDC_OP_JWKS_ENDPOINT = env.required("OIDC_KEYS_URL")
    OIDC_RP_SIGN_ALGO = "RS256"
    OIDC_RP_SCOPES = "openid email"
    OIDC_CREATE_USER = False
    OIDC_TIMEOUT = 10  # seconds
    LOGIN_REDIRECT_URL_FAILURE = "/sign-in/"

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
    "django.contrib.humanize",
    "csp",
    "django_otp",
    "cqc_site.apps.AuthenticatorAppsConfig",
    "cqc_site.apps.RecoveryCodesConfig",
    "django_filters",
    "django_htmx",
    "reports",
]
MIDDLEWARE = [
    "cqc_site.proxy.trust_only_the_proxy",
    "cqc_site.request_ids.name_requests",
    "cqc_site.metrics.measure",
    "cqc_site.health.answer_health_check",
    "django.middleware.security.SecurityMiddleware",
    "cqc_site.headers.permissions_policy",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Cache-Control is set first, then the fingerprint is taken, then the page is compressed.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "cqc_site.headers.cache_control",
    "cqc_site.bounds.bound_requests",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cqc_site.rates.limit_rates",
    "cqc_site.slots.limit_files_made_at_once",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cqc_site.second_factor.ask_for_the_second_step",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cqc_site.faults.answer_unavailable",
    *(["django.contrib.auth.middleware.LoginRequiredMiddleware"] if LOGIN_REQUIRED else []),
    "cqc_site.replicas.ReadFromReplicas",  # the last: it calls the view itself
]
ROOT_URLCONF = "cqc_site.urls"
WSGI_APPLICATION = "cqc_site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SHIPPED / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reports.views.reading.banner.invented_banner",
            ]
        },
    }
]

LANGUAGE_CODE = "en-gb"
USE_I18N = False  # One language: to look it up for each number and link takes time.
TIME_ZONE = "Europe/London"
USE_TZ = True

# Static files are collected, hashed and compressed in production. Elsewhere they are served as they
# are.
STATIC_URL = "static/"
STATICFILES_DIRS = [SHIPPED / "static"]
STATIC_ROOT = (VAR_DIR if INSTALLED else BASE_DIR) / "staticfiles" if PRODUCTION else None
WHITENOISE_USE_FINDERS = not PRODUCTION
STORAGES = {
    **env.storages("STORAGE_URL", uploads=VAR_DIR / "uploads"),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", logs.LEVELS)
LOG_FORMAT = env.choice("LOG_FORMAT", "LINES", logs.FORMATS)
LOG_REQUESTS = env.flag("LOG_REQUESTS")
LOGGING = logs.configuration(LOG_LEVEL, LOG_FORMAT)
SLOW_QUERY_MS = env.number("SLOW_QUERY_MS", 1_000, least=1)
METRICS_PORT = env.number("METRICS_PORT", 0)

env.check()
SECRET_KEY = SECRET_KEY or secret_key_made_once(VAR_DIR / "secret_key")
