package dev.weft.spark.mllib;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Users and items by number, whatever names they have; rows that lack one are not learnt from. */
record RatingStages() implements FeatureStages {

  private static final List<String> COLUMNS =
      List.of(MllibColumns.feature(0), MllibColumns.feature(1));

  @Override
  public Dataset<Row> rows(Dataset<Row> rows) {
    Dataset<Row> texts = rows;
    for (String column : COLUMNS) {
      texts = texts.withColumn(column, col(column).cast("string"));
    }
    return texts;
  }

  @Override
  public List<PipelineStage> stages() {
    return Stream.of("user", "item")
        .<PipelineStage>map(
            role -> {
              String column = COLUMNS.get(role.equals("user") ? 0 : 1);
              return new StringIndexer(role)
                  .setInputCol(column)
                  .setOutputCol(FeaturePipeline.index(column))
                  .setStringOrderType("alphabetAsc")
                  .setHandleInvalid("skip");
            })
        .toList();
  }

  @Override
  public List<String> empty() {
    return List.of();
  }
}
