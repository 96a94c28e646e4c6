package dev.weft.engine.task;

import dev.weft.engine.TableRows;
import dev.weft.planner.AlgorithmDeclaration.OptionDeclaration;
import dev.weft.planner.plan.StatementPlan.DescribeAlgorithmPlan;
import dev.weft.planner.spi.Column;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** DESCRIBE ALGORITHM: its options. */
final class DescribeAlgorithmTask implements Task<DescribeAlgorithmPlan> {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("option", "string", false),
          new Column("type", "string", false),
          new Column("default", "string", true),
          new Column("range", "string", true),
          new Column("doc", "string", false));

  @Override
  public Outcome run(DescribeAlgorithmPlan plan, TaskContext context) {
    List<List<@Nullable String>> rows =
        plan.algorithm().options().stream().map(DescribeAlgorithmTask::row).toList();
    return Outcome.answer(rows.size() + " options", TableRows.of(COLUMNS, rows));
  }

  @Override
  public Schema schema(DescribeAlgorithmPlan plan, TaskContext context) {
    return TableRows.schema(COLUMNS);
  }

  private static List<@Nullable String> row(OptionDeclaration option) {
    Object value = option.defaultValue();
    return Arrays.asList(
        option.name(),
        option.type().name().toLowerCase(Locale.ROOT),
        value == null ? null : value.toString(),
        range(option),
        option.doc());
  }

  private static @Nullable String range(OptionDeclaration option) {
    if (!option.choices().isEmpty()) {
      return String.join(", ", option.choices());
    }
    if (option.minimum().isEmpty() && option.maximum().isEmpty()) {
      return null;
    }
    return bound(option.minimum()) + " to " + bound(option.maximum());
  }

  private static String bound(Optional<Double> bound) {
    return bound
        .map(b -> b == Math.rint(b) ? String.valueOf(b.longValue()) : b.toString())
        .orElse("any");
  }
}
