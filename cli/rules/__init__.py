"""Commands about policy packs: checking, comparing, rehearsing them."""
