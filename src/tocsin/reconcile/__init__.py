"""Claims to figures: what an event comes to, by a policy that has a name, and what the events of a record come to."""

from tocsin.reconcile.events import apply_policy, reconcile_events
from tocsin.reconcile.policies import DEFAULT_POLICY, POLICIES, policy_named
from tocsin.reconcile.sums import Sums, make_sums

__all__ = ["DEFAULT_POLICY", "POLICIES", "Sums", "apply_policy", "make_sums", "policy_named", "reconcile_events"]
