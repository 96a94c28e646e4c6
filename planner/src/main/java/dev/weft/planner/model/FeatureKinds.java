package dev.weft.planner.model;

import dev.weft.planner.spi.ModelSignature.FeatureKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;

/** Which kind of feature a column's type makes. */
public final class FeatureKinds {

  /** Where columns of images come from. */
  public static final String READ_IMAGES =
      "read images with LOAD image, or their files with LOAD binaryFile into its column content";

  private FeatureKinds() {}

  /** The kind; empty for types that no model takes, such as maps. */
  public static Optional<FeatureKind> of(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, FLOAT, DOUBLE, DECIMAL ->
          Optional.of(FeatureKind.NUMBER);
      case BOOLEAN -> Optional.of(FeatureKind.BOOLEAN);
      case CHAR, VARCHAR -> Optional.of(FeatureKind.CATEGORY);
      case DATE, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Optional.of(FeatureKind.DATETIME);
      case BINARY, VARBINARY -> Optional.of(FeatureKind.IMAGE);
      case ARRAY -> ofElements(Objects.requireNonNull(type.getComponentType()));
      case ROW -> ImageStructs.fits(type) ? Optional.of(FeatureKind.IMAGE) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<FeatureKind> ofElements(RelDataType element) {
    return of(element)
        .flatMap(
            kind ->
                switch (kind) {
                  case NUMBER -> Optional.of(FeatureKind.NUMBERS);
                  case CATEGORY -> Optional.of(FeatureKind.TEXTS);
                  default -> Optional.empty();
                });
  }

  /** The kind among those that an algorithm takes: a string is a category, or else its words. */
  public static Optional<FeatureKind> of(RelDataType type, List<FeatureKind> taken) {
    Optional<FeatureKind> kind = of(type);
    boolean words = kind.equals(Optional.of(FeatureKind.CATEGORY)) && !taken.contains(kind.get());
    return (words ? Optional.of(FeatureKind.TEXT) : kind).filter(taken::contains);
  }

  /** Whether a column of a type can be a feature of a kind. */
  public static boolean fits(RelDataType type, FeatureKind kind) {
    return of(type, List.of(kind)).isPresent();
  }

  /** What a kind is called in messages. */
  public static String wanted(FeatureKind kind) {
    return switch (kind) {
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      case CATEGORY -> "a string";
      case DATETIME -> "a date or timestamp";
      case TEXT -> "a text";
      case NUMBERS -> "an array of numbers";
      case TEXTS -> "an array of strings";
      case IMAGE -> "images";
    };
  }

  /** What several kinds are called in messages. */
  public static String wanted(List<FeatureKind> kinds) {
    return kinds.stream().map(FeatureKinds::wanted).collect(Collectors.joining(" or "));
  }
}
