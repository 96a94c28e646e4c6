package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser.ColumnContext;
import dev.weft.grammar.antlr.WeftParser.DereferenceContext;
import dev.weft.grammar.antlr.WeftParser.ExceptColumnsContext;
import dev.weft.grammar.antlr.WeftParser.ExpressionContext;
import dev.weft.grammar.antlr.WeftParser.IdentifierColumnContext;
import dev.weft.grammar.antlr.WeftParser.QualifiedNameContext;
import dev.weft.grammar.antlr.WeftParser.QualifiedStarContext;
import dev.weft.grammar.antlr.WeftParser.StarContext;
import dev.weft.grammar.antlr.WeftParser.SubscriptContext;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.function.BareFunctions;
import dev.weft.planner.function.SparkOperator;
import dev.weft.planner.name.IdentifierClauses;
import dev.weft.planner.name.NameText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Columns, fields, elements and stars. */
final class ColumnToSql {

  /** A variable of the session under its full name. */
  private static final Pattern VARIABLE = Pattern.compile("(?i)system\\.session\\.[^.]+");

  private final Translation translation;

  ColumnToSql(Translation translation) {
    this.translation = translation;
  }

  SqlNode column(ColumnContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    String name = NameText.of(tree.name());
    if (translation.readings().isEarlierItem(place.getColumnNum())) {
      return elsewhere(tree, name);
    }
    return new SqlIdentifier(name, place);
  }

  SqlNode identifier(IdentifierColumnContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    if (translation.readings().isEarlierItem(place.getColumnNum())) {
      throw new NotRepresentable("IDENTIFIER() of an earlier item");
    }
    List<String> parts = IdentifierClauses.parts(tree.identifierClause());
    if (parts.size() > 1 && translation.readings().isStruct(parts.get(0))) {
      throw new NotRepresentable("IDENTIFIER() of a field");
    }
    int schema = translation.from().schemaParts(parts.subList(0, parts.size() - 1));
    return new SqlIdentifier(parts.subList(schema, parts.size()), place);
  }

  /**
   * A function without brackets, which a column of its name hides; the expression of an earlier
   * item, once more; otherwise a variable of the session.
   */
  private SqlNode elsewhere(ColumnContext tree, String name) {
    String bare = tree.getText().toLowerCase(Locale.ROOT);
    if (BareFunctions.NAMES.contains(bare) && translation.functions().kind(bare).isPresent()) {
      return translation.call(bare, translation.positions().of(tree));
    }
    Map<String, ExpressionContext> aliases = translation.aliases().peek();
    ExpressionContext item = aliases == null ? null : aliases.get(name.toLowerCase(Locale.ROOT));
    if (item == null) {
      // Spark refuses a name that it does not know either, and the first error stands.
      return translation.expressions().template(tree);
    }
    SqlNode value = translation.expressions().visit(item);
    if (EarlierItems.isVolatile(value)) {
      throw new NotRepresentable("an item that reads a random one");
    }
    return value;
  }

  SqlNode dereference(DereferenceContext tree) {
    if (TemplateToSql.isVariantPath(tree.primary())) {
      return translation.expressions().template(tree);
    }
    if (VARIABLE.matcher(tree.getText()).matches()) {
      return translation.expressions().template(tree);
    }
    SqlParserPos place = translation.positions().of(tree);
    SqlNode base = translation.expressions().visit(tree.primary());
    SqlParserPos last = translation.positions().of(tree.name());
    String name = NameText.of(tree.name());
    if (base instanceof SqlIdentifier identifier
        && !translation.readings().isStruct(identifier.names.get(0))) {
      int schema = translation.from().schemaParts(identifier.names);
      List<String> names =
          new ArrayList<>(identifier.names.subList(schema, identifier.names.size()));
      names.add(name);
      List<SqlParserPos> places = new ArrayList<>();
      for (int i = schema; i < identifier.names.size(); i++) {
        places.add(identifier.getComponentParserPosition(i));
      }
      places.add(last);
      return new SqlIdentifier(names, null, place, places);
    }
    return translation.call(
        SparkOperator.ELEMENT, place, base, SqlLiteral.createCharString(name, last));
  }

  SqlNode subscript(SubscriptContext tree) {
    if (TemplateToSql.isVariantPath(tree.primary())) {
      return translation.expressions().template(tree);
    }
    SqlNode collection = translation.expressions().visit(tree.primary());
    SqlNode key = translation.expressions().visit(tree.value());
    return translation.call(
        SparkOperator.ELEMENT, translation.positions().of(tree), collection, key);
  }

  SqlNode star(StarContext tree) {
    SqlIdentifier star = SqlIdentifier.star(translation.positions().of(tree));
    return tree.exceptColumns() == null ? star : without(star, tree.exceptColumns());
  }

  SqlNode qualifiedStar(QualifiedStarContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    List<String> parts = NameText.parts(tree.qualifiedName());
    List<String> names =
        new ArrayList<>(parts.subList(translation.from().schemaParts(parts), parts.size()));
    names.add("");
    SqlIdentifier star = new SqlIdentifier(names, null, place, null);
    return tree.exceptColumns() == null ? star : without(star, tree.exceptColumns());
  }

  private SqlNode without(SqlIdentifier star, ExceptColumnsContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    List<SqlIdentifier> columns = new ArrayList<>();
    for (QualifiedNameContext column : tree.qualifiedName()) {
      if (column.name().size() > 1) {
        throw new NotRepresentable("* EXCEPT of a field");
      }
      columns.add(new SqlIdentifier(NameText.parts(column), translation.positions().of(column)));
    }
    return new SqlStarExclude(place, star, new SqlNodeList(columns, place));
  }
}
