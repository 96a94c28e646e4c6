package dev.weft.spark.mllib;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.ImputerModel;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.feature.VectorSizeHint;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/** The vector that a pipeline makes of a row, without a query. */
final class RowVector implements Serializable {

  private static final long serialVersionUID = 1L;

  private final ArrayList<Slot> slots;
  private final int width;

  private RowVector(List<Slot> slots) {
    this.slots = new ArrayList<>(slots);
    this.width = slots.stream().mapToInt(Slot::width).sum();
  }

  static RowVector of(PipelineModel pipeline) {
    Map<String, Slot> byOutput = new HashMap<>();
    List<Slot> slots = new ArrayList<>();
    for (Transformer stage : pipeline.stages()) {
      if (stage instanceof StringIndexerModel indexer && indexer.isSet(indexer.inputCols())) {
        for (int i = 0; i < indexer.getInputCols().length; i++) {
          String input = indexer.getInputCols()[i];
          byOutput.put(root(input), Slot.OfCategory.of(position(input), indexer.labelsArray()[i]));
        }
      } else if (stage instanceof ImputerModel imputer) {
        String[] inputs = imputer.getInputCols();
        double[] surrogates = imputer.surrogates();
        for (int i = 0; i < inputs.length; i++) {
          byOutput.put(root(inputs[i]), new Slot.OfNumber(position(inputs[i]), surrogates[i]));
        }
      } else if (stage instanceof VectorSizeHint hint) {
        String input = hint.getInputCol();
        byOutput.put(root(input), new Slot.OfNumbers(position(input), hint.getSize()));
      } else if (stage instanceof VectorAssembler assembler) {
        for (String input : assembler.getInputCols()) {
          slots.add(Objects.requireNonNull(byOutput.get(root(input))));
        }
      }
    }
    return new RowVector(slots);
  }

  /** {@code f3_text_slots} belongs to {@code f3}. */
  private static String root(String column) {
    int end = column.indexOf('_');
    return end < 0 ? column : column.substring(0, end);
  }

  private static int position(String column) {
    return Integer.parseInt(root(column).substring(1));
  }

  Vector of(@Nullable Object[] features) {
    Entries entries = new Entries();
    int offset = 0;
    for (Slot slot : slots) {
      slot.put(features[slot.feature()], offset, entries);
      offset += slot.width();
    }
    return entries.vector(width);
  }

  /** What the places of a vector have, summed up by feature. */
  double[] byFeature(double[] places, int features) {
    double[] sums = new double[features];
    int offset = 0;
    for (Slot slot : slots) {
      for (int i = 0; i < slot.width() && offset + i < places.length; i++) {
        sums[slot.feature()] += places[offset + i];
      }
      offset += slot.width();
    }
    return sums;
  }
}
