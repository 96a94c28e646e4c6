package dev.weft.planner.model;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;
import org.jspecify.annotations.Nullable;

/** Finds the scalar PREDICTs of expressions, and puts answers in their place. */
final class AnswerCalls {

  private AnswerCalls() {}

  /** The calls whose features hold no other, each once. */
  static List<RexCall> innermost(List<RexNode> expressions) {
    List<RexCall> found = new ArrayList<>();
    for (RexNode expression : expressions) {
      expression.accept(
          new RexVisitorImpl<@Nullable Void>(true) {
            @Override
            public @Nullable Void visitCall(RexCall call) {
              boolean wanted =
                  call.getOperator() instanceof AnswerFunction && !anyIn(call.getOperands());
              if (wanted && !found.contains(call)) {
                found.add(call);
              }
              return super.visitCall(call);
            }
          });
    }
    return found;
  }

  /** Whether an expression holds a call. */
  static boolean anyIn(List<RexNode> expressions) {
    boolean[] found = new boolean[1];
    for (RexNode expression : expressions) {
      expression.accept(
          new RexVisitorImpl<@Nullable Void>(true) {
            @Override
            public @Nullable Void visitCall(RexCall call) {
              found[0] |= call.getOperator() instanceof AnswerFunction;
              return super.visitCall(call);
            }
          });
    }
    return found[0];
  }

  /** The expressions with the answers that are known. */
  static List<RexNode> replaced(List<RexNode> expressions, Answered answered, RexBuilder rex) {
    RexShuttle shuttle =
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            RexNode inner = super.visitCall(call);
            if (inner instanceof RexCall same
                && same.getOperator() instanceof AnswerFunction function) {
              OptionalInt column = answered.find(function, same.getOperands());
              if (column.isPresent()) {
                return rex.makeInputRef(answered.rows(), column.getAsInt());
              }
            }
            return inner;
          }
        };
    return expressions.stream().map(each -> each.accept(shuttle)).toList();
  }
}
