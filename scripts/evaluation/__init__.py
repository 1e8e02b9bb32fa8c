"""How well the extraction does: its findings held against annotated articles, for scripts/evaluate.py.

Nothing here is served and nothing in app/ knows of it. What counts as right is defined in
tests/gold/README.md; the way of the data is

    annotation.load → gold ┐
    predicting.predict ────┴→ judging.judge → Judgement → evaluations.Evaluation → tables, reports, floors
"""
