"""Plotly figures as plain specs, from what a chart shows; a figure decides nothing.

A spec is a dict as `go.Figure(spec).to_dict()` would give it. The tests validate each kind
once with Plotly; pages hand the dict over as it is (building and validating Figure objects
on each rerun costs twenty times as much).
"""
