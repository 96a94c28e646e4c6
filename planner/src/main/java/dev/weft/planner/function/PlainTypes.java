package dev.weft.planner.function;

import dev.weft.planner.types.SparkTypes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Types of calls that need no question to Spark: arithmetic of whole numbers and doubles,
 * comparison of like with like, element access. They spare a cold start its first analyses.
 */
final class PlainTypes {

  private static final List<SqlTypeName> NUMBERS =
      List.of(
          SqlTypeName.TINYINT,
          SqlTypeName.SMALLINT,
          SqlTypeName.INTEGER,
          SqlTypeName.BIGINT,
          SqlTypeName.DOUBLE);
  private static final Set<SqlTypeName> INDEXES =
      Set.of(SqlTypeName.TINYINT, SqlTypeName.SMALLINT, SqlTypeName.INTEGER);
  private static final Set<SqlTypeName> DATES =
      Set.of(SqlTypeName.DATE, SqlTypeName.TIMESTAMP, SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE);
  private static final Set<String> COMPARISONS = Set.of("=", "<>", "<", "<=", ">", ">=", "<=>");
  private static final Set<String> PATTERNS = Set.of("like", "rlike", "ilike");

  private PlainTypes() {}

  static Optional<RelDataType> of(
      String function, List<RelDataType> operands, RelDataTypeFactory types) {
    if (operands.size() != 2) {
      return Optional.empty();
    }
    RelDataType left = operands.get(0);
    RelDataType right = operands.get(1);
    boolean nullable = left.isNullable() || right.isNullable();
    if (function.equals(SparkOperator.ELEMENT)) {
      return element(left, right, types);
    }
    Optional<SqlTypeName> name =
        COMPARISONS.contains(function)
            ? comparison(left, right)
            : PATTERNS.contains(function)
                ? pattern(left, right)
                : arithmetic(function, left, right);
    boolean canBeNull = nullable && !function.equals("<=>");
    return name.map(n -> types.createTypeWithNullability(types.createSqlType(n), canBeNull));
  }

  private static Optional<SqlTypeName> comparison(RelDataType left, RelDataType right) {
    boolean numbers =
        NUMBERS.contains(left.getSqlTypeName()) && NUMBERS.contains(right.getSqlTypeName());
    boolean same =
        left.getComponentType() == null
            && left.getKeyType() == null
            && !left.isStruct()
            && left.getIntervalQualifier() == null
            && left.getSqlTypeName() != SqlTypeName.UNKNOWN
            && left.getSqlTypeName() != SqlTypeName.OTHER
            && left.getSqlTypeName() != SqlTypeName.ANY
            && isKnown(right)
            && SparkTypes.text(left).equals(SparkTypes.text(right));
    return numbers || same ? Optional.of(SqlTypeName.BOOLEAN) : Optional.empty();
  }

  private static boolean isKnown(RelDataType type) {
    return type.getSqlTypeName() != SqlTypeName.UNKNOWN && type.getSqlTypeName() != SqlTypeName.ANY;
  }

  private static Optional<SqlTypeName> pattern(RelDataType left, RelDataType right) {
    boolean texts =
        left.getSqlTypeName() == SqlTypeName.VARCHAR
            && right.getSqlTypeName() == SqlTypeName.VARCHAR;
    return texts ? Optional.of(SqlTypeName.BOOLEAN) : Optional.empty();
  }

  private static Optional<SqlTypeName> arithmetic(
      String function, RelDataType left, RelDataType right) {
    int wider =
        Math.max(NUMBERS.indexOf(left.getSqlTypeName()), NUMBERS.indexOf(right.getSqlTypeName()));
    if (!NUMBERS.contains(left.getSqlTypeName()) || !NUMBERS.contains(right.getSqlTypeName())) {
      return Optional.empty();
    }
    return switch (function) {
      case "+", "-", "*", "%" -> Optional.of(NUMBERS.get(wider));
      case "/" -> Optional.of(SqlTypeName.DOUBLE);
      case "div" ->
          NUMBERS.get(wider) == SqlTypeName.DOUBLE
              ? Optional.empty()
              : Optional.of(SqlTypeName.BIGINT);
      default -> Optional.empty();
    };
  }

  /** Whether every mode of Spark's has a cast between these types. */
  static boolean casts(RelDataType from, RelDataType to) {
    return isText(from) && (isPlain(to) || DATES.contains(to.getSqlTypeName()))
        || isPlain(from) && isPlain(to)
        || DATES.contains(from.getSqlTypeName())
            && (isText(to) || DATES.contains(to.getSqlTypeName()))
        || from.getSqlTypeName() == SqlTypeName.NULL
        || !isKnown(from);
  }

  private static boolean isText(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.VARCHAR;
  }

  private static boolean isPlain(RelDataType type) {
    return isText(type)
        || NUMBERS.contains(type.getSqlTypeName())
        || type.getSqlTypeName() == SqlTypeName.FLOAT
        || type.getSqlTypeName() == SqlTypeName.REAL
        || type.getSqlTypeName() == SqlTypeName.DECIMAL
        || type.getSqlTypeName() == SqlTypeName.BOOLEAN;
  }

  private static Optional<RelDataType> element(
      RelDataType collection, RelDataType key, RelDataTypeFactory types) {
    RelDataType element = collection.getComponentType();
    RelDataType value = element == null ? collection.getValueType() : element;
    boolean fits =
        element != null
            ? INDEXES.contains(key.getSqlTypeName())
            : collection.getKeyType() != null
                && SparkTypes.text(collection.getKeyType()).equals(SparkTypes.text(key));
    if (!fits) {
      return Optional.empty();
    }
    return Optional.ofNullable(value).map(t -> types.createTypeWithNullability(t, true));
  }
}
