"""Reads of this room."""

from tongguan.domain.coordination.models import Instruction
from tongguan.domain.coordination.values import InstructionRow
from tongguan.kernel.identifiers import DeclarationId


def instructions_of(declaration_id: DeclarationId) -> tuple[InstructionRow, ...]:
    """Return what stopped a declaration by hand, earliest first."""
    found = Instruction.objects.filter(declaration=declaration_id).order_by("stopped_at", "hold")
    return tuple(
        InstructionRow(*columns)
        for columns in found.values_list(
            "hold",
            "reason",
            "stopped_by",
            "stopped_at",
            "lift_words",
            "lift_asked_by",
            "lift_asked_at",
            "lifted_by",
            "lifted_at",
        )
    )
