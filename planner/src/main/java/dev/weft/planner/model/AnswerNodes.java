package dev.weft.planner.model;

import dev.weft.grammar.WeftException;
import dev.weft.planner.plan.PlannedModel;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.planner.validate.Rels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/** Makes the PREDICTs that answer calls: one for each model and its features, one over another. */
final class AnswerNodes {

  private final RelOptCluster cluster;
  private final Predictions predictions;

  AnswerNodes(RelOptCluster cluster, Predictions predictions) {
    this.cluster = cluster;
    this.predictions = predictions;
  }

  /** A model with features. */
  private record Question(PlannedModel model, List<RexNode> features) {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Question that
          && model.toString().equals(that.model.toString())
          && features.equals(that.features);
    }

    @Override
    public int hashCode() {
      return features.hashCode();
    }
  }

  /** The rows with the answers to calls whose features hold no call, behind all their columns. */
  Answered answer(Answered input, List<RexCall> calls) {
    if (input.rows() instanceof Filter filter
        && RexUtil.containsCorrelation(filter.getCondition())) {
      // What a query reads from around it, Spark finds above a PREDICT only.
      Answered unfiltered = new Answered(filter.getInput(), input.own(), input.known());
      Answered below = answer(unfiltered, calls);
      RelNode rows = filter.copy(filter.getTraitSet(), below.rows(), filter.getCondition());
      return new Answered(rows, input.own(), below.known());
    }
    Map<Question, List<Integer>> features = new LinkedHashMap<>();
    Map<Question, AnswerFunction> computed = new LinkedHashMap<>();
    Columns columns = new Columns(input.rows());
    for (RexCall call : calls) {
      AnswerFunction function = (AnswerFunction) call.getOperator();
      Question question = new Question(function.model(), call.getOperands());
      if (function.model().signature().transform().isPresent()) {
        computed.putIfAbsent(question, function);
      } else {
        features.computeIfAbsent(question, key -> features(call, function, columns));
      }
    }
    RelNode rows = columns.made();
    for (Map.Entry<Question, AnswerFunction> each : computed.entrySet()) {
      int width = rows.getRowType().getFieldCount();
      rows = transformed(rows, each.getKey(), each.getValue());
      int made = rows.getRowType().getFieldCount();
      features.put(each.getKey(), IntStream.range(width, made).boxed().toList());
    }
    List<Answered.Known> known = new ArrayList<>();
    for (Map.Entry<Question, List<Integer>> each : features.entrySet()) {
      Question question = each.getKey();
      int width = rows.getRowType().getFieldCount();
      rows = predictions.answered(rows, question.model, each.getValue());
      for (int i = width; i < rows.getRowType().getFieldCount(); i++) {
        String model = question.model.toString();
        known.add(new Answered.Known(model, i - width, question.features, i));
      }
    }
    return input.with(rows, known);
  }

  private List<Integer> features(RexCall call, AnswerFunction function, Columns columns) {
    check(function, call.getOperands());
    List<Feature> wanted = function.model().signature().features();
    List<Integer> fields = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      fields.add(columns.of(predictions.cast(call.getOperands().get(i), wanted.get(i))));
    }
    return fields;
  }

  private static void check(AnswerFunction function, List<RexNode> values) {
    List<Feature> inputs = function.model().signature().inputs();
    for (int i = 0; i < inputs.size(); i++) {
      RelDataType found = values.get(i).getType();
      Predictions.mismatch(inputs.get(i), found, function.model(), function.place(), "it")
          .ifPresent(
              error -> {
                throw new WeftException(List.of(error));
              });
    }
  }

  /** The rows, and behind them the features that a TRANSFORM computes from a call's values. */
  private RelNode transformed(RelNode rows, Question question, AnswerFunction function) {
    check(function, question.features);
    ModelSignature signature = question.model.signature();
    int own = rows.getRowType().getFieldCount();
    RelBuilder builder = Rels.builder(cluster).push(rows);
    List<RexNode> values = new ArrayList<>(builder.fields());
    // The TRANSFORM finds what it reads by name, whatever else the rows have.
    List<String> names = new ArrayList<>();
    values.forEach(value -> names.add("__weft_own_" + names.size()));
    values.addAll(question.features);
    signature.inputs().forEach(feature -> names.add(feature.name()));
    RelNode raw = builder.project(values, names, true).build();
    RelNode made =
        predictions.transformed(
            raw, question.model, signature.transform().orElseThrow(), function.place());
    builder.push(made);
    List<RexNode> kept = new ArrayList<>(builder.fields().subList(0, own));
    List<String> known = new ArrayList<>(rows.getRowType().getFieldNames());
    for (int i = 0; i < signature.features().size(); i++) {
      RexNode value = builder.field(values.size() + i);
      kept.add(predictions.cast(value, signature.features().get(i)));
      known.add("__weft_feature_" + kept.size());
    }
    return builder.project(kept, known, true).build();
  }

  /** The rows alone, without answers. */
  RelNode own(Answered answered) {
    RelNode rows = answered.rows();
    if (answered.own() == rows.getRowType().getFieldCount()) {
      return rows;
    }
    RelBuilder builder = Rels.builder(cluster).push(rows);
    List<RexNode> kept = builder.fields().subList(0, answered.own());
    List<String> names = rows.getRowType().getFieldNames().subList(0, answered.own());
    return builder.project(kept, names, true).build();
  }

  /** The columns of rows, and those that features are computed in. */
  private final class Columns {

    private final RelNode rows;
    private final RelBuilder builder;
    private final List<RexNode> values;
    private final List<String> names;

    Columns(RelNode rows) {
      this.rows = rows;
      this.builder = Rels.builder(cluster).push(rows);
      this.values = new ArrayList<>(builder.fields());
      this.names = new ArrayList<>(rows.getRowType().getFieldNames());
    }

    int of(RexNode value) {
      if (value instanceof RexInputRef field) {
        return field.getIndex();
      }
      int known = RexUtil.isDeterministic(value) ? values.indexOf(value) : -1;
      if (known >= 0) {
        return known;
      }
      values.add(value);
      names.add("__weft_feature_" + values.size());
      return values.size() - 1;
    }

    RelNode made() {
      boolean same = values.size() == rows.getRowType().getFieldCount();
      return same ? rows : builder.project(values, names).build();
    }
  }
}
