package dev.weft.planner.analyze;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.grammar.ast.Item;
import dev.weft.grammar.ast.Train;
import dev.weft.planner.model.FeatureKinds;
import dev.weft.planner.name.PlainColumn;
import dev.weft.planner.plan.FittedValues;
import dev.weft.planner.plan.TransformFits;
import dev.weft.planner.plan.TransformFits.Level;
import dev.weft.planner.query.TransformedRows;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import dev.weft.planner.spi.Transform;
import dev.weft.planner.spi.Transform.Fitted;
import dev.weft.planner.transform.TransformText;
import dev.weft.planner.transform.TransformText.Aggregate;
import dev.weft.planner.transform.TransformText.Numeric;
import dev.weft.planner.types.SparkTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;

/** TRANSFORM of a TRAIN: each expression checked for itself, and what has to be fitted. */
final class TransformAnalysis {

  private final Train train;
  private final ScriptState state;
  private final List<Diagnostic> errors;

  TransformAnalysis(Train train, ScriptState state, List<Diagnostic> errors) {
    this.train = train;
    this.state = state;
    this.errors = errors;
  }

  /** What a TRANSFORM comes to. */
  record Made(Transform transform, List<Aggregate> aggregates, FittedValues values) {

    /** Rows with the features behind their own columns. */
    RelNode over(RelNode rows, Train train, ScriptState state) {
      return state.queries().transformed().over(rows, transform, values::get, train.model().text());
    }

    /**
     * What has to be fitted.
     *
     * @param before what is to be known before the rows can be computed
     */
    TransformFits fits(RelNode rows, List<Level> before, Train train, ScriptState state) {
      TransformedRows transformed = state.queries().transformed();
      List<Level> levels = new ArrayList<>(before);
      int last = aggregates.stream().mapToInt(Aggregate::level).max().orElse(-1);
      for (int level = 0; level <= last; level++) {
        List<Integer> places = new ArrayList<>();
        List<String> items = new ArrayList<>();
        for (int i = 0; i < aggregates.size(); i++) {
          if (aggregates.get(i).level() == level) {
            places.add(i);
            items.add("CAST(" + aggregates.get(i).sql() + " AS STRING) AS v" + i);
          }
        }
        RelNode row = transformed.select(rows, transform, values::get, train.model().text(), items);
        levels.add(new Level(places, row, values));
      }
      return new TransformFits(levels, values, Optional.of(transformed.example(rows, transform)));
    }
  }

  /** The name of a feature. */
  static String name(Item item) {
    return item.name()
        .map(name -> name.text())
        .or(() -> PlainColumn.of(item.tree()))
        .orElseGet(() -> PlainColumn.name(item.tree(), item.span().source()));
  }

  /** Whether rows have what the transform reads; what is missing has been reported. */
  static boolean has(RelNode rows, Transform transform, Span place, List<Diagnostic> errors) {
    List<String> names = rows.getRowType().getFieldNames();
    int before = errors.size();
    for (Feature input : transform.inputs()) {
      if (names.stream().noneMatch(input.name()::equalsIgnoreCase)) {
        errors.add(
            ErrorCode.COLUMN_NOT_FOUND.at(
                place, input.name(), Nearest.hintOrList(input.name(), names)));
      }
    }
    return errors.size() == before;
  }

  /** Empty without TRANSFORM, and when something is wrong; then it has been reported. */
  Optional<Made> make(RelNode input) {
    if (train.transform().isEmpty()) {
      return Optional.empty();
    }
    int before = errors.size();
    if (!train.features().isEmpty()) {
      errors.add(
          ErrorCode.INVALID_CLAUSE.at(
              train.features().get(0).span(),
              "FEATURES and TRANSFORM both say what the features are; keep TRANSFORM, which may"
                  + " name plain columns too"));
    }
    TransformText text = new TransformText(train.span().source(), state.queries().functions());
    List<String> expressions = new ArrayList<>();
    for (Item item : train.transform()) {
      checked(item, () -> expressions.add(text.read(item.tree())));
    }
    List<Feature> inputs = inputs(text.columns(), input);
    if (errors.size() == before && inputs.isEmpty()) {
      errors.add(
          ErrorCode.INVALID_CLAUSE.at(
              train.transform().get(0).span(), "TRANSFORM reads no column; name one"));
    }
    if (errors.size() > before) {
      return Optional.empty();
    }
    List<Fitted> fitted = new ArrayList<>();
    for (Aggregate fit : text.fits()) {
      Item item = train.transform().get(fit.item());
      checked(
          item, () -> fitted.add(fitted(fit, item, input, transform(inputs, List.of(), fitted))));
      if (errors.size() > before) {
        return Optional.empty();
      }
    }
    Transform transform = transform(inputs, expressions, fitted);
    for (Numeric number : text.numbers()) {
      Item item = train.transform().get(number.item());
      checked(item, () -> refuseOther(number, select(input, transform, number.sql())));
    }
    for (int i = 0; i < expressions.size(); i++) {
      Item item = train.transform().get(i);
      String expression = expressions.get(i);
      checked(item, () -> refuseAggregate(select(input, transform, expression), input, item));
    }
    return errors.size() > before
        ? Optional.empty()
        : Optional.of(new Made(transform, text.fits(), new FittedValues()));
  }

