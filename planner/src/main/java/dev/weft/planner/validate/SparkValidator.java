package dev.weft.planner.validate;

import dev.weft.planner.param.Parameters;
import dev.weft.planner.types.SparkTypes;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql.validate.implicit.TypeCoercion;

/**
 * Calcite's validator with Spark's rules: no casts of its own, nulls lowest, NULL may stand alone.
 */
public final class SparkValidator extends SqlValidatorImpl {

  /** The operators that are Calcite's own; everything else is a function asked from Spark. */
  private static final SqlOperatorTable OPERATORS =
      SqlOperatorTables.of(
          SqlStdOperatorTable.AND,
          SqlStdOperatorTable.OR,
          SqlStdOperatorTable.NOT,
          SqlStdOperatorTable.IS_NULL,
          SqlStdOperatorTable.IS_NOT_NULL,
          SqlStdOperatorTable.IS_TRUE,
          SqlStdOperatorTable.IS_NOT_TRUE,
          SqlStdOperatorTable.IS_FALSE,
          SqlStdOperatorTable.IS_NOT_FALSE,
          SqlStdOperatorTable.CASE,
          SqlStdOperatorTable.COALESCE,
          SqlStdOperatorTable.EXISTS,
          SqlStdOperatorTable.IN,
          SqlStdOperatorTable.SCALAR_QUERY,
          SqlStdOperatorTable.ROW,
          SqlStdOperatorTable.AS,
          SqlStdOperatorTable.DESC,
          SqlStdOperatorTable.NULLS_FIRST,
          SqlStdOperatorTable.NULLS_LAST,
          SqlStdOperatorTable.GROUPING,
          SqlStdOperatorTable.IGNORE_NULLS,
          SqlStdOperatorTable.RESPECT_NULLS,
          SqlStdOperatorTable.UNION,
          SqlStdOperatorTable.UNION_ALL,
          SqlStdOperatorTable.INTERSECT,
          SqlStdOperatorTable.INTERSECT_ALL,
          SqlStdOperatorTable.EXCEPT,
          SqlStdOperatorTable.EXCEPT_ALL,
          SqlStdOperatorTable.EQUALS);

  private final Parameters parameters;

  /** The names of columns that a star gives, which Calcite makes unique, by their items. */
  private final IdentityHashMap<SqlNode, String> starred = new IdentityHashMap<>();

  public SparkValidator(Prepare.CatalogReader tables, Parameters parameters) {
    super(OPERATORS, tables, tables.getTypeFactory(), configuration());
    this.parameters = parameters;
  }

  @Override
  public TypeCoercion getTypeCoercion() {
    return new SparkCoercion(typeFactory, this);
  }

  private static Config configuration() {
    return Config.DEFAULT
        .withConformance(new SparkConformance())
        .withDefaultNullCollation(NullCollation.LOW)
        .withTypeCoercionEnabled(false)
        .withIdentifierExpansion(true);
  }

  @Override
  protected void addToSelectList(
      List<SqlNode> list,
      Set<String> aliases,
      List<Map.Entry<String, RelDataType>> fields,
      SqlNode item,
      SelectScope scope,
      boolean includeSystemVars) {
    super.addToSelectList(list, aliases, fields, item, scope, includeSystemVars);
    String name = SqlValidatorUtil.alias(item);
    if (name != null) {
      starred.put(list.get(list.size() - 1), name);
    }
  }

  /** The names of a checked query's columns as the user wrote them; they may repeat. */
  public List<String> names(SqlNode checked) {
    List<String> names = new ArrayList<>(getValidatedNodeType(checked).getFieldNames());
    if (first(checked) instanceof SqlSelect select
        && select.getSelectList().size() == names.size()) {
      for (int i = 0; i < names.size(); i++) {
        SqlNode item = select.getSelectList().get(i);
        String written = starred.getOrDefault(item, SqlValidatorUtil.alias(item));
        names.set(i, written == null ? names.get(i) : written);
      }
    }
    return names;
  }

  /** The query that names the columns. */
  private static SqlNode first(SqlNode query) {
    if (query instanceof SqlWith with) {
      return first(with.body);
    }
    if (query instanceof SqlOrderBy ordered) {
      return first(ordered.query);
    }
    boolean set = query.isA(SqlKind.SET_QUERY);
    return set ? first(((SqlCall) query).operand(0)) : query;
  }

  @Override
  protected void inferUnknownTypes(RelDataType inferred, SqlValidatorScope scope, SqlNode node) {
    if (SqlUtil.isNullLiteral(node, false)) {
      setValidatedNodeType(node, typeFactory.createSqlType(SqlTypeName.NULL));
    } else if (node instanceof SqlDynamicParam parameter) {
      RelDataType type = known(inferred);
      parameters.typed(parameter.getIndex(), SparkTypes.text(type));
      super.inferUnknownTypes(type, scope, node);
    } else {
      super.inferUnknownTypes(inferred, scope, node);
    }
  }

  private RelDataType known(RelDataType inferred) {
    boolean unknown =
        List.of(SqlTypeName.UNKNOWN, SqlTypeName.NULL, SqlTypeName.ANY)
            .contains(inferred.getSqlTypeName());
    return unknown ? typeFactory.createSqlType(SqlTypeName.VARCHAR) : inferred;
  }
}
