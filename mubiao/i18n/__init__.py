"""Both languages: messages, numbers, days and periods."""

from mubiao.i18n.language import CODES as CODES
from mubiao.i18n.language import LOCALES as LOCALES
from mubiao.i18n.language import Language as Language
from mubiao.i18n.language import language as language
