"""From the ledger to the recipient: letters written, sent and shown before they leave."""
