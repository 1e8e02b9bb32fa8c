"""Articles with all their findings, written whole or not at all; the caller opens and commits the session."""

from collections.abc import Sequence

from sqlmodel import Session

from app.errors import NotFoundError
from app.extraction.findings import Extraction
from app.store.batches import Batch
from app.store.drafts import Draft, Source, draft
from app.store.duplicates import Unlinked, leave_articles, link, link_articles
from app.store.identities import Identities
from app.store.places import Places
from app.store.removal import remove_findings, remove_unmentioned
from app.store.rows import Rows
from app.store.saved import Saved
from app.tables import Article


def save(session: Session, raw: Source, extraction: Extraction) -> Saved:
    """Store one article, as `save_all` does. Raises EvidenceError, and stores nothing, when a finding does
    not stand in the text."""
    return save_all(session, [draft(raw, extraction)])[0]


def save_all(session: Session, drafts: Sequence[Draft]) -> list[Saved]:
    """Store articles, in their order; the same text by the same extractor version is left as it is.

    By another version its findings are replaced, and by any where a stored article was extracted anew: the
    article keeps its id, and so do findings whose place and speakers are the same. Raises NotFoundError, and
    stores nothing, when such an article is no longer there.
    """
    return Batch(session).save(drafts)


def delete(session: Session, article_id: int) -> None:
    """Remove an article with its findings and the actors only it names. Raises NotFoundError."""
    article = session.get(Article, article_id)
    if article is None:
        raise NotFoundError("article", article_id)
    same = leave_articles(session, [article_id])
    former = remove_findings(session, article_id)
    session.delete(article)
    session.flush()
    rows = Rows(session)
    identities = Identities(session, rows, Places(session))
    identities.settle({}, former.claims)
    rows.write()
    unlinked = identities.apply()
    remove_unmentioned(session, former.actors)
    link(session, unlinked | Unlinked(others=former.unlinked))
    link_articles(session, (), same)
