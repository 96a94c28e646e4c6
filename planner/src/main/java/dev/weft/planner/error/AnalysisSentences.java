package dev.weft.planner.error;

import static dev.weft.grammar.ErrorCode.INVALID_QUERY;
import static dev.weft.grammar.ErrorCode.NAME_TAKEN;
import static dev.weft.grammar.ErrorCode.NOT_GROUPED;
import static dev.weft.grammar.ErrorCode.TYPE_MISMATCH;
import static dev.weft.grammar.ErrorCode.WRONG_ARGUMENTS;

import dev.weft.grammar.ErrorCode;
import java.util.Map;
import java.util.TreeMap;

/** The conditions that Spark's analysis ends with, each in a sentence of ours. */
final class AnalysisSentences {

  private static final Map<String, Sentence> ALL = new TreeMap<>();

  static {
    groups();
    subqueries();
    clauses();
    functions();
    windows();
    types();
    tables();
  }

  private AnalysisSentences() {}

  static Map<String, Sentence> all() {
    return ALL;
  }

  private static void say(ErrorCode code, String condition, String template) {
    ALL.put(condition, new Sentence(code, template));
  }

  private static void groups() {
    say(
        NOT_GROUPED,
        "MISSING_AGGREGATION",
        "'{expression}' is neither in GROUP BY nor inside an aggregate function; group by it, or"
            + " write {expressionAnyValue} where any row will do");
    say(
        NOT_GROUPED,
        "MISSING_GROUP_BY",
        "a column stands beside an aggregate function, and there is no GROUP BY; add one, or OVER"
            + " (…) to keep all rows");
    say(
        INVALID_QUERY,
        "NESTED_AGGREGATE_FUNCTION",
        "an aggregate function cannot stand inside another; compute the inner one in a subquery");
    say(
        INVALID_QUERY,
        "GROUP_BY_AGGREGATE",
        "GROUP BY takes no aggregate function; compute it in a subquery first");
    say(
        INVALID_QUERY,
        "GROUP_BY_POS_AGGREGATE",
        "GROUP BY {index} is the aggregate '{aggExpr}'; group by a column instead");
    say(
        INVALID_QUERY,
        "GROUP_BY_POS_OUT_OF_RANGE",
        "GROUP BY {index} names no column; SELECT gives 1 to {size}");
    say(
        INVALID_QUERY,
        "ORDER_BY_POS_OUT_OF_RANGE",
        "ORDER BY {index} names no column; SELECT gives 1 to {size}");
    say(
        INVALID_QUERY,
        "UNSUPPORTED_GROUPING_EXPRESSION",
        "grouping() and grouping_id() need GROUPING SETS, CUBE or ROLLUP in GROUP BY");
    say(
        INVALID_QUERY,
        "INVALID_WHERE_CONDITION",
        "WHERE is asked row by row, and '{expressionList}' needs many; use HAVING, or filter a"
            + " subquery that computes it");
  }

  private static void subqueries() {
    say(
        INVALID_QUERY,
        "INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN",
        "a subquery that stands for a value gives one column, and this one gives {number}");
    say(
        INVALID_QUERY,
        "UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.MUST_AGGREGATE_CORRELATED_SCALAR_SUBQUERY",
        "a subquery that stands for a value gives one row for each row outside; use an aggregate"
            + " function in it");
    say(
        TYPE_MISMATCH,
        "DATATYPE_MISMATCH.IN_SUBQUERY_LENGTH_MISMATCH",
        "IN compares {leftLength} on its left with the {rightLength} columns of its subquery; give"
            + " both the same number");
    say(
        TYPE_MISMATCH,
        "DATATYPE_MISMATCH.IN_SUBQUERY_DATA_TYPE_MISMATCH",
        "the left side of IN is {leftType}, and its subquery gives {rightType}; cast one of them");
  }

