package dev.weft.planner.analyze;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Span;
import dev.weft.grammar.ast.Item;
import dev.weft.grammar.ast.Train;
import dev.weft.planner.AlgorithmDeclaration;
import dev.weft.planner.model.FeatureKinds;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import dev.weft.planner.spi.ModelSignature.Task;
import dev.weft.planner.types.SparkTypes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;

/** What a label's type makes of a training: the task, and the type the runtimes get. */
final class LabelRule {

  private static final List<FeatureKind> LABELS =
      List.of(FeatureKind.NUMBER, FeatureKind.BOOLEAN, FeatureKind.CATEGORY);

  private final Train train;
  private final AlgorithmDeclaration algorithm;
  private final Optional<Task> asked;
  private final List<Diagnostic> errors;

  LabelRule(
      Train train, AlgorithmDeclaration algorithm, Optional<Task> asked, List<Diagnostic> errors) {
    this.train = train;
    this.algorithm = algorithm;
    this.asked = asked;
    this.errors = errors;
  }

  /** The task; empty when something is wrong, which has been reported then. */
  Optional<Task> task(Optional<RelDataType> label) {
    if (train.label().isEmpty()) {
      return unlabelled();
    }
    if (algorithm.tasks().stream().noneMatch(Task::labelled)) {
      errors.add(
          ErrorCode.INVALID_CLAUSE.at(
              place(),
              algorithm.name()
                  + " learns without a label; leave LABEL out, and name the columns to learn from"
                  + " in FEATURES (…)"));
      return Optional.empty();
    }
    return label.flatMap(this::labelled);
  }

  private Optional<Task> unlabelled() {
    Optional<Task> free = algorithm.tasks().stream().filter(task -> !task.labelled()).findFirst();
    if (free.isPresent()) {
      return free;
    }
    errors.add(ErrorCode.LABEL_MISSING.at(train.span(), "TRAIN … AS " + algorithm.name()));
    return Optional.empty();
  }

  private Optional<Task> labelled(RelDataType type) {
    Optional<FeatureKind> kind = FeatureKinds.of(type);
    if (kind.isEmpty() || !LABELS.contains(kind.get())) {
      errors.add(
          ErrorCode.TYPE_MISMATCH.at(
              place(),
              "the label is "
                  + SparkTypes.text(type)
                  + "; a label is a text, a boolean or a number"));
      return Optional.empty();
    }
    Task natural = kind.get() == FeatureKind.NUMBER ? Task.REGRESSION : Task.CLASSIFICATION;
    Task task = asked.orElse(kind.get() == FeatureKind.NUMBER ? only(natural) : natural);
    if (!algorithm.tasks().contains(task)) {
      errors.add(ErrorCode.INVALID_CLAUSE.at(place(), cannot(task, type)));
      return Optional.empty();
    }
    if (task == Task.REGRESSION && natural == Task.CLASSIFICATION) {
      errors.add(
          ErrorCode.TYPE_MISMATCH.at(
              place(),
              "the label is "
                  + SparkTypes.text(type)
                  + ", and regression needs a number; cast it, or leave task out"));
      return Optional.empty();
    }
    return Optional.of(task);
  }

  /** An algorithm that can do only one thing with a number does that. */
  private Task only(Task natural) {
    List<Task> supervised = algorithm.tasks().stream().filter(Task::labelled).toList();
    return supervised.size() == 1 ? supervised.get(0) : natural;
  }

  private String cannot(Task task, RelDataType type) {
    String name = task.name().toLowerCase(Locale.ROOT);
    return algorithm.name()
        + " cannot be trained for "
        + name
        + ", which a label of type "
        + SparkTypes.text(type)
        + " asks for; take another algorithm or label";
  }

  /** The label's column as the runtimes get it. */
  Column column(String name, RelDataType type, Task task) {
    if (task == Task.REGRESSION) {
      return new Column(name, "double", true);
    }
    String ddl =
        switch (type.getSqlTypeName()) {
          case BOOLEAN -> "boolean";
          case CHAR, VARCHAR -> "string";
          case TINYINT, SMALLINT, INTEGER, BIGINT -> "bigint";
          case DECIMAL -> type.getScale() == 0 ? "bigint" : "double";
          default -> "double";
        };
    return new Column(name, ddl, true);
  }

  private Span place() {
    return train.label().map(Item::span).orElse(train.span());
  }
}
