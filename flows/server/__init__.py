"""The automation server on one machine: Prefect's server and worker, started and kept alive."""
