"""The ledger of notices: what is owed to whom, its state, and the letters that left."""
