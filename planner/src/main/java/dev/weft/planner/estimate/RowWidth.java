package dev.weft.planner.estimate;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.util.ImmutableBitSet;

/** How many bytes a row takes where it is kept whole. */
final class RowWidth {

  /** The header of a row, and the word of every field. */
  private static final long HEADER = 16;

  private static final long WORD = 8;

  private RowWidth() {}

  /** Of some fields of a row. */
  static long bytes(RelDataType row, ImmutableBitSet fields) {
    return HEADER + fields.asList().stream().mapToLong(f -> bytes(row.getFieldList().get(f))).sum();
  }

  private static long bytes(RelDataTypeField field) {
    return WORD
        + switch (field.getType().getSqlTypeName()) {
          case CHAR, VARCHAR -> 24;
          case BINARY, VARBINARY, ARRAY, MAP, MULTISET, ROW, VARIANT, ANY, OTHER -> 100;
          case DECIMAL -> field.getType().getPrecision() > 18 ? 16 : 0;
          default -> 0;
        };
  }
}
