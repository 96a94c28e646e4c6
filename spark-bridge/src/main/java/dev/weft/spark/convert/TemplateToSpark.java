package dev.weft.spark.convert;

import dev.weft.planner.function.SparkTemplate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import scala.runtime.AbstractFunction1;

/** Expressions of Spark's own text, their operands put in. */
final class TemplateToSpark {

  private TemplateToSpark() {}

  static Expression filled(String text, List<Expression> operands) {
    List<String> places = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      places.add(SparkTemplate.place(i));
    }
    return filled(Catalyst.parsed(text), places, operands);
  }

  private static Expression filled(
      Expression expression, List<String> places, List<Expression> operands) {
    if (expression instanceof UnresolvedAttribute attribute) {
      List<String> parts = Catalyst.list(attribute.nameParts());
      int operand = places.indexOf(parts.get(0));
      if (operand >= 0) {
        Expression value = operands.get(operand);
        for (String field : parts.subList(1, parts.size())) {
          value = Catalyst.extract(value, Catalyst.text(field));
        }
        return value;
      }
    }
    return expression.mapChildren(
        new AbstractFunction1<>() {
          @Override
          public Expression apply(Expression child) {
            return filled(child, places, operands);
          }
        });
  }
}
