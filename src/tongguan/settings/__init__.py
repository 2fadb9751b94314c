"""What an operator may set, read once from the environment at start.

No default is unsafe in production. The profiles `demo` and `test` keep secrets of their own
making under TONGGUAN_HOME and serve this machine only. What law or region sets is dated data in
`regions/`.
"""

from datetime import date
from os import environ
from pathlib import Path

from tongguan.facilities.database.address import django_database, embedded_url
from tongguan.facilities.log import logging_of
from tongguan.kernel.time import LOCAL

from .apps import LIBRARIES, OURS
from .environment import Environment
from .mail import ESCAPES, FILES, GIVE, NONE, mail_settings
from .stored import stored_secret

env = Environment(environ)
package = Path(__file__).parent.parent

# Where and as what this installation runs.
PROFILE = env.choice("TONGGUAN_PROFILE", among=("production", "demo", "test"), default="production")
HOME = env.path("TONGGUAN_HOME", default=Path("~/.tongguan"))
KEYS_DIR = env.path("TONGGUAN_KEYS", default=HOME / "keys")
# A token of an HSM, in which signing keys are made; all three or none (HSM-001).
PKCS11_MODULE = env.optional_path("TONGGUAN_PKCS11_MODULE")
PKCS11_TOKEN = env.text("TONGGUAN_PKCS11_TOKEN", give="the label of a token", default="")
PKCS11_PIN_FILE = env.optional_path("TONGGUAN_PKCS11_PIN_FILE")
FILES_DIR = env.path("TONGGUAN_FILES", default=HOME / "files")
CHECKPOINTS_TO = env.optional_path("TONGGUAN_CHECKPOINTS_TO")
METRICS_TOKEN = env.text(
    "TONGGUAN_METRICS_TOKEN", give="20 or more random characters", default="", least_length=20
)
LEDGER_WITNESSES = env.keys("TONGGUAN_LEDGER_WITNESSES")
installed, checkout = package / "regions", package.parent.parent / "regions"
packs = installed if installed.is_dir() else checkout
verifiers = [package / "verify", package.parent.parent / "docs" / "verify"]
VERIFIER = next(filter(Path.is_dir, verifiers), verifiers[0]) / "verify_draw.py"
REGION_DIR = env.path("TONGGUAN_REGION", default=packs / "jingjinji")
in_production = PROFILE == "production"
DEMONSTRATION = PROFILE == "demo"
STYLE_PAGE = not in_production
DEBUG = False

# Who may ask, and how answers are protected.
if in_production or "TONGGUAN_SECRET_KEY" in environ:
    SECRET_KEY = env.text(
        "TONGGUAN_SECRET_KEY", give="50 or more random characters", least_length=50
    )
else:
    SECRET_KEY = stored_secret(HOME / "secret_key")
# Believed and opened, while a change of the secret goes from node to node; nothing is signed by it.
SECRET_KEY_BEFORE = env.text(
    "TONGGUAN_SECRET_KEY_BEFORE",
    give="the former secret, of 50 or more characters, or nothing",
    default="",
    least_length=50,
)
SECRET_KEY_FALLBACKS = [SECRET_KEY_BEFORE] if SECRET_KEY_BEFORE else []
ALLOWED_HOSTS = env.words(
    "TONGGUAN_HOSTS",
    give="the host names served, with spaces between",
    default=None if in_production else ["localhost", "127.0.0.1", "[::1]", "testserver"],
)
if in_production and any("*" in host for host in ALLOWED_HOSTS):
    env.note("TONGGUAN_HOSTS has a *: any host would be served. Give the host names served.")
