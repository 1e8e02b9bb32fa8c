"""People, their positions, and institutions: judged as sets of names."""

from collections.abc import Iterable, Sequence

from scripts.evaluation.annotation import Institution, Person, Position
from scripts.evaluation.counts import Count, Fault, Outcome
from scripts.evaluation.names import all_comparable, comparable
from scripts.evaluation.text import sentence_of

Named = Person | Institution


def judge_names(figure: str, text: str, gold: Sequence[Named], found: Sequence[Named]) -> Outcome:
    """An entity is found when a name or alias is the same; one prediction may find several."""
    known = [_names(entity) for entity in gold]
    given = [_names(entity) for entity in found]
    met = [any(names & others for others in given) for names in known]
    required = [(entity, hit) for entity, hit in zip(gold, met, strict=True) if not entity.optional]
    missed = [entity for entity, hit in required if not hit]
    strange = [
        entity for entity, names in zip(found, given, strict=True) if not any(names & n for n in known)
    ]
    count = Count(len(required) - len(missed), len(strange), len(missed))
    faults = [_fault(figure, "missed", text, entity) for entity in missed]
    faults += [_fault(figure, "spurious", text, entity) for entity in strange]
    return Outcome({figure: count}, tuple(faults))


def judge_positions(text: str, gold: Sequence[Person], found: Sequence[Person]) -> Outcome:
    """The positions of the required people that were found, institution and title joined."""
    by_name = {comparable(person.name): person for person in found}
    total, faults = Count(), []
    for person in gold:
        other = by_name.get(comparable(person.name))
        if other is None or person.optional:
            continue
        wanted, got = _posts(person.positions), _posts(other.positions)
        spurious = got - wanted - _posts(person.positions_optional)
        total += Count(len(wanted & got), len(spurious), len(wanted - got))
        sentence = sentence_of(text, [person.name])
        for problem, posts in (("missed", wanted - got), ("spurious", spurious)):
            faults += [
                Fault("positions", problem, f"{person.name}: {post}", sentence, rule=other.rule)
                for post in sorted(posts)
            ]
    return Outcome({"positions": total}, tuple(faults))


def _names(entity: Named) -> frozenset[str]:
    return all_comparable((entity.name, *entity.aliases))


def _posts(positions: Iterable[Position]) -> frozenset[str]:
    return all_comparable((post.institution or "") + (post.title or "") for post in positions)


def _fault(figure: str, problem: str, text: str, entity: Named) -> Fault:
    sentence = sentence_of(text, (entity.name, *entity.aliases))
    return Fault(figure, problem, entity.name, sentence, rule=entity.rule)
