package dev.weft.spark.mllib;

import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PredictionModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.ClassificationModel;
import org.apache.spark.ml.clustering.LDAModel;
import org.apache.spark.ml.feature.CountVectorizerModel;
import org.apache.spark.ml.feature.IDFModel;
import org.apache.spark.ml.feature.PCAModel;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.feature.Word2VecModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.ml.regression.IsotonicRegressionModel;

/** The function of one row that a fitted pipeline is. */
final class RowModels {

  private RowModels() {}

  @SuppressWarnings("unchecked")
  static RowModel of(PipelineModel pipeline, ModelSignature signature) {
    Transformer last = pipeline.stages()[pipeline.stages().length - 1];
    if (last instanceof ClassificationModel<?, ?> model) {
      return new ClassModel(
          RowVector.of(pipeline),
          (ClassificationModel<Vector, ?>) model,
          classes(pipeline, signature));
    }
    if (last instanceof PredictionModel<?, ?> model) {
      return new ValueModel.OfVector(RowVector.of(pipeline), (PredictionModel<Vector, ?>) model);
    }
    if (last instanceof IsotonicRegressionModel model) {
      return new ValueModel.OfSteps(RowVector.of(pipeline), model);
    }
    if (last instanceof PCAModel model) {
      return ProjectionModel.of(RowVector.of(pipeline), model);
    }
    if (last instanceof Word2VecModel model) {
      return WordModels.Embedding.of(model);
    }
    if (last instanceof IDFModel model) {
      return WordModels.Terms.of(one(pipeline, CountVectorizerModel.class), model);
    }
    if (last instanceof LDAModel model) {
      return WordModels.Topics.of(one(pipeline, CountVectorizerModel.class), model);
    }
    return last instanceof ALSModel model
        ? RatingModel.of(all(pipeline, StringIndexerModel.class), model)
        : ClusterModel.of(RowVector.of(pipeline), (Model<?>) last);
  }

  private static List<Object> classes(PipelineModel pipeline, ModelSignature signature) {
    String type = signature.label().map(Column::type).orElse("string");
    for (StringIndexerModel indexer : all(pipeline, StringIndexerModel.class)) {
      if (indexer.isSet(indexer.outputCol())
          && indexer.getOutputCol().equals(MllibColumns.LABEL_INDEX)) {
        return ClassValues.of(List.of(indexer.labelsArray()[0]), type);
      }
    }
    throw new IllegalStateException("it has no labels");
  }

  private static <T> T one(PipelineModel pipeline, Class<T> type) {
    return all(pipeline, type).get(0);
  }

  private static <T> List<T> all(PipelineModel pipeline, Class<T> type) {
    return Arrays.stream(pipeline.stages()).filter(type::isInstance).map(type::cast).toList();
  }
}
