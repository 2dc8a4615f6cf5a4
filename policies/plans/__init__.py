"""The plan of a cycle: its milestones, and the notices that are scheduled around them."""
