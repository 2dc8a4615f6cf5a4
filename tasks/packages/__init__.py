"""The input package of a cycle: what goes into it, its versions, when it is final."""
