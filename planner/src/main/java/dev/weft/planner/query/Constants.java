package dev.weft.planner.query;

import dev.weft.planner.function.SparkLiteral;
import dev.weft.planner.spi.RelationalCatalog.Argument;
import dev.weft.planner.types.SparkTypeFactory;
import dev.weft.planner.types.SparkTypes;
import java.util.List;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/** The literals at the end of an aggregate's arguments, which Spark wants to be constant. */
final class Constants {

  private static final RelDataTypeFactory TYPES = new SparkTypeFactory();

  private Constants() {}

  /** Where they start: never at the first argument. */
  static int start(List<SqlNode> arguments) {
    int start = arguments.size();
    while (start > 1 && is(arguments.get(start - 1))) {
      start--;
    }
    return start;
  }

  /** Whether an argument is a literal. */
  static boolean is(SqlNode argument) {
    return argument instanceof SqlLiteral literal && SparkLiteral.text(literal).isPresent();
  }

  static List<Argument> arguments(List<SqlNode> literals) {
    return literals.stream().map(literal -> argument((SqlLiteral) literal)).toList();
  }

  private static Argument argument(SqlLiteral literal) {
    String type = SparkTypes.text(literal.createSqlType(TYPES));
    return new Argument(type, false, SparkLiteral.text(literal));
  }
}
