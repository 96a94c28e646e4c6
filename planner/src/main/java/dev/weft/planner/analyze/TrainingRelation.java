package dev.weft.planner.analyze;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.Span;
import dev.weft.grammar.ast.Item;
import dev.weft.grammar.ast.Train;
import dev.weft.planner.AlgorithmDeclaration;
import dev.weft.planner.model.FeatureCasts;
import dev.weft.planner.model.FeatureKinds;
import dev.weft.planner.name.PlainColumn;
import dev.weft.planner.query.QueryPlanner.Named;
import dev.weft.planner.query.TransformedRows;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import dev.weft.planner.spi.ModelSignature.Task;
import dev.weft.planner.types.SparkTypes;
import dev.weft.planner.validate.Rels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.tools.RelBuilder;

/** The rows a TRAIN learns from: its features by kind, then its label. */
final class TrainingRelation {

  private final Train train;
  private final AlgorithmDeclaration algorithm;
  private final Optional<Task> task;
  private final AlgorithmOptions options;
  private final Optional<TransformAnalysis.Made> transform;
  private final ScriptState state;
  private final List<Diagnostic> errors;

  TrainingRelation(
      Train train,
      AlgorithmDeclaration algorithm,
      AlgorithmOptions options,
      Optional<TransformAnalysis.Made> transform,
      ScriptState state,
      List<Diagnostic> errors) {
    this.train = train;
    this.algorithm = algorithm;
    this.task = options.task().or(() -> meant(train, state));
    this.options = options;
    this.transform = transform;
    this.state = state;
    this.errors = errors;
  }

  /** What an algorithm's name says, as in GBTClassifier; Byzer's names mean classes otherwise. */
  private Optional<Task> meant(Train written, ScriptState script) {
    String name = written.algorithm().text().toLowerCase(Locale.ROOT);
    boolean classes = algorithm.tasks().contains(Task.CLASSIFICATION);
    if (name.endsWith("regressor")) {
      return Optional.of(Task.REGRESSION);
    }
    boolean byzer = script.context().byzer() && algorithm.where().equals("spark");
    return classes && (byzer || name.endsWith("classifier"))
        ? Optional.of(Task.CLASSIFICATION)
        : Optional.empty();
  }

  /** The relation and the signature it gives a model. */
  record Made(RelNode relation, ModelSignature signature) {}

  /** Empty when something is wrong; then it has been reported. */
  Optional<Made> make(RelNode input) {
    int before = errors.size();
    Optional<Sourced> label = train.label().map(item -> sourced(item, input));
    RelNode extended = extended(input);
    List<Sourced> features = features(input, label);
    count(features);
    List<Feature> kinds = new ArrayList<>();
    // Of columns that nobody has named, how many there are says enough.
    if (errors.size() == before || !train.features().isEmpty()) {
      for (Sourced feature : features) {
        type(extended, feature).flatMap(type -> feature(feature, type)).ifPresent(kinds::add);
      }
    }
    Optional<LabelOf> target = label.flatMap(item -> type(extended, item).map(LabelOf::new));
    LabelRule rule = new LabelRule(train, algorithm, task, errors);
    Optional<Task> decided = rule.task(target.map(LabelOf::type));
    duplicates(features, label);
    if (errors.size() > before || decided.isEmpty()) {
      return Optional.empty();
    }
    train
        .label()
        .filter(TrainingRelation::isExpression)
        .map(item -> LabelLeak.warnings(item, features.stream().map(Sourced::name).toList()))
        .ifPresent(state.warnings()::addAll);
    Optional<Column> labelColumn =
        label.map(item -> rule.column(item.name(), target.orElseThrow().type(), decided.get()));
    ModelSignature signature =
        new ModelSignature(
            algorithm.name(),
            decided.get(),
            kinds,
            labelColumn,
            transform.map(TransformAnalysis.Made::transform));
    return Optional.of(new Made(cast(extended, features, label, signature, true), signature));
  }

  /** The input with what LABEL computes behind its columns. */
  RelNode labelled(RelNode input) {
    List<Named> expressions = new ArrayList<>();
    train.label().filter(TrainingRelation::isExpression).ifPresent(i -> add(i, expressions));
    return expressions.isEmpty()
        ? input
        : state.queries().extend(input, expressions, train.span().source(), state);
  }

  /** The column of {@link #labelled} that holds the label. */
  Optional<String> labelColumn(RelNode input) {
    return train.label().map(item -> sourced(item, input).column());
  }

