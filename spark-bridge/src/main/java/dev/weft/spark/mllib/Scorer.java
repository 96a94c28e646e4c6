package dev.weft.spark.mllib;

import dev.weft.engine.spi.ModelBackend.ModelFiles;
import dev.weft.engine.spi.Run;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.WeftException;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Task;
import dev.weft.spark.file.LocalPath;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PredictionModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.feature.ImputerModel;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;

/** A pipeline as a function of one row, without a query: for PREDICT in a task and for SERVE. */
final class Scorer implements Serializable {

  private static final long serialVersionUID = 1L;

  private final List<Slot> slots;
  private final int width;
  private final PredictionModel<Vector, ?> model;
  private final List<String> classes;

  private Scorer(List<Slot> slots, PredictionModel<Vector, ?> model, List<String> classes) {
    this.slots = new ArrayList<>(slots);
    this.width = slots.stream().mapToInt(Slot::width).sum();
    this.model = model;
    this.classes = new ArrayList<>(classes);
  }

  /** Reads a model's files. */
  static Scorer load(ModelFiles files, Run run) {
    try {
      String path = LocalPath.text(files.folder().resolve(MllibTraining.PIPELINE));
      PipelineModel pipeline = PipelineModel.load(path);
      return of(pipeline, files.signature(), classes(pipeline, files.signature()));
    } catch (Exception unreadable) {
      // Spark throws checked exceptions that Java does not know of.
      throw new WeftException(
          ErrorCode.MODEL_CORRUPT.at(run.span(), files.name(), MllibFailure.sentence(unreadable)),
          unreadable);
    }
  }

  private static List<String> classes(PipelineModel pipeline, ModelSignature signature) {
    if (signature.task() != Task.CLASSIFICATION) {
      return List.of();
    }
    for (Transformer stage : pipeline.stages()) {
      if (stage instanceof StringIndexerModel indexer
          && indexer.isSet(indexer.outputCol())
          && indexer.getOutputCol().equals(MllibColumns.LABEL_INDEX)) {
        return List.of(indexer.labelsArray()[0]);
      }
    }
    throw new IllegalStateException("it has no labels");
  }

  @SuppressWarnings("unchecked")
  static Scorer of(PipelineModel pipeline, ModelSignature signature, List<String> classes) {
    Map<String, Slot> byOutput = new HashMap<>();
    List<Slot> slots = new ArrayList<>();
    PredictionModel<Vector, ?> model = null;
    for (Transformer stage : pipeline.stages()) {
      if (stage instanceof StringIndexerModel indexer && indexer.isSet(indexer.inputCols())) {
        for (int i = 0; i < indexer.getInputCols().length; i++) {
          String input = indexer.getInputCols()[i];
          byOutput.put(root(input), Slot.categories(position(input), indexer.labelsArray()[i]));
        }
      } else if (stage instanceof ImputerModel imputer) {
        String[] inputs = imputer.getInputCols();
        double[] surrogates = imputer.surrogates();
        for (int i = 0; i < inputs.length; i++) {
          byOutput.put(root(inputs[i]), Slot.number(position(inputs[i]), surrogates[i]));
        }
      } else if (stage instanceof VectorAssembler assembler) {
        for (String input : assembler.getInputCols()) {
          slots.add(java.util.Objects.requireNonNull(byOutput.get(root(input))));
        }
      } else if (stage instanceof PredictionModel<?, ?> found) {
        model = (PredictionModel<Vector, ?>) found;
      }
    }
    if (model == null) {
      throw new IllegalStateException("its pipeline has no model");
    }
    return new Scorer(slots, model, classes);
  }

  /** {@code f3_text_slots} belongs to {@code f3}. */
  private static String root(String column) {
    int end = column.indexOf('_');
    return end < 0 ? column : column.substring(0, end);
  }

  private static int position(String column) {
    return Integer.parseInt(root(column).substring(1));
  }

  List<String> classes() {
    return classes;
  }

  /** The probability of each class. */
  double[] probabilities(@Nullable Object[] features) {
    if (!(model instanceof ProbabilisticClassificationModel<?, ?>)) {
      throw new IllegalStateException("not a classifier");
    }
    @SuppressWarnings("unchecked")
    ProbabilisticClassificationModel<Vector, ?> classifier =
        (ProbabilisticClassificationModel<Vector, ?>) model;
    double[] given = classifier.predictProbability(vector(features)).toArray();
    return Arrays.copyOf(given, classes.size());
  }

  /** A regression's answer. */
  double value(@Nullable Object[] features) {
    return model.predict(vector(features));
  }

  private Vector vector(@Nullable Object[] features) {
    int[] indices = new int[slots.size()];
    double[] values = new double[slots.size()];
    int offset = 0;
    int used = 0;
    for (Slot slot : slots) {
      double value = slot.value(features[slot.feature()]);
      if (value != 0) {
        indices[used] = offset + slot.index(features[slot.feature()]);
        values[used++] = value;
      }
      offset += slot.width();
    }
    return Vectors.sparse(width, Arrays.copyOf(indices, used), Arrays.copyOf(values, used));
  }
}
