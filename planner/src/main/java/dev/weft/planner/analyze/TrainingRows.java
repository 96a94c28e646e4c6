package dev.weft.planner.analyze;

import dev.weft.grammar.ast.Train;
import dev.weft.planner.plan.TransformFits;
import dev.weft.planner.query.RawSplit;
import dev.weft.planner.spi.ModelSignature.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.calcite.rel.RelNode;

/**
 * What a training reads.
 *
 * @param training the rows to learn from and, where the runtime splits them, those held out
 * @param validation the rows to test on, where they are known before the runtime has them
 * @param fits what TRANSFORM fits to the first alone
 */
record TrainingRows(RelNode training, Optional<RelNode> validation, TransformFits fits) {

  /** Without a TRANSFORM: the runtime splits. */
  static TrainingRows plain(RelNode training, Optional<RelNode> validation) {
    return new TrainingRows(training, validation, TransformFits.none());
  }

  /** All rows are there to learn from. */
  static TrainingRows whole(
      Train train,
      RelNode input,
      TrainingRelation.Made made,
      Optional<RelNode> validation,
      TransformAnalysis.Made transform,
      ScriptState state) {
    return new TrainingRows(
        made.relation(), validation, transform.fits(input, List.of(), train, state));
  }

  /** SPLIT divides the raw rows, since what TRANSFORM makes of them is fitted to one part. */
  static TrainingRows split(
      Train train,
      RelNode input,
      TrainingRelation relation,
      TrainingRelation.Made made,
      TransformAnalysis.Made transform,
      RawSplit raw,
      ScriptState state) {
    RelNode rows = raw.train();
    return new TrainingRows(
        relation.of(rows, input, made, true),
        Optional.of(relation.of(raw.test(), input, made, false)),
        transform.fits(rows, raw.limits(), train, state));
  }

  /** How rows are drawn: by what TRANSFORM, LABEL and the options read of them. */
  static RawSplit.Asked asked(
      RelNode labelled,
      List<Feature> read,
      Optional<String> label,
      Map<String, Object> options,
      double fraction,
      long seed) {
    List<String> columns = new ArrayList<>(read.stream().map(Feature::name).toList());
    label.ifPresent(columns::add);
    SplitRule.ROLES.stream()
        .map(role -> options.get(role.option()))
        .filter(String.class::isInstance)
        .forEach(column -> columns.add(column.toString()));
    String method = SplitRule.method(options);
    Optional<String> by =
        Optional.ofNullable(
                switch (method) {
                  case "time" -> options.get("time_column");
                  case "grouped" -> options.get("group_column");
                  default -> null;
                })
            .map(Object::toString);
    return new RawSplit.Asked(
        columns.stream().map(name -> place(labelled, name)).distinct().toList(),
        place(labelled, label),
        place(labelled, by),
        method,
        fraction,
        seed);
  }

  private static OptionalInt place(RelNode rows, Optional<String> column) {
    return column.isPresent() ? OptionalInt.of(place(rows, column.get())) : OptionalInt.empty();
  }

  private static int place(RelNode rows, String column) {
    return java.util.Objects.requireNonNull(rows.getRowType().getField(column, false, false))
        .getIndex();
  }
}