  private static void clauses() {
    say(
        INVALID_QUERY,
        "NUM_COLUMNS_MISMATCH",
        "{operator} needs the same number of columns everywhere; the first query gives"
            + " {firstNumColumns}, the {invalidOrdinalNum} one {invalidNumColumns}");
    say(
        TYPE_MISMATCH,
        "INCOMPATIBLE_COLUMN_TYPE",
        "the {columnOrdinalNumber} column of {operator} is {dataType2} in the first query and"
            + " {dataType1} in the {tableOrdinalNumber}; cast one of them");
    say(
        INVALID_QUERY,
        "INVALID_LIMIT_LIKE_EXPRESSION.IS_NEGATIVE",
        "{name} takes 0 or more, not {v}");
    say(
        INVALID_QUERY,
        "INVALID_LIMIT_LIKE_EXPRESSION.IS_UNFOLDABLE",
        "{name} takes a constant, not '{expr}'");
    say(
        INVALID_QUERY,
        "INVALID_LIMIT_LIKE_EXPRESSION.DATA_TYPE",
        "{name} takes a whole number, not {dataType}");
    say(INVALID_QUERY, "INVALID_LIMIT_LIKE_EXPRESSION.IS_NULL", "{name} takes a number, not NULL");
    say(
        TYPE_MISMATCH,
        "DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN",
        "a filter needs a boolean, and '{filter}' is {type}; compare it");
    say(
        TYPE_MISMATCH,
        "JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE",
        "ON needs a boolean, and '{joinCondition}' is {conditionType}; compare it");
    say(
        INVALID_QUERY,
        "ASSIGNMENT_ARITY_MISMATCH",
        "there are {numTarget} names for {numExpr} columns; give each column its name");
    say(
        INVALID_QUERY,
        "DUPLICATED_CTE_NAMES",
        "WITH gives the name '{duplicateNames}' twice; rename one of them");
    say(
        INVALID_QUERY,
        "MISSING_WINDOW_SPECIFICATION",
        "there is no window '{windowName}'; add WINDOW {windowName} AS (…)");
    say(
        TYPE_MISMATCH,
        "INVALID_INLINE_TABLE.INCOMPATIBLE_TYPES_IN_INLINE_TABLE",
        "the rows of VALUES have different types in the column '{colName}'; cast them");
    say(
        INVALID_QUERY,
        "INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH",
        "all rows of VALUES need {expectedNumCols} columns, and one has {actualNumCols}");
    say(
        TYPE_MISMATCH,
        "UNPIVOT_VALUE_DATA_TYPE_MISMATCH",
        "the columns that UNPIVOT puts into one have different types, {types}; cast them first");
  }

  private static void functions() {
    say(
        INVALID_QUERY,
        "NOT_A_CONSTANT_STRING.NOT_CONSTANT",
        "{name} takes a text that is known before the query runs, not '{expr}'");
    say(INVALID_QUERY, "NOT_A_CONSTANT_STRING.NULL", "{name} takes a text, and '{expr}' is NULL");
    say(
        INVALID_QUERY,
        "NOT_A_CONSTANT_STRING.WRONG_TYPE",
        "{name} takes a text, and '{expr}' is {dataType}");
    String count = "{functionName} takes {expectedNum} arguments, not {actualNum}";
    say(WRONG_ARGUMENTS, "WRONG_NUM_ARGS.WITHOUT_SUGGESTION", count);
    say(WRONG_ARGUMENTS, "WRONG_NUM_ARGS.WITH_SUGGESTION", count);
    say(
        WRONG_ARGUMENTS,
        "INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH",
        "the lambda here takes {expectedNumArgs} arguments, not {actualNumArgs}");
    say(
        WRONG_ARGUMENTS,
        "INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION",
        "this function takes no lambda; transform, filter, aggregate and exists do");
    say(
        WRONG_ARGUMENTS,
        "UNRECOGNIZED_PARAMETER_NAME",
        "{routineName} has no argument '{argumentName}'; there are: {proposal}");
    say(
        WRONG_ARGUMENTS,
        "REQUIRED_PARAMETER_NOT_FOUND",
        "{routineName} needs the argument '{parameterName}'");
    say(
        INVALID_QUERY,
        "WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE",
        "{funcName} needs a window; add OVER (ORDER BY …)");
    say(
        INVALID_QUERY,
        "UNSUPPORTED_EXPR_FOR_WINDOW",
        "'{sqlExpr}' is no function for OVER; use an aggregate or a window function");
    say(
        INVALID_QUERY,
        "INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX",
        "{prettyName} takes no {syntax}");
    say(
        INVALID_QUERY,
        "UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS",
        "a generator such as explode stands alone, not inside an expression; use LATERAL VIEW or a"
            + " subquery");
    say(
        INVALID_QUERY,
        "UNSUPPORTED_GENERATOR.MULTI_GENERATOR",
        "one SELECT takes one generator, not {num}; use LATERAL VIEW for the others");
    say(
        INVALID_QUERY,
        "UNSUPPORTED_GENERATOR.NOT_GENERATOR",
        "{functionName} makes no rows; explode, posexplode, inline, stack and json_tuple do");
    say(
        INVALID_QUERY,
        "UNSUPPORTED_GENERATOR.OUTSIDE_SELECT",
        "a generator such as explode stands in SELECT or LATERAL VIEW only; use a subquery");
    say(
        INVALID_QUERY,
        "NUM_TABLE_VALUE_ALIASES_MISMATCH",
        "{funcName} gives {outColsNum} columns, and the alias names {aliasesNum}; name all or none");
  }

