package dev.weft.planner.analyze;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.ast.Train;
import dev.weft.planner.model.FeatureKinds;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import dev.weft.planner.types.SparkTypes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;

/** What the options that say how rows are split and weighed have to do with each other. */
final class SplitRule {

  /** Option to the column it gives a runtime. */
  static final List<Role> ROLES =
      List.of(
          new Role("weight_column", "__weft_weight", FeatureKind.NUMBER),
          new Role("group_column", "__weft_group", FeatureKind.CATEGORY),
          new Role("time_column", "__weft_time", FeatureKind.DATETIME));

  private final Train train;
  private final Map<String, Object> options;
  private final List<Diagnostic> errors;

  SplitRule(Train train, Map<String, Object> options, List<Diagnostic> errors) {
    this.train = train;
    this.options = options;
    this.errors = errors;
  }

  /**
   * An option that names a column.
   *
   * @param column the column's name for the runtime
   * @param kind what its values are for the runtime
   */
  record Role(String option, String column, FeatureKind kind) {}

  /** How rows are held out: what the options say, or what a column that they name implies. */
  static String method(Map<String, Object> options) {
    String implied =
        options.containsKey("time_column")
            ? "time"
            : options.containsKey("group_column") ? "grouped" : "random";
    return options.getOrDefault("split_method", implied).toString();
  }

  void check(AlgorithmOptions checked, RelNode input, double split) {
    Object method = options.getOrDefault("split_method", "");
    needs(method.equals("time"), "time", "time_column");
    needs(method.equals("grouped"), "grouped", "group_column");
    long ways =
        List.of("group_column", "time_column").stream().filter(options::containsKey).count();
    boolean says = ways > 0 || options.containsKey("split_method");
    if (says && split <= 0 && !(options.get("cv_folds") instanceof Long folds && folds > 0)) {
      wrong("the options say how rows are split, and none are; add SPLIT 0.2 or cv_folds = 5");
    }
    if (ways > 1 && !options.containsKey("split_method")) {
      wrong("group_column and time_column ask for two ways to split; keep one");
    }
    ROLES.forEach(role -> type(role, checked, input));
  }

  private void needs(boolean asked, String method, String option) {
    if (asked && !options.containsKey(option)) {
      wrong("split_method '" + method + "' needs a column; add " + option + " = 'name'");
    }
  }

  private void type(Role role, AlgorithmOptions checked, RelNode input) {
    Optional<RelDataType> type =
        Optional.ofNullable(options.get(role.option()))
            .map(name -> input.getRowType().getField(name.toString(), false, false))
            .map(RelDataTypeField::getType);
    boolean fits =
        type.isEmpty()
            || FeatureKinds.of(type.get(), FeatureKind.PLAIN)
                .filter(kind -> role.kind() == FeatureKind.CATEGORY || counts(role, kind))
                .isPresent();
    if (!fits) {
      String name = String.valueOf(options.get(role.option()));
      errors.add(
          ErrorCode.TYPE_MISMATCH.at(
              Objects.requireNonNull(checked.columns().get(name)),
              "the column '%s' is %s, which cannot be the %s"
                  .formatted(name, SparkTypes.text(type.get()), role.option())));
    }
  }

  private static boolean counts(Role role, FeatureKind kind) {
    return kind == FeatureKind.NUMBER || kind == role.kind();
  }

  private void wrong(String why) {
    errors.add(ErrorCode.INVALID_CLAUSE.at(train.span(), why));
  }
}
