package dev.weft.repl.terminal;

import dev.weft.grammar.Highlighting;
import dev.weft.grammar.StyledToken;
import dev.weft.grammar.StyledToken.Kind;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours an entry while it is typed. */
final class GrammarHighlighter implements Highlighter {

  /** Longer pastes stay plain, so that typing stays quick. */
  private static final int LONGEST = 20_000;

  @Override
  public AttributedString highlight(LineReader reader, String buffer) {
    if (buffer.length() > LONGEST || MetaCommands.isOne(buffer)) {
      return new AttributedString(buffer);
    }
    AttributedStringBuilder text = new AttributedStringBuilder();
    int end = 0;
    for (StyledToken token : Highlighting.tokens(buffer)) {
      text.append(buffer.substring(end, token.start()));
      text.styled(style(token.kind()), buffer.substring(token.start(), token.end()));
      end = token.end();
    }
    return text.append(buffer.substring(end)).toAttributedString();
  }

  private static AttributedStyle style(Kind kind) {
    AttributedStyle plain = AttributedStyle.DEFAULT;
    return switch (kind) {
      case KEYWORD -> plain.foreground(AttributedStyle.BLUE).bold();
      case QUOTED_NAME -> plain.foreground(AttributedStyle.CYAN);
      case STRING -> plain.foreground(AttributedStyle.GREEN);
      case NUMBER -> plain.foreground(AttributedStyle.MAGENTA);
      case COMMENT -> plain.foreground(AttributedStyle.BRIGHT | AttributedStyle.BLACK);
      case CODE -> plain.foreground(AttributedStyle.YELLOW);
      case ERROR -> plain.foreground(AttributedStyle.RED);
      case NAME, OPERATOR -> plain;
    };
  }
}
