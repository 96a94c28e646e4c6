package dev.weft.spark.mllib;

import static org.apache.spark.sql.functions.col;

import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import java.util.List;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.RegexTokenizer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The words of the one column that a model of words learns from. */
record WordStages(ModelSignature signature) implements FeatureStages {

  @Override
  public Dataset<Row> rows(Dataset<Row> rows) {
    return split() ? rows : rows.withColumn(MllibColumns.WORDS, col(MllibColumns.feature(0)));
  }

  @Override
  public List<PipelineStage> stages() {
    return split()
        ? List.of(
            new RegexTokenizer("words")
                .setInputCol(MllibColumns.feature(0))
                .setOutputCol(MllibColumns.WORDS)
                .setPattern(Words.BETWEEN))
        : List.of();
  }

  private boolean split() {
    return signature.features().get(0).kind() == FeatureKind.TEXT;
  }

  @Override
  public List<String> empty() {
    return List.of();
  }
}
