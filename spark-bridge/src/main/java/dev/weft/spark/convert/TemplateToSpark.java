package dev.weft.spark.convert;

import dev.weft.planner.function.SparkTemplate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnresolvedNamedLambdaVariable;
import org.apache.spark.sql.catalyst.trees.CurrentOrigin;
import org.apache.spark.sql.catalyst.trees.Origin;
import scala.runtime.AbstractFunction1;

/** Expressions of Spark's own text, their operands put in. */
final class TemplateToSpark {

  private TemplateToSpark() {}

  static Expression filled(String text, List<Expression> operands) {
    List<String> places = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      places.add(SparkTemplate.place(i));
    }
    return filled(parsed(text), places, operands);
  }

  /** Offsets into this text are no places of the user's. */
  static Expression parsed(String text) {
    Origin before = CurrentOrigin.get();
    CurrentOrigin.reset();
    try {
      return Catalyst.parsed(text);
    } finally {
      CurrentOrigin.set(before);
    }
  }

  private static Expression filled(
      Expression expression, List<String> places, List<Expression> operands) {
    List<String> parts = name(expression);
    int operand = parts.isEmpty() ? -1 : places.indexOf(parts.get(0));
    if (operand >= 0) {
      Expression value = operands.get(operand);
      for (String field : parts.subList(1, parts.size())) {
        value = Catalyst.extract(value, Catalyst.text(field));
      }
      return value;
    }
    return expression.mapChildren(
        new AbstractFunction1<>() {
          @Override
          public Expression apply(Expression child) {
            return filled(child, places, operands);
          }
        });
  }

  /** The parts of a name; Spark's parser takes every name in a lambda for a parameter at first. */
  private static List<String> name(Expression expression) {
    if (expression instanceof UnresolvedAttribute attribute) {
      return Catalyst.list(attribute.nameParts());
    }
    return expression instanceof UnresolvedNamedLambdaVariable variable
        ? Catalyst.list(variable.nameParts())
        : List.of();
  }
}
