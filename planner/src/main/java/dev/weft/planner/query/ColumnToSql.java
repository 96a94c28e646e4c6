package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser.ColumnContext;
import dev.weft.grammar.antlr.WeftParser.DereferenceContext;
import dev.weft.grammar.antlr.WeftParser.QualifiedStarContext;
import dev.weft.grammar.antlr.WeftParser.StarContext;
import dev.weft.grammar.antlr.WeftParser.SubscriptContext;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.function.SparkOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Columns, fields, elements and stars. */
final class ColumnToSql {

  /** Functions that Spark lets stand without brackets. */
  private static final Set<String> BARE =
      Set.of(
          "current_date",
          "current_timestamp",
          "current_time",
          "current_user",
          "localtimestamp",
          "session_user",
          "user");

  private final Translation translation;

  ColumnToSql(Translation translation) {
    this.translation = translation;
  }

  SqlNode column(ColumnContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    String bare = tree.getText().toLowerCase(Locale.ROOT);
    if (BARE.contains(bare) && translation.functions().kind(bare).isPresent()) {
      return translation.call(bare, place);
    }
    return new SqlIdentifier(NameText.of(tree.name()), place);
  }

  SqlNode dereference(DereferenceContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    SqlNode base = translation.expressions().visit(tree.primary());
    SqlParserPos last = translation.positions().of(tree.name());
    String name = NameText.of(tree.name());
    if (base instanceof SqlIdentifier identifier
        && !translation.isStruct(identifier.names.get(0))) {
      List<String> names = new ArrayList<>(identifier.names);
      names.add(name);
      List<SqlParserPos> places = new ArrayList<>();
      for (int i = 0; i < identifier.names.size(); i++) {
        places.add(identifier.getComponentParserPosition(i));
      }
      places.add(last);
      return new SqlIdentifier(names, null, place, places);
    }
    return translation.call(
        SparkOperator.ELEMENT, place, base, SqlLiteral.createCharString(name, last));
  }

  SqlNode subscript(SubscriptContext tree) {
    SqlNode collection = translation.expressions().visit(tree.primary());
    SqlNode key = translation.expressions().visit(tree.value());
    return translation.call(
        SparkOperator.ELEMENT, translation.positions().of(tree), collection, key);
  }

  SqlNode star(StarContext tree) {
    if (tree.exceptColumns() != null) {
      throw new NotRepresentable("* EXCEPT");
    }
    return SqlIdentifier.star(translation.positions().of(tree));
  }

  SqlNode qualifiedStar(QualifiedStarContext tree) {
    if (tree.exceptColumns() != null) {
      throw new NotRepresentable("* EXCEPT");
    }
    SqlParserPos place = translation.positions().of(tree);
    List<String> names = new ArrayList<>(NameText.parts(tree.qualifiedName()));
    names.add("");
    return new SqlIdentifier(names, null, place, null);
  }
}