  /**
   * What TRANSFORM makes of some of the rows of {@link #labelled}.
   *
   * @param withRoles whether with the columns that options name
   */
  RelNode of(RelNode rows, RelNode input, Made made, boolean withRoles) {
    Optional<Sourced> label = train.label().map(item -> sourced(item, input));
    RelNode computed = transform.orElseThrow().over(rows, train, state);
    return cast(computed, features(input, label), label, made.signature(), withRoles);
  }

  /** The same columns from other rows. */
  RelNode again(RelNode input, Made made) {
    Span place = train.validation().orElseThrow().span();
    if (transform.isPresent()
        && !TransformAnalysis.has(input, transform.get().transform(), place, errors)) {
      return input;
    }
    Optional<Sourced> label = train.label().map(item -> sourced(item, input));
    List<Sourced> features =
        train.features().isEmpty() && transform.isEmpty()
            ? made.signature().features().stream()
                .map(f -> new Sourced(f.name(), f.name(), place))
                .toList()
            : features(input, label);
    RelNode extended = extended(input);
    features.forEach(feature -> type(extended, feature));
    label.ifPresent(item -> type(extended, item));
    return errors.isEmpty() ? cast(extended, features, label, made.signature(), false) : input;
  }

  private List<Sourced> features(RelNode input, Optional<Sourced> label) {
    if (transform.isPresent()) {
      List<Sourced> computed = new ArrayList<>();
      for (Item item : train.transform()) {
        String column = TransformedRows.column(computed.size());
        computed.add(new Sourced(TransformAnalysis.name(item), column, item.span()));
      }
      return computed;
    }
    if (!train.features().isEmpty()) {
      return train.features().stream().map(item -> sourced(item, input)).toList();
    }
    List<Sourced> features = new ArrayList<>();
    for (String column : input.getRowType().getFieldNames()) {
      boolean isLabel =
          label.isPresent()
              && (column.equalsIgnoreCase(label.get().column())
                  || column.equalsIgnoreCase(label.get().name()));
      if (!isLabel && !options.columns().containsKey(column)) {
        features.add(new Sourced(column, column, train.input().span()));
      }
    }
    if (features.isEmpty()) {
      errors.add(
          ErrorCode.INVALID_CLAUSE.at(
              train.input().span(), "there is no column to learn from; add columns to the query"));
    }
    return features;
  }

  /** A plain column by its spelling in the input, or an expression by the name of its column. */
  private Sourced sourced(Item item, RelNode input) {
    Optional<String> plain = PlainColumn.of(item.tree());
    if (plain.isEmpty()) {
      String name =
          item.name()
              .map(n -> n.text())
              .orElseGet(() -> PlainColumn.name(item.tree(), item.span().source()));
      return new Sourced(name, made(item), item.span());
    }
    String column =
        input.getRowType().getFieldNames().stream()
            .filter(plain.get()::equalsIgnoreCase)
            .findFirst()
            .orElse(plain.get());
    return new Sourced(item.name().map(n -> n.text()).orElse(column), column, item.span());
  }

  /** The input with the expressions of LABEL and FEATURES behind its columns. */
  private RelNode extended(RelNode input) {
    List<Named> expressions = new ArrayList<>();
    train.label().filter(TrainingRelation::isExpression).ifPresent(i -> add(i, expressions));
    train.features().stream()
        .filter(TrainingRelation::isExpression)
        .forEach(i -> add(i, expressions));
    RelNode extended =
        expressions.isEmpty()
            ? input
            : state.queries().extend(input, expressions, train.span().source(), state);
    return transform.map(computed -> computed.over(extended, train, state)).orElse(extended);
  }

  private static boolean isExpression(Item item) {
    return PlainColumn.of(item.tree()).isEmpty();
  }

  private static void add(Item item, List<Named> expressions) {
    expressions.add(new Named(item.tree(), made(item)));
  }

  private static String made(Item item) {
    return "__weft_" + item.span().start();
  }

  private Optional<RelDataType> type(RelNode relation, Sourced item) {
    RelDataTypeField field = relation.getRowType().getField(item.column(), false, false);
    if (field == null) {
      List<String> names = relation.getRowType().getFieldNames();
      errors.add(
          ErrorCode.COLUMN_NOT_FOUND.at(
              item.place(), item.column(), Nearest.hintOrList(item.column(), names)));
      return Optional.empty();
    }
    return Optional.of(field.getType());
  }

