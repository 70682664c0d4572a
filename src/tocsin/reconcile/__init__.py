"""Claims to figures: what an event comes to, by a policy that has a name, and what the events of a record come to."""

from tocsin.reconcile.events import apply_policy, reconcile_events
from tocsin.reconcile.policies import DEFAULT_POLICY, POLICIES, policy_named

__all__ = ["DEFAULT_POLICY", "POLICIES", "apply_policy", "policy_named", "reconcile_events"]