  private Transform transform(List<Feature> inputs, List<String> expressions, List<Fitted> fitted) {
    List<String> written = train.transform().stream().map(item -> item.span().text()).toList();
    return new Transform(inputs, written, expressions, fitted);
  }

  private List<Feature> inputs(Map<String, Span> columns, RelNode input) {
    List<Feature> inputs = new ArrayList<>();
    List<String> names = input.getRowType().getFieldNames();
    Optional<String> label = train.label().flatMap(item -> PlainColumn.of(item.tree()));
    columns.forEach(
        (name, place) -> {
          RelDataTypeField field = input.getRowType().getField(name, false, false);
          if (field == null) {
            errors.add(ErrorCode.COLUMN_NOT_FOUND.at(place, name, Nearest.hintOrList(name, names)));
          } else if (label.filter(name::equalsIgnoreCase).isPresent()) {
            errors.add(
                ErrorCode.INVALID_CLAUSE.at(
                    place,
                    "TRANSFORM reads the label '" + name + "', which no row has at prediction"));
          } else {
            kind(field.getName(), field.getType(), place)
                .map(kind -> new Feature(field.getName(), SparkTypes.text(field.getType()), kind))
                .ifPresent(inputs::add);
          }
        });
    return inputs;
  }

  private Optional<FeatureKind> kind(String name, RelDataType type, Span place) {
    Optional<FeatureKind> kind = FeatureKinds.of(type, FeatureKind.PLAIN);
    if (kind.isEmpty()) {
      errors.add(
          ErrorCode.TYPE_MISMATCH.at(
              place,
              "the column '"
                  + name
                  + "' is "
                  + SparkTypes.text(type)
                  + ", which TRANSFORM cannot read; take numbers, booleans, texts or times out of"
                  + " it in the query that TRAIN reads"));
    }
    return kind;
  }

  private Fitted fitted(Aggregate fit, Item item, RelNode input, Transform before) {
    RelNode row = select(input, before, fit.sql());
    RelDataType type = row.getRowType().getFieldList().get(0).getType();
    if (FeatureKinds.of(type, FeatureKind.PLAIN).isEmpty()) {
      throw ErrorCode.TYPE_MISMATCH.failure(
          item.span(),
          "what TRANSFORM fits here is "
              + SparkTypes.text(type)
              + ", and only numbers, booleans, texts and times can be kept");
    }
    return new Fitted(fit.sql(), SparkTypes.text(type));
  }

  private static void refuseOther(Numeric number, RelNode row) {
    RelDataType type = row.getRowType().getFieldList().get(0).getType();
    boolean isNumber = FeatureKinds.of(type).filter(FeatureKind.NUMBER::equals).isPresent();
    if (!isNumber && type.getSqlTypeName() != SqlTypeName.NULL) {
      throw ErrorCode.TYPE_MISMATCH.failure(
          number.place(),
          number.function() + " takes a number, and this is " + SparkTypes.text(type));
    }
  }

  private static void refuseAggregate(RelNode rows, RelNode input, Item item) {
    RelNode node = rows;
    while (node instanceof Project && node != input) {
      node = node.getInput(0);
    }
    if (node != input && node instanceof org.apache.calcite.rel.core.Aggregate) {
      throw ErrorCode.INVALID_CLAUSE.failure(
          item.span(),
          "an aggregate of TRANSFORM is over all training rows; write OVER () behind it");
    }
  }

  private RelNode select(RelNode input, Transform transform, String expression) {
    return state
        .queries()
        .transformed()
        .select(input, transform, i -> null, train.model().text(), List.of(expression + " AS v"));
  }

  /** Does something with an expression; what is wrong is told at its place in the script. */
  private void checked(Item item, Runnable step) {
    try {
      step.run();
    } catch (WeftException wrong) {
      wrong.diagnostics().forEach(each -> errors.add(placed(each, item)));
    }
  }

  private static Diagnostic placed(Diagnostic found, Item item) {
    if (found.span().source().equals(item.span().source())) {
      return found;
    }
    String text = found.span().text();
    int at = text.isEmpty() ? -1 : item.span().text().indexOf(text);
    int start = item.span().start() + at;
    Span place =
        at < 0 ? item.span() : new Span(item.span().source(), start, start + text.length());
    return new Diagnostic(place, found.code(), found.message());
  }
}
