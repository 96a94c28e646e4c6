package dev.weft.spark.columns;

import java.util.Map;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TinyIntVector;

/** Vectors whose values are the first bytes of Spark's words. */
final class FixedWidth {

  private static final Map<Class<?>, Integer> WIDTHS =
      Map.of(
          BigIntVector.class, Long.BYTES,
          Float8Vector.class, Double.BYTES,
          TimeStampMicroTZVector.class, Long.BYTES,
          TimeStampMicroVector.class, Long.BYTES,
          IntVector.class, Integer.BYTES,
          Float4Vector.class, Float.BYTES,
          DateDayVector.class, Integer.BYTES,
          SmallIntVector.class, Short.BYTES,
          TinyIntVector.class, Byte.BYTES);

  private FixedWidth() {}

  /** Bytes of a value; 0 where it is none of these. */
  static int of(FieldVector vector) {
    return WIDTHS.getOrDefault(vector.getClass(), 0);
  }

  static BaseFixedWidthVector cast(FieldVector vector) {
    return (BaseFixedWidthVector) vector;
  }
}