  private Optional<Feature> feature(Sourced item, RelDataType type) {
    Optional<FeatureKind> kind = FeatureKinds.of(type, algorithm.features());
    if (kind.isEmpty()) {
      errors.add(
          ErrorCode.TYPE_MISMATCH.at(
              item.place(),
              "the column '" + item.name() + "' is " + SparkTypes.text(type) + refused(type)));
    }
    return kind.map(k -> new Feature(item.name(), SparkTypes.text(type), k));
  }

  private void count(List<Sourced> features) {
    int wanted = algorithm.columns();
    if (wanted > 0 && !features.isEmpty() && features.size() != wanted) {
      Span place =
          train.features().isEmpty() ? train.input().span() : train.features().get(0).span();
      errors.add(
          ErrorCode.INVALID_CLAUSE.at(
              place,
              algorithm.name()
                  + " learns from "
                  + (wanted == 1 ? "one column" : wanted + " columns")
                  + ", and here are "
                  + features.size()
                  + "; name "
                  + (wanted == 1 ? "it" : "them")
                  + " with FEATURES (…)"));
    }
  }

  private String refused(RelDataType type) {
    if (FeatureKinds.fits(type, FeatureKind.IMAGE)) {
      return ", which "
          + algorithm.name()
          + " cannot learn from; leave it out, or take an algorithm for images where it holds them"
          + ofImages();
    }
    if (algorithm.features().contains(FeatureKind.IMAGE)) {
      return ", and "
          + algorithm.name()
          + " learns from "
          + FeatureKinds.wanted(algorithm.features())
          + "; name one with FEATURES (…), or "
          + FeatureKinds.READ_IMAGES;
    }
    if (algorithm.features().containsAll(FeatureKind.PLAIN)) {
      return ", which "
          + algorithm.name()
          + " cannot learn from; leave it out, or take numbers, booleans, texts or times out of"
          + " it in the query that TRAIN reads";
    }
    return ", and "
        + algorithm.name()
        + " learns from "
        + FeatureKinds.wanted(algorithm.features())
        + "; leave it out with FEATURES (…), or convert it in the query that TRAIN reads";
  }

  private String ofImages() {
    List<String> names =
        state.outside().algorithms().all().stream()
            .filter(each -> each.features().contains(FeatureKind.IMAGE))
            .map(AlgorithmDeclaration::name)
            .toList();
    return names.isEmpty() ? "" : " (" + String.join(", ", names) + ")";
  }

  private void duplicates(List<Sourced> features, Optional<Sourced> label) {
    List<String> seen = new ArrayList<>();
    label.ifPresent(item -> seen.add(item.name()));
    for (Sourced feature : features) {
      if (seen.stream().anyMatch(feature.name()::equalsIgnoreCase)) {
        errors.add(
            ErrorCode.NAME_TAKEN.at(
                feature.place(),
                "the name '" + feature.name() + "' stands for two columns; rename one with AS"));
      }
      seen.add(feature.name());
    }
  }

  private RelNode cast(
      RelNode input,
      List<Sourced> features,
      Optional<Sourced> label,
      ModelSignature signature,
      boolean withRoles) {
    RelBuilder builder = Rels.builder(state.cluster()).push(input);
    FeatureCasts casts =
        new FeatureCasts(state.cluster().getRexBuilder(), state.queries().functions());
    List<RexNode> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      Feature feature = signature.features().get(i);
      columns.add(casts.cast(field(builder, input, features.get(i)), feature.kind()));
      names.add(feature.name());
    }
    if (label.isPresent()) {
      Column column = signature.label().orElseThrow();
      RelDataType type = SparkTypes.of(column, state.cluster().getTypeFactory());
      columns.add(casts.to(field(builder, input, label.get()), type.getSqlTypeName()));
      names.add(column.name());
    }
    for (SplitRule.Role role : withRoles ? SplitRule.ROLES : List.<SplitRule.Role>of()) {
      Object column = options.values().get(role.option());
      if (column != null) {
        Sourced item = new Sourced(role.column(), column.toString(), train.span());
        columns.add(casts.cast(field(builder, input, item), role.kind()));
        names.add(role.column());
      }
    }
    return builder.project(columns, names, true).build();
  }

  private static RexNode field(RelBuilder builder, RelNode input, Sourced item) {
    RelDataTypeField field = input.getRowType().getField(item.column(), false, false);
    return builder.field(java.util.Objects.requireNonNull(field).getIndex());
  }

  /**
   * A feature or label.
   *
   * @param name its name for the model
   * @param column the column that holds it
   */
  private record Sourced(String name, String column, Span place) {}

  /** The label's type. */
  private record LabelOf(RelDataType type) {}
}
