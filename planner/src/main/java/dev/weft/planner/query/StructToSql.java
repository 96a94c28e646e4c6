package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser.ExpressionContext;
import dev.weft.grammar.antlr.WeftParser.NamedFieldContext;
import dev.weft.grammar.antlr.WeftParser.RowValueContext;
import dev.weft.grammar.antlr.WeftParser.StructValueContext;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.function.SparkOperator;
import dev.weft.planner.name.NameText;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
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

  SqlNode struct(StructValueContext tree) {
    return named(tree.namedField(), translation.positions().of(tree));
  }

  /** {@code (a AS x, b)}. */
  SqlNode row(RowValueContext tree) {
    return named(tree.namedField(), translation.positions().of(tree));
  }

  private SqlNode named(List<NamedFieldContext> fields, SqlParserPos place) {
    List<SqlNode> operands = new ArrayList<>();
    for (NamedFieldContext field : fields) {
      SqlNode value = translation.expressions().visit(field.expression());
      String name = name(field, value, operands.size() / 2 + 1);
      operands.add(SqlLiteral.createCharString(name, place));
      operands.add(value);
    }
    return translation.functions().operator("named_struct").createCall(place, operands);
  }

  /** An item of a SELECT list, where a row in brackets is a struct with names of its own. */
  SqlNode item(ExpressionContext tree) {
    ParseTree node = tree;
    while (node.getChildCount() == 1) {
      node = node.getChild(0);
    }
    SqlNode value = translation.expressions().visit(tree);
    if (!(node instanceof RowValueContext)
        || !(value instanceof SqlCall row)
        || row.getKind() != SqlKind.ROW) {
      return value;
    }
    SqlParserPos place = row.getParserPosition();
    List<SqlNode> operands = new ArrayList<>();
    for (SqlNode field : row.getOperandList()) {
      String name = name(field, operands.size() / 2 + 1);
      operands.add(SqlLiteral.createCharString(name, place));
      operands.add(field);
    }
    return translation.functions().operator("named_struct").createCall(place, operands);
  }

  private static String name(NamedFieldContext tree, SqlNode value, int position) {
    if (tree.name() != null) {
      return NameText.of(tree.name());
    }
    boolean element = tree.getText().endsWith("]");
    return element ? "col" + position : name(value, position);
  }

  private static String name(SqlNode value, int position) {
    if (value instanceof SqlIdentifier column) {
      if (column.isStar()) {
        throw new NotRepresentable("struct(*)");
      }
      return Util.last(column.names);
    }
    if (value instanceof SqlCall field
        && field.getOperator().getName().equals(SparkOperator.ELEMENT)
        && field.operand(1) instanceof SqlCharStringLiteral key) {
      return key.getValueAs(String.class);
    }
    return "col" + position;
  }
}
