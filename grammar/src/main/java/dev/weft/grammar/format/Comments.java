package dev.weft.grammar.format;

import dev.weft.grammar.antlr.WeftLexer;
import dev.weft.grammar.format.Word.Comment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Which comments belong to which token: those behind it on its line, those on lines before it. */
public final class Comments {

  /** By where their tokens start, as all that follow: of a long text few tokens have any. */
  private final Map<Integer, List<Comment>> before = new HashMap<>();

  private final Map<Integer, List<Comment>> after = new HashMap<>();
  private final BitSet apart = new BitSet();
  private final BitSet blanks = new BitSet();

  /** Reads every token of a text, hidden ones and the end included. */
  public Comments(List<Token> all) {
    Token last = null;
    int lines = 0;
    boolean blank = false;
    boolean sameLine = false;
    List<Comment> pending = new ArrayList<>();
    for (Token token : all) {
      if (token.getChannel() == Token.DEFAULT_CHANNEL || token.getType() == Token.EOF) {
        int at = token.getStartIndex();
        if (!pending.isEmpty()) {
          before.put(at, pending);
          pending = new ArrayList<>();
        } else if (last != null && isClosing(token)) {
          // What is said behind an item is said behind its comma.
          List<Comment> said = after.remove(last.getStartIndex());
          if (said != null) {
            after.put(at, said);
          }
        }
        apart.set(at, lines > 1);
        blanks.set(at, blank);
        last = token;
        sameLine = true;
        lines = 0;
        blank = false;
      } else if (token.getType() == WeftLexer.BLANK) {
        lines += lines(token);
        blank = true;
        sameLine &= lines == 0;
      } else {
        blank = true;
        Comment comment =
            new Comment(token.getText().stripTrailing(), token.getStartIndex(), lines > 1);
        if (sameLine && last != null && !endsLine(after.get(last.getStartIndex()))) {
          after.computeIfAbsent(last.getStartIndex(), key -> new ArrayList<>()).add(comment);
          sameLine = comment.text().indexOf('\n') < 0;
        } else {
          pending.add(comment);
        }
        lines = 0;
      }
    }
  }

  /** How many lines a blank ends. */
  private static int lines(Token blank) {
    String text = blank.getText();
    int lines = 0;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      lines++;
    }
    return lines;
  }

  private static boolean endsLine(@Nullable List<Comment> said) {
    return said != null && said.get(said.size() - 1).endsLine();
  }

  private static boolean isClosing(Token token) {
    return token.getType() == WeftLexer.COMMA || token.getType() == WeftLexer.SEMICOLON;
  }

  /** Those on lines of their own before a token. */
  public List<Comment> before(Token token) {
    return before.getOrDefault(token.getStartIndex(), List.of());
  }

  /** Those behind a token on its line. */
  public List<Comment> after(Token token) {
    return after.getOrDefault(token.getStartIndex(), List.of());
  }

  /** Whether an empty line stands right before a token. */
  public boolean apart(Token token) {
    return apart.get(token.getStartIndex());
  }

  /** Whether anything parts a token from the one before. */
  boolean blank(Token token) {
    return blanks.get(token.getStartIndex());
  }
}
