"""The hands: each module joins the rooms below to do one thing to the world."""
