"""What has happened: facts, opened cycles, the ledger of notices, packages, runs and the audit chain."""
