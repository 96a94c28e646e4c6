package dev.weft.planner.model;

import dev.weft.planner.spi.ModelSignature.FeatureKind;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;

/** Which kind of feature a column's type makes. */
public final class FeatureKinds {

  private FeatureKinds() {}

  /** The kind; empty for types that no model takes, such as arrays. */
  public static Optional<FeatureKind> of(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, FLOAT, DOUBLE, DECIMAL ->
          Optional.of(FeatureKind.NUMBER);
      case BOOLEAN -> Optional.of(FeatureKind.BOOLEAN);
      case CHAR, VARCHAR -> Optional.of(FeatureKind.CATEGORY);
      case DATE, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Optional.of(FeatureKind.DATETIME);
      default -> Optional.empty();
    };
  }

  /** What a kind is called in messages. */
  public static String wanted(FeatureKind kind) {
    return switch (kind) {
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      case CATEGORY -> "a string";
      case DATETIME -> "a date or timestamp";
    };
  }
}
