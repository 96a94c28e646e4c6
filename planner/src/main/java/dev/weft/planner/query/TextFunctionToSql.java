package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser.ExtractContext;
import dev.weft.grammar.antlr.WeftParser.OverlayContext;
import dev.weft.grammar.antlr.WeftParser.PositionContext;
import dev.weft.grammar.antlr.WeftParser.SubstringContext;
import dev.weft.grammar.antlr.WeftParser.TrimContext;
import dev.weft.planner.name.NameText;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The functions of the SQL standard with words between their arguments. */
final class TextFunctionToSql {

  private final Translation translation;

  TextFunctionToSql(Translation translation) {
    this.translation = translation;
  }

  SqlNode extract(ExtractContext tree) {
    SqlParserPos place = place(tree);
    SqlNode field = SqlLiteral.createCharString(NameText.of(tree.field), place(tree.field));
    return translation.call("date_part", place, field, visit(tree.value()));
  }

  SqlNode substring(SubstringContext tree) {
    List<SqlNode> operands = new ArrayList<>();
    operands.add(visit(tree.value(0)));
    operands.add(visit(tree.start));
    if (tree.length != null) {
      operands.add(visit(tree.length));
    }
    return translation.functions().operator("substring").createCall(place(tree), operands);
  }

  SqlNode trim(TrimContext tree) {
    boolean leading = tree.LEADING() != null;
    boolean trailing = tree.TRAILING() != null;
    String name = leading ? "ltrim" : trailing ? "rtrim" : "trim";
    SqlParserPos place = place(tree);
    SqlNode text = visit(tree.text);
    if (tree.characters == null) {
      return translation.call(name, place, text);
    }
    // Spark's functions take the characters first.
    return translation.call(name, place, visit(tree.characters), text);
  }

  SqlNode position(PositionContext tree) {
    return translation.call("locate", place(tree), visit(tree.needle), visit(tree.text));
  }

  SqlNode overlay(OverlayContext tree) {
    List<SqlNode> operands = new ArrayList<>();
    operands.add(visit(tree.text));
    operands.add(visit(tree.replacement));
    operands.add(visit(tree.start));
    if (tree.length != null) {
      operands.add(visit(tree.length));
    }
    return translation.functions().operator("overlay").createCall(place(tree), operands);
  }

  private SqlNode visit(ParserRuleContext tree) {
    return translation.expressions().visit(tree);
  }

  private SqlParserPos place(ParserRuleContext tree) {
    return translation.positions().of(tree);
  }
}
