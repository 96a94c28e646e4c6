package dev.weft.spark.mllib;

import java.util.List;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How the columns of a training become what its algorithm reads. */
interface FeatureStages {

  /** The rows with what the stages read; part of no model. */
  Dataset<Row> rows(Dataset<Row> rows);

  /** The stages, which are part of the model. */
  List<PipelineStage> stages();

  /** Names of features that have no value in any training row. */
  List<String> empty();
}
