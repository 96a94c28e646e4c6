package dev.weft.planner.function;

import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.RelationalCatalog;
import dev.weft.planner.spi.RelationalCatalog.Argument;
import dev.weft.planner.spi.SparkError;
import dev.weft.planner.types.SparkTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCallBinding;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** The types of calls: the plain ones known here, all others asked from Spark, once of its own. */
public final class CallTypes {

  private final RelationalCatalog catalog;
  private final Map<Question, Column> answers = new ConcurrentHashMap<>();

  public CallTypes(RelationalCatalog catalog) {
    this.catalog = catalog;
  }

  RelDataType of(String function, SqlOperatorBinding binding) {
    List<RelDataType> operands = binding.collectOperandTypes();
    if (function.equals(SparkOperator.ELEMENT) && operands.get(0).isStruct()) {
      return field(operands.get(0), binding);
    }
    if (function.equals("in")) {
      return in(operands, binding);
    }
    Optional<RelDataType> plain = PlainTypes.of(function, operands, binding.getTypeFactory());
    if (function.equals(SparkOperator.ELEMENT) && plain.isEmpty()) {
      return ofText(SparkTemplate.place(0) + "[" + SparkTemplate.place(1) + "]", binding);
    }
    return plain.orElseGet(() -> asked(function, binding, List.of(), false));
  }

  private static RelDataType field(RelDataType struct, SqlOperatorBinding binding) {
    String name = binding.getOperandLiteralValue(1, String.class);
    RelDataTypeField field = name == null ? null : struct.getField(name, false, false);
    if (field == null) {
      String sentence =
          "The struct has no field '" + name + "'; it has " + struct.getFieldNames() + ".";
      throw new FunctionRejected(
          place(binding),
          new SparkError(
              "FIELD_NOT_FOUND",
              sentence,
              OptionalInt.empty(),
              new IllegalArgumentException(name)));
    }
    return binding.getTypeFactory().createTypeWithNullability(field.getType(), true);
  }

