"""Levy modes and natures of levy that do not go together: DEC-073 to 076."""

from tongguan.domain.declarations.problems.form import REFUSED
from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

LEVY_MODE_UNSUPPORTED = Problem(
    code="DEC-073",
    status=REFUSED,
    title=_("Levy mode is not supported"),
    detail=_("Line {line}: no rule says what is levied under levy mode {mode}."),
    remedy=_("Declare another levy mode, or ask the office of declaration."),
)
NATURE_MISSING = Problem(
    code="DEC-074",
    status=REFUSED,
    title=_("Nature of levy is missing"),
    detail=_("Line {line}: levy mode {mode} claims a relief, but no nature of levy is declared."),
    remedy=_("State the nature of levy of your certificate, or declare levy mode 1."),
)
LEVY_MISFIT = Problem(
    code="DEC-075",
    status=REFUSED,
    title=_("Levy mode does not fit the nature of levy"),
    detail=_("Line {line}: goods of nature {nature} are not levied by levy mode {mode}."),
    remedy=_("Correct the nature of levy, or declare one of its levy modes: {modes}."),
)
LEVY_SUPERVISION = Problem(
    code="DEC-076",
    status=REFUSED,
    title=_("Nature of levy does not fit the supervision mode"),
    detail=_("Line {line}: a relief of nature {nature} is not given under {supervision}."),
    remedy=_("Correct the nature of levy, or the supervision mode."),
)
