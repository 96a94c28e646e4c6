package dev.weft.grammar.format;

import dev.weft.grammar.antlr.WeftLexer;
import dev.weft.grammar.format.Word.Comment;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Which comments belong to which token: those behind it on its line, those on lines before it. */
public final class Comments {

  private final IdentityHashMap<Token, List<Comment>> before = new IdentityHashMap<>();
  private final IdentityHashMap<Token, List<Comment>> after = new IdentityHashMap<>();
  private final IdentityHashMap<Token, Boolean> apart = new IdentityHashMap<>();
  private final IdentityHashMap<Token, Boolean> blanks = new IdentityHashMap<>();

  /** Reads every token of a text, hidden ones and the end included. */
  public Comments(List<Token> all) {
    Token last = null;
    int lines = 0;
    boolean blank = false;
    boolean sameLine = false;
    List<Comment> pending = new ArrayList<>();
    for (Token token : all) {
      if (token.getChannel() == Token.DEFAULT_CHANNEL || token.getType() == Token.EOF) {
        before.put(token, pending);
        if (last != null && isClosing(token) && pending.isEmpty() && after.containsKey(last)) {
          // What is said behind an item is said behind its comma.
          after.put(token, new ArrayList<>(Objects.requireNonNull(after.remove(last))));
        }
        apart.put(token, lines > 1);
        blanks.put(token, blank);
        pending = new ArrayList<>();
        last = token;
        sameLine = true;
        lines = 0;
        blank = false;
      } else if (token.getType() == WeftLexer.BLANK) {
        lines += (int) token.getText().chars().filter(c -> c == '\n').count();
        blank = true;
        sameLine &= lines == 0;
      } else {
        blank = true;
        Comment comment = new Comment(token.getText().stripTrailing(), lines > 1);
        if (sameLine && last != null && !endsLine(after.get(last))) {
          after.computeIfAbsent(last, key -> new ArrayList<>()).add(comment);
          sameLine = comment.text().indexOf('\n') < 0;
        } else {
          pending.add(comment);
        }
        lines = 0;
      }
    }
  }

  private static boolean endsLine(@Nullable List<Comment> said) {
    return said != null && said.get(said.size() - 1).endsLine();
  }

  private static boolean isClosing(Token token) {
    return token.getType() == WeftLexer.COMMA || token.getType() == WeftLexer.SEMICOLON;
  }

  /** Those on lines of their own before a token. */
  public List<Comment> before(Token token) {
    return before.getOrDefault(token, List.of());
  }

  /** Those behind a token on its line. */
  public List<Comment> after(Token token) {
    return after.getOrDefault(token, List.of());
  }

  /** Whether an empty line stands right before a token. */
  public boolean apart(Token token) {
    return apart.getOrDefault(token, false);
  }

  /** Whether anything parts a token from the one before. */
  boolean blank(Token token) {
    return blanks.getOrDefault(token, false);
  }
}
