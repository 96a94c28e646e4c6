package dev.weft.spark.mllib;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The rating of a user and an item; null where training has seen one of them never. */
record RatingModel(Map<String, float[]> users, Map<String, float[]> items) implements RowModel {

  static RatingModel of(List<StringIndexerModel> indexers, ALSModel model) {
    return new RatingModel(
        factors(indexers.get(0), model.userFactors()),
        factors(indexers.get(1), model.itemFactors()));
  }

  private static Map<String, float[]> factors(StringIndexerModel indexer, Dataset<Row> factors) {
    String[] names = indexer.labelsArray()[0];
    Map<String, float[]> byName = new HashMap<>();
    for (Row row : factors.collectAsList()) {
      List<Float> given = row.getList(1);
      float[] numbers = new float[given.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = given.get(i);
      }
      byName.put(names[row.getInt(0)], numbers);
    }
    return byName;
  }

  @Override
  public @Nullable Object[] answer(@Nullable Object[] features) {
    float[] user = features[0] == null ? null : users.get(features[0].toString());
    float[] item = features[1] == null ? null : items.get(features[1].toString());
    if (user == null || item == null) {
      return new Object[] {null};
    }
    double rating = 0;
    for (int i = 0; i < user.length; i++) {
      rating += (double) user[i] * item[i];
    }
    return new Object[] {rating};
  }
}
