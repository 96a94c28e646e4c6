package dev.weft.spark.statistics;

import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Where the values of a type lie on the line of numbers.
 *
 * @param step the least difference of two values; 0 where there is none
 */
record ParquetNumbers(double factor, double step) {

  /** Empty for texts, timestamps, which have several forms, and unsigned numbers. */
  static Optional<ParquetNumbers> of(PrimitiveType type) {
    LogicalTypeAnnotation means = type.getLogicalTypeAnnotation();
    return switch (type.getPrimitiveTypeName()) {
      case INT32, INT64 -> whole(means);
      case FLOAT, DOUBLE ->
          means == null ? Optional.of(new ParquetNumbers(1, 0)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<ParquetNumbers> whole(LogicalTypeAnnotation means) {
    if (means instanceof DecimalLogicalTypeAnnotation decimal) {
      double step = Math.pow(10, -decimal.getScale());
      return Optional.of(new ParquetNumbers(step, step));
    }
    boolean plain =
        means == null
            || means instanceof DateLogicalTypeAnnotation
            || (means instanceof IntLogicalTypeAnnotation number && number.isSigned());
    return plain ? Optional.of(new ParquetNumbers(1, 1)) : Optional.empty();
  }

  OptionalDouble place(Object value) {
    return value instanceof Number number
        ? OptionalDouble.of(number.doubleValue() * factor)
        : OptionalDouble.empty();
  }
}