  private static void types() {
    say(
        TYPE_MISMATCH,
        "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES",
        "{left} and {right} do not go together here; cast one of them");
    say(
        TYPE_MISMATCH,
        "DATATYPE_MISMATCH.BINARY_OP_WRONG_TYPE",
        "this operator takes {inputType}, not {actualDataType}; cast the operands");
    say(
        TYPE_MISMATCH,
        "DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION",
        "{srcType} cannot be cast to {targetType}");
    say(
        TYPE_MISMATCH,
        "DATATYPE_MISMATCH.CAST_WITH_FUNC_SUGGESTION",
        "{srcType} cannot be cast to {targetType}; use the function {functionNames}");
    say(
        TYPE_MISMATCH,
        "DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
        "{functionName} needs values with an order, and {dataType} has none");
    say(
        TYPE_MISMATCH,
        "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE",
        "the {exprName} lies in {valueRange}, and {currentValue} does not");
    say(
        TYPE_MISMATCH,
        "INVALID_EXTRACT_BASE_FIELD_TYPE",
        "'{base}' is {other}, and only struct, array and map have parts");
    say(TYPE_MISMATCH, "INVALID_TYPED_LITERAL", "{value} is no {valueType}; write it as {example}");
  }

  private static void tables() {
    say(
        NAME_TAKEN,
        "COLUMN_ALREADY_EXISTS",
        "the column '{columnName}' is there twice; rename one of them");
    say(
        INVALID_QUERY,
        "INSERT_COLUMN_ARITY_MISMATCH.NOT_ENOUGH_DATA_COLUMNS",
        "the query gives the columns {dataColumns}, and '{tableName}' has {tableColumns}; name the"
            + " columns in INSERT INTO {tableName} (…)");
    say(
        INVALID_QUERY,
        "INSERT_COLUMN_ARITY_MISMATCH.TOO_MANY_DATA_COLUMNS",
        "the query gives the columns {dataColumns}, and '{tableName}' has only {tableColumns}");
    say(
        TYPE_MISMATCH,
        "INCOMPATIBLE_DATA_FOR_TABLE.CANNOT_SAFELY_CAST",
        "the column '{colName}' of '{tableName}' is {targetType}, and the query gives {srcType};"
            + " cast it");
    say(
        INVALID_QUERY,
        "UNSUPPORTED_OVERWRITE.TABLE",
        "'{table}' is written over by a statement that reads it; write to another table first");
    say(
        INVALID_QUERY,
        "PARTITIONS_NOT_FOUND",
        "'{tableName}' is not partitioned by {partitionList}; DESCRIBE TABLE {tableName} shows by"
            + " what");
  }

  private static void windows() {
    say(
        INVALID_QUERY,
        "_LEGACY_ERROR_TEMP_1030",
        "FILTER does not go with OVER here; write CASE WHEN inside the function");
    say(
        INVALID_QUERY,
        "_LEGACY_ERROR_TEMP_1031",
        "a window function cannot stand inside an aggregate function; compute it in a subquery");
    say(
        INVALID_QUERY,
        "_LEGACY_ERROR_TEMP_1034",
        "{clauseName} comes before windows; compute them in a subquery, and ask for that");
    say(
        INVALID_QUERY,
        "_LEGACY_ERROR_TEMP_1035",
        "{prettyName} takes no frame; leave ROWS or RANGE out");
    say(
        INVALID_QUERY,
        "_LEGACY_ERROR_TEMP_1036",
        "this window function has a frame of its own; leave ROWS or RANGE out");
    say(
        INVALID_QUERY,
        "_LEGACY_ERROR_TEMP_1037",
        "{wf} needs an order in its window; write OVER (ORDER BY …)");
    say(
        INVALID_QUERY,
        "WINDOW_FUNCTION_AND_FRAME_MISMATCH",
        "{funcName} takes no frame; order its window and leave ROWS or RANGE out");
    say(
        INVALID_QUERY,
        "DISTINCT_WINDOW_FUNCTION_UNSUPPORTED",
        "DISTINCT does not go with OVER; remove what is there twice in a subquery");
    say(
        TYPE_MISMATCH,
        "DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_UNACCEPTED_TYPE",
        "the {location} bound of the frame has to be {expectedType}, and it is {exprType}");
  }
}
