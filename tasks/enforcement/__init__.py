"""From the rules and facts of a day to the notices in the ledger."""
