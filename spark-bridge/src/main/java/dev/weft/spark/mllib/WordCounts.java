package dev.weft.spark.mllib;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.feature.CountVectorizerModel;
import org.jspecify.annotations.Nullable;

/**
 * How often the known words are in a row.
 *
 * @param places word to its place in the vocabulary
 * @param least how often, from 1, or in which share of the words a word is there to count
 * @param binary whether each counts once
 */
record WordCounts(Map<String, Integer> places, double least, boolean binary)
    implements Serializable {

  static WordCounts of(CountVectorizerModel model) {
    Map<String, Integer> places = new HashMap<>();
    for (String word : model.vocabulary()) {
      places.put(word, places.size());
    }
    return new WordCounts(places, model.getMinTF(), model.getBinary());
  }

  /** Place in the vocabulary to count. */
  TreeMap<Integer, Double> in(@Nullable Object text) {
    List<String> words = Words.of(text);
    TreeMap<Integer, Double> counts = new TreeMap<>();
    for (String word : words) {
      Integer place = places.get(word);
      if (place != null) {
        counts.merge(place, 1.0, Double::sum);
      }
    }
    double bound = least >= 1 ? least : words.size() * least;
    counts.values().removeIf(count -> count < bound);
    if (binary) {
      counts.replaceAll((place, count) -> 1.0);
    }
    return counts;
  }
}
