package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftLexer;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.Token;

/**
 * What quoted text means: back-quoted names and strings with their escapes, as Spark reads them.
 */
public final class Quotes {

  private Quotes() {}

  /** A name without its back quotes; any other name as it stands. */
  public static String name(String written) {
    if (isIdentifierClause(written)) {
      String text = written.substring(written.indexOf('(') + 1, written.length() - 1).strip();
      return isString(text) ? string(text) : written;
    }
    if (written.length() < 2 || written.charAt(0) != '`') {
      return written;
    }
    return written.substring(1, written.length() - 1).replace("``", "`");
  }

  private static boolean isString(String text) {
    List<Token> tokens = TokenText.all(new Source("<name>", text));
    int type = tokens.get(0).getType();
    return tokens.size() == 2 && (type == WeftLexer.STRING || type == WeftLexer.DOUBLE_QUOTED);
  }

  /** A name in back quotes. */
  public static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** Whether a name is given as {@code IDENTIFIER('…')}. */
  public static boolean isIdentifierClause(String written) {
    return written.endsWith(")") && written.regionMatches(true, 0, "identifier", 0, 10);
  }

  /** The value of a string literal, of any of the three kinds. */
  public static String string(String written) {
    if (written.toLowerCase(Locale.ROOT).startsWith("r")) {
      return written.substring(2, written.length() - 1);
    }
    char quote = written.charAt(0);
    String body = written.substring(1, written.length() - 1);
    StringBuilder value = new StringBuilder(body.length());
    for (int i = 0; i < body.length(); ) {
      char c = body.charAt(i);
      if (c == '\\' && i + 1 < body.length()) {
        i = escape(body, i + 1, value);
      } else {
        value.append(c);
        i += c == quote ? 2 : 1;
      }
    }
    return value.toString();
  }

  /** Reads what follows a backslash; returns the offset behind it. */
  private static int escape(String body, int at, StringBuilder value) {
    char c = body.charAt(at);
    if (c == 'u' && hexadecimal(body, at + 1, 4)) {
      value.append((char) Integer.parseInt(body.substring(at + 1, at + 5), 16));
      return at + 5;
    }
    if (c == 'U' && hexadecimal(body, at + 1, 8)) {
      long point = Long.parseLong(body.substring(at + 1, at + 9), 16);
      value.appendCodePoint(point <= Character.MAX_CODE_POINT ? (int) point : 0xFFFD);
      return at + 9;
    }
    if (c <= '1' && octal(body, at)) {
      value.append((char) Integer.parseInt(body.substring(at, at + 3), 8));
      return at + 3;
    }
    switch (c) {
      case '0' -> value.append('\0');
      case 'b' -> value.append('\b');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'Z' -> value.append('\u001a');
      case '%', '_' -> value.append('\\').append(c);
      default -> value.append(c);
    }
    return at + 1;
  }

  private static boolean hexadecimal(String body, int from, int count) {
    return digits(body, from, count, 16);
  }

  private static boolean octal(String body, int from) {
    return digits(body, from, 3, 8);
  }

  private static boolean digits(String body, int from, int count, int radix) {
    if (from + count > body.length()) {
      return false;
    }
    for (int i = from; i < from + count; i++) {
      if (Character.digit(body.charAt(i), radix) < 0) {
        return false;
      }
    }
    return true;
  }
}
