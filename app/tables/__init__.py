"""The rows. Importing this package makes all tables known to `SQLModel.metadata`."""

from app.tables import columns as columns  # first: it names the constraints of all others
from app.tables.actors import Actor, ActorAlias, ActorMention
from app.tables.articles import Article
from app.tables.bands import ArticleBand, ProposalBand
from app.tables.claims import ArticleCast, ArticleClaim, Claim
from app.tables.imports import ImportOutcome, ImportRun, ImportSource
from app.tables.keys import ApiKey
from app.tables.merges import MergedArticle, PersonMerge
from app.tables.metrics import Metric, MetricRegion, MetricTheme
from app.tables.positions import Position
from app.tables.postings import Posting, PostingList, PostingPair
from app.tables.proposals import Proposal, ProposalRegion, ProposalSpeaker, ProposalTheme
from app.tables.regions import Region, RegionAlias, RegionAncestor
from app.tables.themes import Theme, ThemeAlias
from app.tables.versions import DataVersion

__all__ = [
    "Actor",
    "ActorAlias",
    "ActorMention",
    "ApiKey",
    "Article",
    "ArticleBand",
    "ArticleCast",
    "ArticleClaim",
    "Claim",
    "DataVersion",
    "ImportOutcome",
    "ImportRun",
    "ImportSource",
    "MergedArticle",
    "Metric",
    "MetricRegion",
    "MetricTheme",
    "PersonMerge",
    "Position",
    "Posting",
    "PostingList",
    "PostingPair",
    "Proposal",
    "ProposalBand",
    "ProposalRegion",
    "ProposalSpeaker",
    "ProposalTheme",
    "Region",
    "RegionAlias",
    "RegionAncestor",
    "Theme",
    "ThemeAlias",
]
