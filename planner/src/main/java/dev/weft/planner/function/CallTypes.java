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
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** The types of calls: the plain ones known here, all others asked from Spark once. */
public final class CallTypes {

  private final RelationalCatalog catalog;
  private final Map<Question, Column> answers = new ConcurrentHashMap<>();

  public CallTypes(RelationalCatalog catalog) {
    this.catalog = catalog;
  }

  RelDataType of(String function, SqlOperatorBinding binding) {
    List<RelDataType> operands = binding.collectOperandTypes();
    Optional<RelDataType> plain = PlainTypes.of(function, operands, binding.getTypeFactory());
    return plain.orElseGet(() -> asked(function, binding, List.of(), false));
  }

  RelDataType of(SparkAggregate function, SqlOperatorBinding binding, boolean distinct) {
    return asked(function.getName(), binding, function.constantArguments(), distinct);
  }

  private RelDataType asked(
      String function, SqlOperatorBinding binding, List<Argument> constants, boolean distinct) {
    List<RelDataType> operands = binding.collectOperandTypes();
    List<Argument> arguments = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      arguments.add(argument(operands.get(i), literal(binding, i)));
    }
    arguments.addAll(constants);
    Question question = new Question(function, arguments, distinct);
    try {
      Column answer = answers.get(question);
      if (answer == null) {
        answer = catalog.callType(function, arguments, distinct);
        answers.put(question, answer);
      }
      return SparkTypes.of(answer, binding.getTypeFactory());
    } catch (SparkError rejected) {
      throw new FunctionRejected(place(binding), rejected);
    }
  }

  /** A parameter whose value is not known yet is text, as in Spark. */
  private static Argument argument(RelDataType type, Optional<String> literal) {
    boolean unknown =
        type.getSqlTypeName() == SqlTypeName.UNKNOWN || type.getSqlTypeName() == SqlTypeName.ANY;
    String name = unknown ? "string" : SparkTypes.text(type);
    return new Argument(name, type.isNullable(), literal);
  }

  private static Optional<String> literal(SqlOperatorBinding binding, int ordinal) {
    if (!(binding instanceof SqlCallBinding call) || ordinal >= call.operands().size()) {
      return Optional.empty();
    }
    SqlNode operand = call.operand(ordinal);
    return operand instanceof SqlLiteral value ? SparkLiteral.text(value) : Optional.empty();
  }

  private static SqlParserPos place(SqlOperatorBinding binding) {
    return binding instanceof SqlCallBinding call
        ? call.getCall().getParserPosition()
        : SqlParserPos.ZERO;
  }

  private record Question(String function, List<Argument> arguments, boolean distinct) {}
}
