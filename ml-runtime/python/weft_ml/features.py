"""Featurisers: what turns typed columns, nulls and unseen texts into a matrix, stored as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from weft_ml.arrays import Floats
from weft_ml.signature import Feature, Kind

Categories = dict[str, list[str]]
ROWS_OF_A_PART = 2048


@dataclass(frozen=True, slots=True)
class TreeFeatures:
    """One column per feature; null is NaN, a category its place in the list, an unseen one NaN."""

    features: tuple[Feature, ...]
    categories: Categories

    @staticmethod
    def learn(features: tuple[Feature, ...], table: pa.Table) -> TreeFeatures:
        """Collects the categories of a training part."""
        return TreeFeatures(features, _categories(features, table))

    def matrix(self, table: pa.Table) -> Floats:
        """Rows as numbers."""
        columns = [_numbers(table.column(f.name), f, self.categories) for f in self.features]
        out = np.empty((table.num_rows, len(columns)), dtype=np.float64)
        # Part by part, since each stays in the processor's cache until its last column.
        for start in range(0, table.num_rows, ROWS_OF_A_PART):
            part = slice(start, start + ROWS_OF_A_PART)
            for place, column in enumerate(columns):
                out[part, place] = column[part]
        return out

    def columns(self, table: pa.Table) -> pa.Table:
        """The same numbers column by column, ``f0``, ``f1`` and on, where nothing is copied.

        A feature's own name may hold what a library refuses.
        """
        columns = [_numbers(table.column(f.name), f, self.categories) for f in self.features]
        names = [f"f{place}" for place in range(len(columns))]
        return pa.table([pa.array(column) for column in columns], names=names)

    @property
    def categorical(self) -> list[int]:
        """The places of the categories."""
        return [i for i, f in enumerate(self.features) if f.kind is Kind.CATEGORY]

    def to_json(self) -> dict[str, Any]:
        """The form in ``model.json``."""
        return {"categories": self.categories}

    @staticmethod
    def from_json(features: tuple[Feature, ...], value: dict[str, Any]) -> TreeFeatures:
        """Reads the form in ``model.json``."""
        return TreeFeatures(features, value["categories"])


@dataclass(frozen=True, slots=True)
class LinearFeatures:
    """Scaled numbers with null as the mean, one column per category; unseen ones are all zero."""

    features: tuple[Feature, ...]
    categories: Categories
    means: dict[str, float]
    scales: dict[str, float]

    @staticmethod
    def learn(features: tuple[Feature, ...], table: pa.Table) -> LinearFeatures:
        """Learns means, scales and categories of a training part."""
        means: dict[str, float] = {}
        scales: dict[str, float] = {}
        for feature in features:
            if feature.kind is not Kind.CATEGORY:
                values = _numbers(table.column(feature.name), feature, {})
                known = values[np.isfinite(values)]
                means[feature.name] = float(known.mean()) if len(known) else 0.0
                scales[feature.name] = float(known.std()) if len(known) and known.std() > 0 else 1.0
        return LinearFeatures(features, _categories(features, table), means, scales)

    def matrix(self, table: pa.Table) -> Floats:
        """Rows as numbers."""
        parts = [self._part(table.column(feature.name), feature) for feature in self.features]
        return np.hstack(parts) if parts else np.empty((table.num_rows, 0))

    def widths(self) -> list[int]:
        """How many columns each feature has in the matrix."""
        return [
            len(self.categories[f.name]) if f.kind is Kind.CATEGORY else 1 for f in self.features
        ]

    def _part(self, column: pa.ChunkedArray, feature: Feature) -> Floats:
        values = _numbers(column, feature, self.categories)
        if feature.kind is Kind.CATEGORY:
            width = len(self.categories[feature.name])
            return np.asarray(values[:, None] == np.arange(width), dtype=np.float64)
        mean = self.means[feature.name]
        filled = np.where(np.isfinite(values), values, mean)
        return np.asarray((filled - mean) / self.scales[feature.name])[:, None]

    def to_json(self) -> dict[str, Any]:
        """The form in ``model.json``."""
        return {"categories": self.categories, "means": self.means, "scales": self.scales}

    @staticmethod
    def from_json(features: tuple[Feature, ...], value: dict[str, Any]) -> LinearFeatures:
        """Reads the form in ``model.json``."""
        return LinearFeatures(features, value["categories"], value["means"], value["scales"])


def _categories(features: tuple[Feature, ...], table: pa.Table) -> Categories:
    return {
        f.name: sorted(v for v in pc.unique(table.column(f.name)).to_pylist() if v is not None)
        for f in features
        if f.kind is Kind.CATEGORY
    }


def _numbers(column: pa.ChunkedArray, feature: Feature, categories: Categories) -> Floats:
    if feature.kind is Kind.CATEGORY:
        if not pa.types.is_large_string(column.type):
            column = column.cast(pa.string())
        known = pa.array(categories[feature.name], column.type)
        column = pc.index_in(column, value_set=known, skip_nulls=True)
    return np.asarray(column.cast(pa.float64()).to_numpy(), dtype=np.float64)
