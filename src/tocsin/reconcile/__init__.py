"""Claims to figures: what an event comes to, by a rule that has a name, and what the events of a record come to."""

from tocsin.reconcile.events import apply_rule, reconcile_events
from tocsin.reconcile.rules import DEFAULT_RULE, RULES, rule_named

__all__ = ["DEFAULT_RULE", "RULES", "apply_rule", "reconcile_events", "rule_named"]
