"""When: the Prefect flows, the one clock, and the automation server."""
