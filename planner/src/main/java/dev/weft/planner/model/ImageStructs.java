package dev.weft.planner.model;

import dev.weft.planner.function.SparkFunctions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;

/** The structs that LOAD image gives: pixels without a file. */
final class ImageStructs {

  /** What the bytes begin with; the runtime knows them by it. */
  private static final String MARK = "weft pixels ";

  private static final Set<SqlTypeName> WHOLE = Set.of(SqlTypeName.INTEGER);
  private static final Set<SqlTypeName> BYTES = Set.of(SqlTypeName.BINARY, SqlTypeName.VARBINARY);
  private static final List<String> SIZES = List.of("height", "width", "nChannels", "mode");
  private static final String DATA = "data";
  private static final Map<String, Set<SqlTypeName>> FIELDS =
      Map.of("height", WHOLE, "width", WHOLE, "nChannels", WHOLE, "mode", WHOLE, DATA, BYTES);

  private final RexBuilder rex;
  private final SparkFunctions functions;

  ImageStructs(RexBuilder rex, SparkFunctions functions) {
    this.rex = rex;
    this.functions = functions;
  }

  /** Whether a type has all their fields. */
  static boolean fits(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.ROW
        && FIELDS.entrySet().stream()
            .allMatch(
                wanted -> {
                  RelDataTypeField field = type.getField(wanted.getKey(), false, false);
                  return field != null
                      && wanted.getValue().contains(field.getType().getSqlTypeName());
                });
  }

  /** One value of bytes: a line of text with the sizes, then the pixels; null where one is null. */
  RexNode bytes(RexNode struct) {
    RelDataTypeFactory types = rex.getTypeFactory();
    RelDataType text =
        types.createTypeWithNullability(types.createSqlType(SqlTypeName.VARCHAR), true);
    RelDataType bytes =
        types.createTypeWithNullability(types.createSqlType(SqlTypeName.VARBINARY), true);
    RexNode line = rex.makeLiteral(MARK);
    for (String size : SIZES) {
      RexNode number = rex.makeAbstractCast(text, rex.makeFieldAccess(struct, size, true), false);
      line = call(text, call(text, line, number), rex.makeLiteral(" "));
    }
    return call(
        bytes, rex.makeAbstractCast(bytes, line, false), rex.makeFieldAccess(struct, DATA, true));
  }

  private RexNode call(RelDataType type, RexNode left, RexNode right) {
    return rex.makeCall(type, functions.operator("concat"), List.of(left, right));
  }
}
