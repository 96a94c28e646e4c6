"""The table of algorithms: one line here, one file and one JSON declaration each."""

from __future__ import annotations

from importlib import import_module

from weft_ml.algorithms import installed
from weft_ml.algorithms.base import Algorithm
from weft_ml.errors import ModelCorruptError

# The file and the class of each; a class that fits several is given the name.
ALONE = {
    "lightgbm": "lightgbm_trees.LightGbm",
    "xgboost": "xgboost_trees.XgBoost",
    "sklearn_logistic_regression": "sklearn_logistic_regression.LogisticRegression",
    "sklearn_ridge": "sklearn_ridge.Ridge",
    "sklearn_hist_gradient_boosting": "sklearn_hist_gradient_boosting.HistGradientBoosting",
    "sklearn_k_neighbors": "sklearn_k_neighbors.KNeighbors",
    "sklearn_linear_svm": "sklearn_linear_svm.LinearSvm",
    "sklearn_svm": "sklearn_svm.Svm",
    "sklearn_mlp": "sklearn_mlp.Mlp",
    "sklearn_k_means": "sklearn_k_means.KMeans",
    "sklearn_gaussian_mixture": "sklearn_gaussian_mixture.Mixture",
    "torch_mlp": "torch_mlp.TorchMlp",
    "torch_image_classifier": "torch_image_classifier.TorchImageClassifier",
    "onnx": "onnx_model.OnnxFile",
}
NAMED = {
    "sklearn_linear_regression": "sklearn_linear_models.LinearModel",
    "sklearn_lasso": "sklearn_linear_models.LinearModel",
    "sklearn_elastic_net": "sklearn_linear_models.LinearModel",
    "sklearn_decision_tree": "sklearn_forests.Forest",
    "sklearn_random_forest": "sklearn_forests.Forest",
    "sklearn_extra_trees": "sklearn_forests.Forest",
    "sklearn_gaussian_naive_bayes": "sklearn_naive_bayes.NaiveBayes",
    "sklearn_bernoulli_naive_bayes": "sklearn_naive_bayes.NaiveBayes",
    "sklearn_multinomial_naive_bayes": "sklearn_naive_bayes.NaiveBayes",
}


def algorithm(name: str) -> Algorithm:
    """The algorithm of a canonical name; only its own library is imported."""
    place = ALONE.get(name) or NAMED.get(name)
    if place is None:
        own = installed.find(name)
        if own is None:
            raise ModelCorruptError(
                f"there is no algorithm '{name}' in this version, and no package that has it"
            )
        return own
    module, _, kind = place.partition(".")
    found = getattr(import_module(f"weft_ml.algorithms.{module}"), kind)
    made: Algorithm = found() if name in ALONE else found(name)
    return made
