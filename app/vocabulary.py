"""The closed lists every room speaks in: kinds, qualifiers, levels. Imports nothing of ours."""

from enum import StrEnum


class Kind(StrEnum):
    """What a proposal is."""

    RECOMMENDATION = "recommendation"
    """A person or body asks that something be done."""
    PLAN = "plan"
    """A person or body says what it will do itself."""
    AGREEMENT = "agreement"
    """Two or more parties signed, agreed or set up something together."""


KIND_NAMES = {Kind.RECOMMENDATION: "建议", Kind.PLAN: "计划", Kind.AGREEMENT: "协议"}


class Joining(StrEnum):
    """How several values of one filter combine."""

    OR = "or"
    AND = "and"


class ActorKind(StrEnum):
    """Who can stand behind a proposal."""

    PERSON = "person"
    INSTITUTION = "institution"
    REGION = "region"
    """A place acting as a party: 两江新区与天府新区签署协议."""


class Qualifier(StrEnum):
    """How exactly a metric's value is meant."""

    ABOUT = "about"
    OVER = "over"
    AT_LEAST = "at_least"
    UNDER = "under"


class RegionLevel(StrEnum):
    """The rungs of the gazetteer."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    ZONE = "zone"
    """A functional area inside one or a few divisions: 两江新区, 西部科学城."""
    BLOC = "bloc"
    """A cooperation area over several divisions: 成渝地区, 长三角."""


class AttributionForm(StrEnum):
    """By which form of mention a proposal was tied to its speaker, strongest first."""

    EXPLICIT = "explicit"
    """Named with a post in the sentence itself."""
    SHORT = "short"
    """A bare name, surname with title or short form of a body."""
    PRONOUN = "pronoun"
    """他, 她, 双方, 两地, 代表们."""
    IMPLIED = "implied"
    """Speech that goes on without naming anyone."""
    NONE = "none"
    """No speaker is known."""


class FindingType(StrEnum):
    """What can be found in an article: a proposal, a metric, or the mention of an actor of some kind."""

    PROPOSAL = "proposal"
    METRIC = "metric"
    PERSON = "person"
    INSTITUTION = "institution"
    REGION = "region"


class Outcome(StrEnum):
    """What an import did with one article."""

    NEW = "new"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    FAILED = "failed"


class CitationStyle(StrEnum):
    """How a reference is written."""

    GBT7714_2025 = "gbt7714-2025"
    GBT7714_2015 = "gbt7714-2015"
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL_JSON = "csl-json"
