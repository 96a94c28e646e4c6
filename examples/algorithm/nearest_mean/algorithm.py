import numpy as np
from weft_ml.algorithms.base import Outcome
from weft_ml.features import LinearFeatures


class NearestMean:
    def fit(self, job):
        features = LinearFeatures.learn(job.signature.features, job.train.table)
        matrix = features.matrix(job.train.table)
        means = np.stack([matrix[job.train.target == k].mean(axis=0) for k in range(job.classes)])
        sharpness = job.options.get("sharpness", 1.0)
        return Outcome(
            fitted=Means(features, means, sharpness), parameters={"sharpness": sharpness}
        )

    def load(self, folder, signature, classes, part):
        features = LinearFeatures.from_json(signature.features, part["features"])
        return Means(features, np.array(part["means"]), part["sharpness"])


class Means:
    def __init__(self, features, means, sharpness):
        self.features, self.means, self.sharpness = features, means, sharpness

    def predict(self, table):
        apart = np.linalg.norm(self.features.matrix(table)[:, None] - self.means, axis=2)
        powers = np.exp(-self.sharpness * (apart - apart.min(axis=1, keepdims=True)))
        return powers / powers.sum(axis=1, keepdims=True)

    def write(self, folder):
        return {
            "features": self.features.to_json(),
            "means": self.means.tolist(),
            "sharpness": self.sharpness,
        }
