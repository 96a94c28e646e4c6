"""Weft's machine-learning runtime: a Flight service whose actors train models and answer with them.

The walk: ``service`` takes control messages, ``actors`` runs ``Trainer`` and ``Predictor`` on Ray;
both are Flight servers that Spark's tasks reach directly. ``algorithms`` has one file for each.
"""
