package dev.weft.planner.model;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.planner.PredictionColumns;
import dev.weft.planner.function.SparkFunctions;
import dev.weft.planner.plan.PlannedModel;
import dev.weft.planner.rel.Predict;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import dev.weft.planner.spi.Transform;
import dev.weft.planner.types.SparkTypes;
import dev.weft.planner.validate.Rels;
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
  private final Transforming transforming;

  public Predictions(RelOptCluster cluster, SparkFunctions functions, Transforming transforming) {
    this.cluster = cluster;
    this.transforming = transforming;
    this.casts = new FeatureCasts(cluster.getRexBuilder(), functions);
  }

  /** Computes what a model's TRANSFORM says. */
  public interface Transforming {

    /** The input's columns, then one per feature of the model. */
    RelNode over(RelNode input, PlannedModel model, Transform transform, Span place);
  }

  /** The input's columns, then all that the model answers. */
  public RelNode over(RelNode input, PlannedModel model, Span place) {
    check(input, model, place);
    int own = input.getRowType().getFieldCount();
    Optional<Transform> transform = model.signature().transform();
    RelNode raw = transform.map(t -> transforming.over(input, model, t, place)).orElse(input);
    RelBuilder builder = Rels.builder(cluster).push(raw);
    List<RexNode> columns = new ArrayList<>(builder.fields());
    List<String> names = new ArrayList<>(raw.getRowType().getFieldNames());
    List<Integer> features = new ArrayList<>();
    int next = own;
    for (Feature feature : model.signature().features()) {
      int field = transform.isPresent() ? next++ : field(raw, feature.name()).orElseThrow();
      RexNode value = casts.cast(builder.field(field), feature.kind());
      if (value instanceof RexInputRef) {
        features.add(field);
      } else {
        features.add(columns.size());
        columns.add(value);
        names.add("__weft_feature_" + columns.size());
      }
    }
    if (columns.size() > raw.getRowType().getFieldCount()) {
      builder.project(columns, names);
    }
    RelNode answered = answered(builder.build(), model, features);
    return columns.size() > own ? without(answered, own, columns.size()) : answered;
  }

  /** A PREDICT whose features are columns of the kinds wanted; its answers get free names. */
  RelNode answered(RelNode input, PlannedModel model, List<Integer> features) {
    List<Column> answers = PredictionColumns.of(model.signature());
    RelDataTypeFactory.Builder type = cluster.getTypeFactory().builder();
    type.addAll(input.getRowType().getFieldList());
    for (Column answer : answers) {
      String name = answer.name();
      for (int i = 2; field(input, name).isPresent(); i++) {
        name = answer.name() + "_" + i;
      }
      type.add(name, SparkTypes.of(answer, cluster.getTypeFactory()));
    }
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

  /** The rows' columns, then one per feature of a model with a TRANSFORM. */
  RelNode transformed(RelNode rows, PlannedModel model, Transform transform, Span place) {
    return transforming.over(rows, model, transform, place);
  }

  /** A feature's value as its kind asks for. */
  RexNode cast(RexNode value, Feature feature) {
    return casts.cast(value, feature.kind());
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
    for (Feature feature : model.signature().inputs()) {
      Optional<Integer> field = field(input, feature.name());
      if (field.isEmpty()) {
        String why = " in the input, and the model '" + model.name() + "' reads it";
        errors.add(
            ErrorCode.COLUMN_NOT_FOUND.at(
                place, feature.name(), why + Nearest.hint(feature.name(), present)));
      } else {
        RelDataType found = input.getRowType().getFieldList().get(field.get()).getType();
        mismatch(feature, found, model, place, "it in the query that PREDICT reads")
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

  /** The error of a value of another type than the model has learnt; {@code cast} says what to. */
  static Optional<Diagnostic> mismatch(
      Feature feature, RelDataType found, PlannedModel model, Span place, String cast) {
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
                + "); "
                + (feature.kind() == FeatureKind.IMAGE
                    ? FeatureKinds.READ_IMAGES
                    : "cast " + cast)));
  }

  private static Optional<Integer> field(RelNode input, String name) {
    List<String> names = input.getRowType().getFieldNames();
    return IntStream.range(0, names.size())
        .filter(i -> names.get(i).equalsIgnoreCase(name))
        .boxed()
        .findFirst();
  }
}
