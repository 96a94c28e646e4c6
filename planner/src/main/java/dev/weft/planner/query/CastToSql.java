package dev.weft.planner.query;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.antlr.WeftParser.CastContext;
import dev.weft.grammar.antlr.WeftParser.DataTypeContext;
import dev.weft.grammar.antlr.WeftParser.ShortCastContext;
import dev.weft.planner.types.SparkTypes;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlNode;

/** CAST, TRY_CAST and {@code ::}. */
final class CastToSql {

  private final Translation translation;

  CastToSql(Translation translation) {
    this.translation = translation;
  }

  SqlNode cast(CastContext tree) {
    boolean safe = tree.operator.getType() == WeftParser.TRY_CAST;
    SqlNode operand = translation.expressions().visit(tree.expression());
    return translation
        .functions()
        .cast(type(tree.dataType()), safe)
        .createCall(translation.positions().of(tree), operand);
  }

  SqlNode shortCast(ShortCastContext tree) {
    SqlNode operand = translation.expressions().visit(tree.primary());
    return translation
        .functions()
        .cast(type(tree.dataType()), false)
        .createCall(translation.positions().of(tree), operand);
  }

  private RelDataType type(DataTypeContext tree) {
    try {
      return SparkTypes.parse(translation.positions().span(tree).text(), translation.types());
    } catch (IllegalArgumentException wrong) {
      throw ErrorCode.TYPE_MISMATCH.failure(
          translation.positions().span(tree), "this is no type: " + wrong.getMessage());
    }
  }
}
