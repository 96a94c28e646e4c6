package dev.weft.planner.rel;

import java.util.function.Supplier;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.jspecify.annotations.Nullable;

/** A constant that is known only when the query runs, such as the mean of a training set. */
public final class LateValue extends SqlFunction {

  private final Supplier<@Nullable String> value;

  /**
   * A value to come.
   *
   * @param value asked when the query runs; a text that Spark casts to the type, or null
   */
  public LateValue(String name, RelDataType type, Supplier<@Nullable String> value) {
    super(
        name,
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.explicit(type),
        null,
        OperandTypes.NILADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.value = value;
  }

  /** The value now. */
  public @Nullable String value() {
    return value.get();
  }

  /** Two of the same name may belong to two trainings of one model. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
