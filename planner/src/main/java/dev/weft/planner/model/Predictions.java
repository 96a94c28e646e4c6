package dev.weft.planner.model;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.planner.PredictionColumns;
import dev.weft.planner.function.SparkFunctions;
import dev.weft.planner.plan.PlannedModel;
import dev.weft.planner.query.Rels;
import dev.weft.planner.rel.Predict;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.planner.types.SparkTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;

/** Puts a model over an input: features bound by name, types checked, outputs appended. */
public final class Predictions {

  private final RelOptCluster cluster;
  private final FeatureCasts casts;

  public Predictions(RelOptCluster cluster, SparkFunctions functions) {
    this.cluster = cluster;
    this.casts = new FeatureCasts(cluster.getRexBuilder(), functions);
  }

  /** The input's columns, then all that the model answers. */
  public RelNode over(RelNode input, PlannedModel model, Span place) {
    check(input, model, place);
    RelBuilder builder = Rels.builder(cluster).push(input);
    List<RexNode> columns = new ArrayList<>(builder.fields());
    List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
    List<Integer> features = new ArrayList<>();
    for (Feature feature : model.signature().features()) {
      int field = field(input, feature.name()).orElseThrow();
      RexNode value = casts.cast(builder.field(field), feature.kind());
      if (value instanceof RexInputRef) {
        features.add(field);
      } else {
        features.add(columns.size());
        columns.add(value);
        names.add("__weft_feature_" + columns.size());
      }
    }
    int own = input.getRowType().getFieldCount();
    if (columns.size() > own) {
      builder.project(columns, names);
    }
    RelNode answered = predict(builder.build(), model, features);
    return columns.size() > own ? without(answered, own, columns.size()) : answered;
  }

  private RelNode predict(RelNode input, PlannedModel model, List<Integer> features) {
    List<Column> answers = PredictionColumns.of(model.signature());
    RelDataTypeFactory.Builder type = cluster.getTypeFactory().builder();
    type.addAll(input.getRowType().getFieldList());
    type.addAll(SparkTypes.row(answers, cluster.getTypeFactory()).getFieldList());
    List<Integer> outputs = IntStream.range(0, answers.size()).boxed().toList();
    return new Predict(
        cluster,
        cluster.traitSetOf(Convention.NONE),
        input,
        model,
        features,
        outputs,
        type.build());
  }

  /** Drops the columns that were only made for the model. */
  private RelNode without(RelNode answered, int from, int to) {
    RelBuilder builder = Rels.builder(cluster).push(answered);
    List<RexNode> kept = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (RelDataTypeField field : answered.getRowType().getFieldList()) {
      if (field.getIndex() < from || field.getIndex() >= to) {
        kept.add(builder.field(field.getIndex()));
        names.add(field.getName());
      }
    }
    return builder.project(kept, names, true).build();
  }

  private static void check(RelNode input, PlannedModel model, Span place) {
    List<Diagnostic> errors = new ArrayList<>();
    List<String> present = input.getRowType().getFieldNames();
    for (Feature feature : model.signature().features()) {
      Optional<Integer> field = field(input, feature.name());
      if (field.isEmpty()) {
        String why = " in the input, and the model '" + model.name() + "' reads it";
        errors.add(
            ErrorCode.COLUMN_NOT_FOUND.at(
                place, feature.name(), why + Nearest.hint(feature.name(), present)));
      } else {
        type(feature, input.getRowType().getFieldList().get(field.get()).getType(), model, place)
            .ifPresent(errors::add);
      }
    }
    for (Column answer : PredictionColumns.of(model.signature())) {
      if (field(input, answer.name()).isPresent()) {
        errors.add(ErrorCode.OUTPUT_COLUMN_TAKEN.at(place, answer.name()));
      }
    }
    if (!errors.isEmpty()) {
      throw new WeftException(errors);
    }
  }

  private static Optional<Diagnostic> type(
      Feature feature, RelDataType found, PlannedModel model, Span place) {
    if (FeatureKinds.fits(found, feature.kind()) || found.getSqlTypeName() == SqlTypeName.NULL) {
      return Optional.empty();
    }
    return Optional.of(
        ErrorCode.TYPE_MISMATCH.at(
            place,
            "the column '"
                + feature.name()
                + "' is "
                + SparkTypes.text(found)
                + ", and the model '"
                + model.name()
                + "' was trained on "
                + FeatureKinds.wanted(feature.kind())
                + " ("
                + feature.type()
                + "); cast it in the query that PREDICT reads"));
  }

  private static Optional<Integer> field(RelNode input, String name) {
    List<String> names = input.getRowType().getFieldNames();
    return IntStream.range(0, names.size())
        .filter(i -> names.get(i).equalsIgnoreCase(name))
        .boxed()
        .findFirst();
  }
}
