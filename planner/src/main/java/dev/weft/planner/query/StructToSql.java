package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser.CallArgumentContext;
import dev.weft.grammar.antlr.WeftParser.FunctionCallContext;
import dev.weft.planner.NotRepresentable;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Util;

/** {@code struct(a AS x, b)}, whose fields are named as Spark names them. */
final class StructToSql {

  private final Translation translation;

  StructToSql(Translation translation) {
    this.translation = translation;
  }

  SqlNode named(FunctionCallContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    List<SqlNode> operands = new ArrayList<>();
    int position = 0;
    for (CallArgumentContext argument : tree.callArgument()) {
      position++;
      if (argument.expression() == null || argument.FAT_ARROW() != null) {
        throw new NotRepresentable("this argument of struct");
      }
      SqlNode value = translation.expressions().visit(argument.expression());
      operands.add(SqlLiteral.createCharString(name(argument, value, position), place));
      operands.add(value);
    }
    return translation.functions().operator("named_struct").createCall(place, operands);
  }

  private static String name(CallArgumentContext tree, SqlNode value, int position) {
    if (tree.fieldName() != null) {
      return NameText.of(tree.fieldName().name());
    }
    if (value instanceof SqlIdentifier column) {
      if (column.isStar()) {
        throw new NotRepresentable("struct(*)");
      }
      return Util.last(column.names);
    }
    return "col" + position;
  }
}
