"""All settings, read from the environment. Three modes: demo (the default), test and production."""

import sys
from pathlib import Path

import environ

from samspil.kit.databases import profile
from samspil.web.logs import logging_of
from samspil.web.policy import policy

env = environ.Env()  # type: ignore[no-untyped-call]
ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "samspil"

SAMSPIL_MODE: str = env("SAMSPIL_MODE", default="test" if "pytest" in sys.modules else "demo")
PRODUCTION = SAMSPIL_MODE == "production"
DEMO = SAMSPIL_MODE == "demo"
TEST = SAMSPIL_MODE == "test"
VAR = Path(env("SAMSPIL_VAR", default=str(ROOT / "var")))
(VAR / "static").mkdir(parents=True, exist_ok=True)

DEBUG = False
SECRET_KEY = env("SAMSPIL_SECRET_KEY") if PRODUCTION else "demo-and-tests-only-" + "k" * 40
ALLOWED_HOSTS = env.list(
    "SAMSPIL_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost", "testserver"]
)
BASE_URL = env("SAMSPIL_BASE_URL", default="http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https://") else []

INSTALLED_APPS = [
    "samspil.web",  # first, so that its templates dress allauth's pages
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "samspil.kit",
    "samspil.organisation",
    "samspil.initiative",
    "samspil.participation",
    "samspil.involvement",
    "samspil.business_case",
    "samspil.dialogue",
    "samspil.benefits",
]

MIDDLEWARE = [
    "samspil.web.middleware.request_log",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "samspil.web.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samspil.web.middleware.refusals",
]

ROOT_URLCONF = "samspil.web.urls"
WSGI_APPLICATION = "samspil.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "samspil.web.context.page",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "samspil.kit.templatetags.kit"],
        },
    }
]
COTTON_DIR = "cotton"

DATABASES = {"default": profile(env("DATABASE_URL", default="") or f"sqlite:///{VAR / 'samspil.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}
    if PRODUCTION
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

AUTH_USER_MODEL = "organisation.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

# An identity is issuer + subject; an e-mail address never links accounts.
ACCOUNT_ADAPTER = "samspil.web.signin.LocalAccounts"
SOCIALACCOUNT_ADAPTER = "samspil.web.signin.IdentityProviders"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_STORE_TOKENS = False
OIDC = env.json("SAMSPIL_OIDC", default=[])
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": OIDC}}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_TOTP_ISSUER = "Samspil"

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["samspil.web.formats"]
TIME_ZONE = "UTC"
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = TEST  # there each test has a server of its own, and would list every file anew
DATA_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # a table of forty lines and ten years has a field for each cell
FILE_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("SAMSPIL_BEHIND_PROXY", default=False) else None
)
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = policy(OIDC)

EMAIL_BACKEND = env(
    "SAMSPIL_EMAIL_BACKEND",
    default="django.core.mail.backends.smtp.EmailBackend"
    if PRODUCTION
    else "django.core.mail.backends.filebased.EmailBackend",
)
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = env("SAMSPIL_SMTP_HOST", default="localhost")
EMAIL_TIMEOUT = 20
EMAIL_PORT = env.int("SAMSPIL_SMTP_PORT", default=25)
EMAIL_HOST_USER = env("SAMSPIL_SMTP_USER", default="")
EMAIL_HOST_PASSWORD = env("SAMSPIL_SMTP_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("SAMSPIL_SMTP_TLS", default=PRODUCTION)
DEFAULT_FROM_EMAIL = env("SAMSPIL_MAIL_FROM", default="samspil@fjordby.example")

LOGGING = logging_of(SAMSPIL_MODE)
SILENCED_SYSTEM_CHECKS: list[str] = []
