package dev.weft.repl.print;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/**
 * Reads one cell of an Arrow column as a plain Java value: numbers, text, {@code java.time}, lists,
 * and maps in their order (structs too).
 */
final class CellReader {

  private CellReader() {}

  /** The value at a row, null where it is null. */
  static @Nullable Object read(FieldVector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    if (vector instanceof MapVector map) {
      return entries(map, row);
    }
    if (vector instanceof ListVector list) {
      return elements(
          list.getDataVector(), list.getElementStartIndex(row), list.getElementEndIndex(row));
    }
    if (vector instanceof FixedSizeListVector list) {
      int size = list.getListSize();
      return elements(list.getDataVector(), row * size, (row + 1) * size);
    }
    if (vector instanceof StructVector struct) {
      return fields(struct, row);
    }
    return scalar(vector, row);
  }

  private static @Nullable Object scalar(FieldVector vector, int row) {
    if (vector instanceof DateDayVector date) {
      return LocalDate.ofEpochDay(date.get(row));
    }
    if (vector instanceof TimeStampVector time
        && vector.getField().getType() instanceof ArrowType.Timestamp type) {
      return moment(time.get(row), type);
    }
    if (vector instanceof VarBinaryVector bytes) {
      return bytes.get(row);
    }
    Object value = vector.getObject(row);
    return value instanceof Number
            || value instanceof Boolean
            || value instanceof byte[]
            || value instanceof Duration
            || value instanceof LocalTime
            || value == null
        ? value
        : text(value);
  }

  private static String text(Object value) {
    return value instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : value.toString();
  }

  private static Object moment(long value, ArrowType.Timestamp type) {
    Instant instant = instant(value, type.getUnit());
    if (type.getTimezone() == null) {
      return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
    return instant.atZone(ZoneId.of(type.getTimezone())).toOffsetDateTime();
  }

  private static Instant instant(long value, TimeUnit unit) {
    long perSecond =
        switch (unit) {
          case SECOND -> 1L;
          case MILLISECOND -> 1_000L;
          case MICROSECOND -> 1_000_000L;
          case NANOSECOND -> 1_000_000_000L;
        };
    long nanos = Math.floorMod(value, perSecond) * (1_000_000_000L / perSecond);
    return Instant.ofEpochSecond(Math.floorDiv(value, perSecond), nanos);
  }

  private static List<@Nullable Object> elements(FieldVector data, int start, int end) {
    List<@Nullable Object> values = new ArrayList<>(end - start);
    for (int i = start; i < end; i++) {
      values.add(read(data, i));
    }
    return values;
  }

  private static Map<String, @Nullable Object> fields(StructVector struct, int row) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (FieldVector child : struct.getChildrenFromFields()) {
      values.put(child.getName(), read(child, row));
    }
    return values;
  }

  private static Map<String, @Nullable Object> entries(MapVector map, int row) {
    StructVector pairs = (StructVector) map.getDataVector();
    FieldVector keys = pairs.getChildrenFromFields().get(0);
    FieldVector values = pairs.getChildrenFromFields().get(1);
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    for (int i = map.getElementStartIndex(row); i < map.getElementEndIndex(row); i++) {
      result.put(PlainText.of(read(keys, i)), read(values, i));
    }
    return result;
  }
}
