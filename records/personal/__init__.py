"""Personal values apart from the seal: the sealed row holds a salted hash, the value lies beside it."""
