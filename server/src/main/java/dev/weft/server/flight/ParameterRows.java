package dev.weft.server.flight;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.DenseUnionVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Parameters as clients bind them, as Java values: one list per row of the batch. */
final class ParameterRows {

  private static final int MOST_ROWS = 10_000;

  private ParameterRows() {}

  /**
   * The types that clients are asked to bind. The JDBC driver sends a time as milliseconds of its
   * own wall clock whatever unit and zone it is told, so it is told just that.
   */
  static Schema schema(Schema parameters) {
    return new Schema(parameters.getFields().stream().map(ParameterRows::askable).toList());
  }

  private static Field askable(Field field) {
    if (!(field.getType() instanceof ArrowType.Timestamp)) {
      return field;
    }
    return Field.nullable(field.getName(), new ArrowType.Timestamp(TimeUnit.MILLISECOND, null));
  }

  /** Reads all rows of a stream; none when the client sent no schema. */
  static List<List<Object>> read(FlightStream stream) {
    List<List<Object>> rows = new ArrayList<>();
    while (stream.next()) {
      if (!stream.hasRoot()) {
        continue;
      }
      VectorSchemaRoot root = stream.getRoot();
      if (rows.size() + root.getRowCount() > MOST_ROWS) {
        throw CallStatus.RESOURCE_EXHAUSTED
            .withDescription("more than " + MOST_ROWS + " rows of parameters; send fewer at a time")
            .toRuntimeException();
      }
      for (int row = 0; row < root.getRowCount(); row++) {
        rows.add(row(root, row));
      }
    }
    return rows.stream().anyMatch(row -> !row.isEmpty()) ? rows : List.of();
  }

  private static List<Object> row(VectorSchemaRoot root, int row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (FieldVector vector : root.getFieldVectors()) {
      values.add(value(vector, row));
    }
    return Collections.unmodifiableList(nullsAllowed(values));
  }

  /** Null is a value here, though the contract's list does not say so. */
  @SuppressWarnings({"unchecked", "NullAway"})
  private static List<Object> nullsAllowed(List<?> values) {
    return (List<Object>) values;
  }

  private static @Nullable Object value(FieldVector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    if (vector instanceof DenseUnionVector union) {
      FieldVector member = (FieldVector) union.getVectorByType(union.getTypeId(row));
      return value(member, union.getOffset(row));
    }
    if (vector instanceof TimeStampVector times) {
      return time((ArrowType.Timestamp) vector.getField().getType(), times.get(row));
    }
    if (vector instanceof DateDayVector days) {
      return LocalDate.ofEpochDay(days.get(row));
    }
    if (vector instanceof DateMilliVector millis) {
      return LocalDate.ofEpochDay(Math.floorDiv(millis.get(row), 86_400_000L));
    }
    return plain(vector, row);
  }

  private static Object plain(FieldVector vector, int row) {
    Object value = vector.getObject(row);
    if (value instanceof Byte || value instanceof Short || value instanceof Character) {
      return value instanceof Number number ? number.intValue() : (int) (Character) value;
    }
    if (value instanceof Float real) {
      return real.doubleValue();
    }
    boolean asItIs =
        value instanceof Boolean
            || value instanceof Integer
            || value instanceof Long
            || value instanceof Double
            || value instanceof BigDecimal
            || value instanceof byte[];
    return asItIs ? value : String.valueOf(value);
  }

  private static Object time(ArrowType.Timestamp type, long value) {
    long perSecond = perSecond(type.getUnit());
    long seconds = Math.floorDiv(value, perSecond);
    long nanos = Math.floorMod(value, perSecond) * (1_000_000_000L / perSecond);
    Instant instant = Instant.ofEpochSecond(seconds, nanos);
    return type.getTimezone() == null ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC) : instant;
  }

  private static long perSecond(TimeUnit unit) {
    return switch (unit) {
      case SECOND -> 1;
      case MILLISECOND -> 1_000;
      case MICROSECOND -> 1_000_000;
      case NANOSECOND -> 1_000_000_000;
    };
  }
}