  /** As good as a comparison with each element; Spark has no function to ask. */
  private RelDataType in(List<RelDataType> operands, SqlOperatorBinding binding) {
    boolean nullable = operands.get(0).isNullable();
    for (RelDataType element : operands.subList(1, operands.size())) {
      List<RelDataType> both = List.of(operands.get(0), element);
      nullable = nullable || element.isNullable();
      if (element.getSqlTypeName() != SqlTypeName.NULL
          && PlainTypes.of("=", both, binding.getTypeFactory()).isEmpty()) {
        List<Argument> arguments =
            both.stream().map(type -> argument(type, Optional.empty())).toList();
        ask(new Question("=", arguments, false, false), binding);
      }
    }
    RelDataType truth = binding.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN);
    return binding.getTypeFactory().createTypeWithNullability(truth, nullable);
  }

  /** The type in which values of several types stand in one column, if there is one. */
  List<RelDataType> common(List<RelDataType> values, RelDataTypeFactory factory) {
    List<Argument> arguments =
        values.stream().map(type -> argument(type, Optional.empty())).toList();
    Question question = new Question("coalesce", arguments, false, false);
    try {
      Column answer = answers.get(question);
      if (answer == null) {
        answer = catalog.callType("coalesce", arguments, false);
        answers.put(question, answer);
      }
      boolean nullable = values.stream().anyMatch(RelDataType::isNullable);
      RelDataType type = SparkTypes.of(answer, factory);
      return List.of(factory.createTypeWithNullability(type, nullable));
    } catch (SparkError none) {
      return List.of();
    }
  }

  RelDataType of(SparkAggregate function, SqlOperatorBinding binding, boolean distinct) {
    return asked(function.getName(), binding, function.constantArguments(), distinct);
  }

  /** The type of an aggregate with WITHIN GROUP over keys of these types. */
  RelDataType within(SparkAggregate function, SqlOperatorBinding binding, List<RelDataType> keys) {
    List<RelDataType> operands = binding.collectOperandTypes();
    List<Argument> arguments = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (RelDataType operand : operands) {
      values.add(SparkTemplate.place(arguments.size()));
      arguments.add(argument(operand, Optional.empty()));
    }
    values.addAll(function.constants());
    List<String> order = new ArrayList<>();
    for (RelDataType key : keys) {
      order.add(SparkTemplate.place(arguments.size()));
      arguments.add(argument(key, Optional.empty()));
    }
    String text =
        "%s(%s) within group (order by %s)"
            .formatted(function.getName(), String.join(", ", values), String.join(", ", order));
    return ask(new Question(text, arguments, false, true), binding);
  }

  /** The type of the rows that a generator makes. */
  RelDataType generated(String function, SqlOperatorBinding binding) {
    List<RelDataType> operands = binding.collectOperandTypes();
    List<Argument> arguments = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      arguments.add(argument(operands.get(i), literal(binding, i)));
    }
    try {
      return SparkTypes.row(
          catalog.generatedColumns(function, arguments), binding.getTypeFactory());
    } catch (SparkError rejected) {
      throw new FunctionRejected(place(binding), ArgumentNames.in(rejected, binding));
    }
  }

  RelDataType ofText(String text, SqlOperatorBinding binding) {
    List<RelDataType> operands = binding.collectOperandTypes();
    List<Argument> arguments = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      arguments.add(argument(operands.get(i), literal(binding, i)));
    }
    return ask(new Question(text, arguments, false, true), binding);
  }

  private RelDataType asked(
      String function, SqlOperatorBinding binding, List<Argument> constants, boolean distinct) {
    List<RelDataType> operands = binding.collectOperandTypes();
    List<Argument> arguments = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      arguments.add(argument(operands.get(i), literal(binding, i)));
    }
    arguments.addAll(constants);
    return ask(new Question(function, arguments, distinct, false), binding);
  }

  private RelDataType ask(Question question, SqlOperatorBinding binding) {
    try {
      Column answer = answers.get(question);
      if (answer == null) {
        answer =
            question.text
                ? catalog.expressionType(question.function, question.arguments)
                : catalog.callType(question.function, question.arguments, question.distinct);
        if (question.text || !catalog.isUserFunction(question.function)) {
          answers.put(question, answer);
        }
      }
      return SparkTypes.of(answer, binding.getTypeFactory());
    } catch (SparkError rejected) {
      throw new FunctionRejected(place(binding), ArgumentNames.in(rejected, binding));
    }
  }

  /** A parameter whose value is not known yet is text, as in Spark. */
  private static Argument argument(RelDataType type, Optional<String> literal) {
    boolean unknown =
        type.getSqlTypeName() == SqlTypeName.UNKNOWN || type.getSqlTypeName() == SqlTypeName.ANY;
    String name = unknown ? "string" : SparkTypes.text(type);
    return new Argument(name, type.isNullable(), literal);
  }

  /** The text of a literal operand, while text is checked and again when it is converted. */
  private static Optional<String> literal(SqlOperatorBinding binding, int ordinal) {
    if (binding instanceof SqlCallBinding call && ordinal < call.operands().size()) {
      return call.operand(ordinal) instanceof SqlLiteral literal
          ? SparkLiteral.text(literal)
          : Optional.empty();
    }
    if (binding instanceof RexCallBinding call && ordinal < call.operands().size()) {
      return call.operands().get(ordinal) instanceof RexLiteral literal
          ? SparkLiteral.text(literal)
          : Optional.empty();
    }
    return Optional.empty();
  }

  private static SqlParserPos place(SqlOperatorBinding binding) {
    return binding instanceof SqlCallBinding call
        ? call.getCall().getParserPosition()
        : SqlParserPos.ZERO;
  }

  private record Question(
      String function, List<Argument> arguments, boolean distinct, boolean text) {}
}
