"""The plan of a run: the parts in which its recording is prepared, sent and put together. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from lib.model import Analysis, Gap, Part
from lib.recordings.cuts import CutRule, Stretch, cut_by_rule, find_surroundings
from lib.recordings.encoding_ladder import Encoding
from lib.recordings.step import Step, describe_step
from lib.recordings.ways import NO_WISHES, Way, Wishes, steps_of

_SHORTEST_CORE = 0.001  # seconds
UNDER_WAY = Gap("not sent", "It is still under way.")


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """A part as it is to be sent: its answer counts for `core`; `step` prepares its file."""

    core: Stretch
    sent: Stretch
    step: Step


@dataclass(frozen=True, slots=True)
class PartsPlan:
    """The parts of a recording, in the order of time, and the rule by which their cuts move."""

    parts: tuple[PlannedPart, ...]
    rule: CutRule | None = None


@dataclass(frozen=True, slots=True)
class PreparedPart:
    """A part whose file was made: what it holds of the recording, in seconds, read back from it.

    `number` counts from 0; `sent` says in words what was made. `damaged` says that none could be
    made, as stretches cannot be read; with `skip_damage` somebody wants the rest of it.
    """

    number: int
    start: float
    end: float
    sent: str
    damaged: bool = False
    skip_damage: bool = False


def plan_of_way(way: Way | None, wishes: Wishes = NO_WISHES) -> PartsPlan | None:
    """The plan for a way to send a recording; None where it is sent as it is."""
    if way is None or way.work is None:
        return None
    steps = steps_of(way, wishes)
    return PartsPlan(
        tuple(
            PlannedPart(part.core, part.sent, step)
            for part, step in zip(way.parts, steps, strict=True)
        ),
        way.rule,
    )


def cut_surroundings(plan: PartsPlan) -> tuple[Stretch, ...]:
    """Where pauses would move the cuts of a plan; none where no cut moves."""
    return find_surroundings(_stretch(plan), plan.rule) if plan.rule else ()


def move_cuts(plan: PartsPlan, pauses: Iterable[Stretch]) -> PartsPlan:
    """The plan with each cut in a pause where one is near; moved once more, it is the same."""
    if plan.rule is None:
        return plan
    moved = []
    for part, (core, sent) in zip(
        plan.parts, cut_by_rule(_stretch(plan), plan.rule, pauses), strict=True
    ):
        end = None if part.step.end is None else sent.end
        moved.append(PlannedPart(core, sent, replace(part.step, start=sent.start, end=end)))
    return replace(plan, parts=tuple(moved))


def sending_fields(plan: PartsPlan) -> dict[str, object]:
    """What tells a plan from another one of the same recording, wherever its cuts lie.

    That is the stretch that is sent, and how: as JSON takes it.
    """
    first, last = plan.parts[0], plan.parts[-1]
    return {
        **asdict(first.step),
        "start": first.core.start,
        "end": None if last.step.end is None else last.core.end,
        "parts": len(plan.parts),
        "overlap": round(first.sent.end - first.core.end, 3),
    }


def pack_plan(plan: PartsPlan) -> str:
    """A plan as a column holds it: JSON."""
    return json.dumps(asdict(plan))


def unpack_plan(text: str) -> PartsPlan:
    """The plan that `pack_plan` packed."""
    values = json.loads(text)
    rule = values.get("rule")  # older ones have none
    return PartsPlan(tuple(map(_unpack_part, values["parts"])), CutRule(**rule) if rule else None)


def pack_part(part: PreparedPart) -> str:
    """A prepared part as a column holds it: JSON."""
    return json.dumps(asdict(part))


def unpack_part(text: str) -> PreparedPart:
    """The part that `pack_part` packed."""
    return PreparedPart(**json.loads(text))


def unprepared_part(plan: PartsPlan, number: int) -> PreparedPart:
    """A part of which no file could be made, at the times that were planned."""
    planned = plan.parts[number]
    return PreparedPart(number, planned.sent.start, planned.sent.end, "")


def step_of_part(plan: PartsPlan, number: int, part: PreparedPart | None) -> Step:
    """The step that prepares a part, as somebody wants it who has seen what `part` says."""
    step = plan.parts[number].step
    return replace(step, skip_damage=True) if part and part.skip_damage else step


def session_parts(
    plan: PartsPlan,
    prepared: Mapping[int, PreparedPart],
    outcomes: Mapping[int, Analysis | Gap],
) -> tuple[Part, ...]:
    """The parts of the session, by what is known of each until now; what is not, is under way.

    A file begins at a keyframe and ends with a picture, so that what it holds is not quite what
    was planned. Where two parts meet, the seam is moved into what both hold.
    """
    held = [
        prepared.get(number) or unprepared_part(plan, number) for number in range(len(plan.parts))
    ]
    edges = [max(plan.parts[0].core.start, held[0].start)]
    for number in range(1, len(held)):
        edges.append(max(_seam(plan, held, number), edges[-1] + _SHORTEST_CORE))
    goes_on = plan.parts[-1].step.end is None and held[-1].number in prepared
    end = held[-1].end if goes_on else plan.parts[-1].core.end
    edges.append(max(end, edges[-1] + _SHORTEST_CORE))
    return tuple(
        Part(
            start=each.start,
            end=max(each.end, end),
            core_start=start,
            core_end=end,
            outcome=outcomes.get(each.number, UNDER_WAY),
            sent=each.sent or describe_step(plan.parts[each.number].step),
        )
        for each, start, end in zip(held, edges[:-1], edges[1:], strict=True)
    )


def _stretch(plan: PartsPlan) -> Stretch:
    """What the parts count for together."""
    return Stretch(plan.parts[0].core.start, plan.parts[-1].core.end)


def _seam(plan: PartsPlan, held: Sequence[PreparedPart], number: int) -> float:
    """Where a part begins to count: where it was planned, as far as both neighbours have it."""
    planned = plan.parts[number].core.start
    return max(min(planned, held[number - 1].end), held[number].start)


def _unpack_part(values: dict[str, dict[str, object]]) -> PlannedPart:
    step = dict(values["step"])
    encoding = step.pop("encoding")
    made = Encoding(**encoding) if isinstance(encoding, dict) else None
    return PlannedPart(
        Stretch(**values["core"]),  # type: ignore[arg-type]
        Stretch(**values["sent"]),  # type: ignore[arg-type]
        Step(**step, encoding=made),  # type: ignore[arg-type]
    )
