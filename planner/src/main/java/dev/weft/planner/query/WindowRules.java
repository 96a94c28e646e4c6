package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser.FrameBoundContext;
import dev.weft.grammar.antlr.WeftParser.FrameContext;
import dev.weft.grammar.antlr.WeftParser.FunctionCallContext;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.spi.RelationalCatalog.FunctionKind;
import java.util.List;

/** What Calcite lets pass in front of OVER and inside it, and Spark refuses: Spark is asked. */
final class WindowRules {

  private WindowRules() {}

  static void check(FunctionCallContext tree, String name, FunctionKind kind) {
    if (kind == FunctionKind.SCALAR) {
      throw new NotRepresentable(name + " with OVER");
    }
    if (tree.setQuantifier() != null && tree.setQuantifier().DISTINCT() != null) {
      throw new NotRepresentable("DISTINCT with OVER");
    }
    FrameContext frame = tree.over().windowSpec() == null ? null : tree.over().windowSpec().frame();
    if (frame != null) {
      check(frame, name, kind);
    }
  }

  private static void check(FrameContext frame, String name, FunctionKind kind) {
    if (kind == FunctionKind.WINDOW && !isUsual(frame)) {
      throw new NotRepresentable("a frame of " + name);
    }
    if (isText(frame.start) || frame.end != null && isText(frame.end)) {
      throw new NotRepresentable("a text as the bound of a frame");
    }
  }

  /** All rows up to the current one, which is what functions of a place look at anyway. */
  private static boolean isUsual(FrameContext frame) {
    boolean toCurrent = frame.end == null || frame.end.CURRENT() != null;
    return frame.ROWS() != null
        && frame.start.UNBOUNDED() != null
        && frame.start.PRECEDING() != null
        && toCurrent;
  }

  private static boolean isText(FrameBoundContext bound) {
    String text = bound.expression() == null ? "" : bound.expression().getText();
    return List.of("'", "\"").stream().anyMatch(text::startsWith);
  }
}
