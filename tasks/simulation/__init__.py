"""The results of a simulation, as a chart and as tables."""
