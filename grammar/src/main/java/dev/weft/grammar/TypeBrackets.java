package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/** Collects tokens; the {@code >>} that closes two nested types becomes two closing brackets. */
final class TypeBrackets {

  private static final Set<String> NESTED = Set.of("ARRAY", "MAP", "STRUCT");

  private final List<Token> list = new ArrayList<>();
  private int depth;

  List<Token> list() {
    return list;
  }

  void add(Token token) {
    int type = token.getType();
    int closes = closes(type);
    if (closes > 1 && closes <= depth) {
      for (int i = 0; i < closes; i++) {
        list.add(bracket(token, token.getStartIndex() + i));
      }
      depth -= closes;
      return;
    }
    if (type == WeftLexer.LESS && opensType()) {
      depth++;
    } else if (type == WeftLexer.SEMICOLON || type == WeftLexer.RIGHT_PAREN && depth < 2) {
      depth = 0;
    } else if (closes == 1 && depth > 0) {
      depth--;
    }
    list.add(token);
  }

  private boolean opensType() {
    Token last = list.isEmpty() ? null : list.get(list.size() - 1);
    return last != null && isNested(last);
  }

  /** Whether a type of types has this name. */
  static boolean isNested(Token name) {
    return NESTED.contains(TokenText.capitals(name));
  }

  private static int closes(int type) {
    return switch (type) {
      case WeftLexer.GREATER -> 1;
      case WeftLexer.SHIFT_RIGHT -> 2;
      case WeftLexer.SHIFT_RIGHT_UNSIGNED -> 3;
      default -> 0;
    };
  }

  private static Token bracket(Token from, int offset) {
    CommonToken bracket = new CommonToken(from);
    bracket.setType(WeftLexer.GREATER);
    bracket.setStartIndex(offset);
    bracket.setStopIndex(offset);
    bracket.setText(">");
    return bracket;
  }
}
