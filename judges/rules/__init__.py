"""A judge made of rules: free, the same every time, and an alarm beside a judge that is a language model."""

from judges.rules.judge import RuleVerdict, judge_by_rules

__all__ = ["RuleVerdict", "judge_by_rules"]
