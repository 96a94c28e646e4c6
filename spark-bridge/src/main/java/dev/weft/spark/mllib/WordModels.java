package dev.weft.spark.mllib;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.clustering.LDAModel;
import org.apache.spark.ml.feature.CountVectorizerModel;
import org.apache.spark.ml.feature.IDFModel;
import org.apache.spark.ml.feature.Word2VecModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.mllib.clustering.LocalLDAModel;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** What models of words answer for a row. */
final class WordModels {

  private WordModels() {}

  /** The mean of the vectors of a row's words; a word that is not known counts as zeros. */
  record Embedding(Map<String, double[]> vectors, int size) implements RowModel {

    static Embedding of(Word2VecModel model) {
      Map<String, double[]> vectors = new HashMap<>();
      for (Row row : model.getVectors().collectAsList()) {
        vectors.put(row.getString(0), ((Vector) row.get(1)).toArray());
      }
      return new Embedding(vectors, model.getVectorSize());
    }

    @Override
    public @Nullable Object[] answer(@Nullable Object[] features) {
      List<String> words = Words.of(features[0]);
      double[] sum = new double[size];
      for (String word : words) {
        double[] vector = vectors.get(word);
        for (int i = 0; vector != null && i < size; i++) {
          sum[i] += vector[i];
        }
      }
      double share = words.isEmpty() ? 0 : 1.0 / words.size();
      return new Object[] {Arrays.stream(sum).mapToObj(value -> value * share).toList()};
    }
  }

  /** Word to weight, the commonest word of all rows first. */
  record Terms(WordCounts counts, List<String> vocabulary, Vector idf) implements RowModel {

    static Terms of(CountVectorizerModel counts, IDFModel idf) {
      return new Terms(WordCounts.of(counts), List.of(counts.vocabulary()), idf.idf());
    }

    @Override
    public @Nullable Object[] answer(@Nullable Object[] features) {
      Map<String, Double> terms = new LinkedHashMap<>();
      counts
          .in(features[0])
          .forEach((place, n) -> terms.put(vocabulary.get(place), n * idf.apply(place)));
      return new Object[] {terms};
    }
  }

  /** The likeliest topic, from 0, and the share of each; null for a row without a known word. */
  record Topics(WordCounts counts, LocalLDAModel model) implements RowModel {

    static Topics of(CountVectorizerModel counts, LDAModel model) {
      return new Topics(WordCounts.of(counts), model.oldLocalModel());
    }

    @Override
    public @Nullable Object[] answer(@Nullable Object[] features) {
      Map<Integer, Double> found = counts.in(features[0]);
      if (found.isEmpty()) {
        return new Object[] {null, null};
      }
      int[] places = found.keySet().stream().mapToInt(Integer::intValue).toArray();
      double[] values = found.values().stream().mapToDouble(Double::doubleValue).toArray();
      double[] shares =
          model.topicDistribution(Vectors.sparse(counts.places().size(), places, values)).toArray();
      return new Object[] {ClassValues.likeliest(shares), Arrays.stream(shares).boxed().toList()};
    }
  }
}