HTTPS = env.flag("TONGGUAN_HTTPS", default=in_production)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS]
BEHIND_PROXY = env.flag("TONGGUAN_BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # else all who sign in would be counted as one
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # browsers' lists of domains are the owner's to join
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_NAME = "tongguan_session"
LANGUAGE_COOKIE_NAME = "tongguan_language"
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024  # a batch of 10,000 declarations
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # the long form

# How much one request may take of the web server.
SILENT_SECONDS = env.number(
    "TONGGUAN_SILENT_SECONDS", default=30, least=1, most=600, unit="seconds"
)
LONG_SECONDS = env.number("TONGGUAN_LONG_SECONDS", default=300, least=1, most=3_600, unit="seconds")
WORKER_MB = env.number("TONGGUAN_WORKER_MB", default=2_048, least=64, most=1_048_576, unit="MB")

# The database.
STATEMENT_MS = env.number(
    "TONGGUAN_STATEMENT_MS", default=5_000, least=100, most=600_000, unit="milliseconds"
)
DATABASE_URL = env.text("DATABASE_URL", give="an address", default=embedded_url(HOME))
try:
    DATABASES = {"default": django_database(DATABASE_URL, statement_ms=STATEMENT_MS)}
except ValueError as error:
    give = "postgresql://name:password@host/database"
    env.note(f"DATABASE_URL: {error}; {ESCAPES}. Give {give}.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What all processes count together, as tries at signing in.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_count",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# The parts.
INSTALLED_APPS = [*OURS, *LIBRARIES]
MIDDLEWARE = [
    "tongguan.interfaces.public.health.Health",
    "tongguan.interfaces.server.middleware.Who",
    "tongguan.interfaces.public.request_counters.RequestCounters",
    "django.middleware.security.SecurityMiddleware",
    "tongguan.interfaces.pages.middleware.ContentSecurityPolicy",
    "tongguan.interfaces.pages.middleware.NoStore",
    "tongguan.interfaces.pages.limits.SmallForms",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "tongguan.interfaces.api.middleware.Problems",
    "tongguan.interfaces.door.Door",  # whatever stands below may trust that all texts are text
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tongguan.interfaces.api.own_password.OwnPassword",
    "tongguan.interfaces.api.second_factor.SecondFactor",
]
ROOT_URLCONF = "tongguan.interfaces.urls"
WSGI_APPLICATION = "tongguan.interfaces.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tongguan.interfaces.pages.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.append("django.forms")

# Words, and how moments are shown; they are stored in UTC.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = sorted(package.rglob("locale"))
TIME_ZONE = LOCAL.key
USE_TZ = True

# Signing in.
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["tongguan.facilities.accounts.sign_in.AccountBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "tongguan.facilities.accounts.sign_in.SignInAdapter"
ACCOUNT_FORMS = {
    "change_password": "tongguan.facilities.accounts.sign_in_form.ChangeForm",
    "login": "tongguan.facilities.accounts.sign_in_form.SignInForm",
    "reauthenticate": "tongguan.facilities.accounts.sign_in_form.AgainForm",
    "reset_password": "tongguan.facilities.accounts.sign_in_form.ResetForm",
    "reset_password_from_key": "tongguan.facilities.accounts.sign_in_form.ChosenForm",
}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # else anybody could have mails sent to anybody
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {
    "login_failed": None,  # else five wrong codes shut the owner out; accounts.factor_tries counts
    "reauthenticate": None,  # counted as signing in is
    "login": "120/m/ip",  # what is heard of these is counted by facilities.accounts.guarding
    "reset_password": "20/m/ip,3/10m/key",
}
PASSWORD_RESET_TIMEOUT = 2 * 60 * 60
ACCOUNT_EMAIL_VERIFICATION = "none"  # officers and enterprises are registered, not self-made
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
MFA_ADAPTER = "tongguan.facilities.accounts.sign_in.SecondFactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the address of an account is confirmed or it is not there
MFA_FORMS = {
    "activate_totp": "tongguan.facilities.accounts.factor_forms.AddAppForm",
    "add_webauthn": "tongguan.facilities.accounts.factor_forms.AddKeyForm",
    "authenticate": "tongguan.facilities.accounts.factor_forms.CodeForm",
    "authenticate_webauthn": "tongguan.facilities.accounts.factor_forms.KeyForm",
    "edit_webauthn": "tongguan.facilities.accounts.factor_forms.NameForm",
    "reauthenticate": "tongguan.facilities.accounts.factor_forms.CodeAgainForm",
    "reauthenticate_webauthn": "tongguan.facilities.accounts.factor_forms.KeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Tongguan 通关"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if PROFILE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, tests only
PASSWORD_HASHERS.append("tongguan.facilities.accounts.hashing.RandomSecretHasher")
SECOND_FACTOR_FROM = env.day_or_no(
    "TONGGUAN_SECOND_FACTOR_FROM", default=date.min if in_production else None
)

# Software signs in with client credentials; whatever RFC 9700 advises against is off.
OAUTH2_PROVIDER = {
    "SCOPES": {"api": "everything that the client's account may do"},
    "DEFAULT_SCOPES": ["api"],
    "ACCESS_TOKEN_EXPIRE_SECONDS": 60 * 60,
    "ACCESS_TOKEN_GENERATOR": "tongguan.facilities.accounts.tokens.new_token",
    "CLIENT_SECRET_HASHER": "sha256_of_random",
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_SCHEME": True,
    "COMPLIANT_BCP_RFC9700_REFRESH_TOKEN": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
}

# Static files: gathered under names that change with the content, served by the server itself.
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
if PROFILE != "test":
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }

# Mails: reset of passwords, and what was changed in an account.
mail = env.text("TONGGUAN_MAIL", give=GIVE, default=None if in_production else FILES)
MAIL_OFFERED = mail != NONE
try:
    globals().update(mail_settings(mail or NONE, home=HOME))
except ValueError as error:
    env.note(f"TONGGUAN_MAIL: {error}. Give {GIVE}.")
LOGGING = logging_of(
    level=env.choice("TONGGUAN_LOG", among=("DEBUG", "INFO", "WARNING", "ERROR"), default="INFO"),
    form=env.choice("TONGGUAN_LOG_FORMAT", among=("text", "json"), default="text"),
)

env.stop_on_faults()
