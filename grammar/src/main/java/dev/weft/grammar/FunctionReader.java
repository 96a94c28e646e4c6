package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftLexer;
import dev.weft.grammar.ast.CreateFunction;
import dev.weft.grammar.ast.Name;
import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * Reads CREATE FUNCTION … LANGUAGE PYTHON by its tokens: all others of its kind are Spark's, so the
 * grammar's rules know nothing of CREATE.
 */
final class FunctionReader {

  private final Source source;
  private final List<Token> tokens;
  private int at;

  FunctionReader(Source source, List<Token> tokens, int at) {
    this.source = source;
    this.tokens = tokens;
    this.at = at;
  }

  CreateFunction read() {
    final Span first = Places.of(source, tokens.get(at));
    expect("CREATE");
    boolean replace = skip("OR");
    if (replace) {
      expect("REPLACE");
    }
    final boolean temporary = skip("TEMPORARY") || skip("TEMP");
    expect("FUNCTION");
    boolean ifNotExists = skip("IF");
    if (ifNotExists) {
      expect("NOT");
      expect("EXISTS");
    }
    final Name name = name();
    final Span parameters = brackets("its parameters in brackets");
    expect("RETURNS");
    final boolean table = skip("TABLE");
    final Span returns = table ? brackets("its columns in brackets") : type();
    expect("LANGUAGE");
    expect("PYTHON");
    expect("AS");
    Token block = tokens.get(at);
    if (block.getType() != WeftLexer.BLOCK) {
      throw wrong("the code between ''' and '''");
    }
    at++;
    if (tokens.get(at).getType() != Token.EOF) {
      throw wrong("the end of the statement");
    }
    return new CreateFunction(
        Span.between(first, Places.of(source, block)),
        replace,
        temporary,
        ifNotExists,
        name,
        parameters,
        returns,
        table,
        CodeReader.read(source, block));
  }

  private Name name() {
    Span first = Places.of(source, tokens.get(at));
    StringBuilder text = new StringBuilder(part());
    while (tokens.get(at).getType() == WeftLexer.DOT) {
      at++;
      text.append('.').append(part());
    }
    return new Name(Span.between(first, Places.of(source, tokens.get(at - 1))), text.toString());
  }

  private String part() {
    Token token = tokens.get(at);
    boolean name =
        token.getType() == WeftLexer.IDENTIFIER
            || token.getType() == WeftLexer.BACKQUOTED
            || Keywords.isKeyword(token.getType());
    if (!name) {
      throw wrong("the name of the function");
    }
    at++;
    return Quotes.name(token.getText());
  }

  /** What stands between two brackets. */
  private Span brackets(String wanted) {
    if (tokens.get(at).getType() != WeftLexer.LEFT_PAREN) {
      throw wrong(wanted);
    }
    int start = Places.of(source, tokens.get(at)).end();
    int depth = 0;
    do {
      int type = tokens.get(at).getType();
      if (type == Token.EOF) {
        throw wrong("')'");
      }
      depth += type == WeftLexer.LEFT_PAREN ? 1 : type == WeftLexer.RIGHT_PAREN ? -1 : 0;
      at++;
    } while (depth > 0);
    return new Span(source, start, Places.of(source, tokens.get(at - 1)).start());
  }

  /** The type up to LANGUAGE. */
  private Span type() {
    Token first = tokens.get(at);
    while (!word(tokens.get(at)).equals("LANGUAGE")) {
      if (tokens.get(at).getType() == Token.EOF || tokens.get(at).getType() == WeftLexer.BLOCK) {
        throw wrong("LANGUAGE PYTHON AS");
      }
      at++;
    }
    if (tokens.get(at) == first) {
      throw wrong("the type that it returns");
    }
    return Span.between(Places.of(source, first), Places.of(source, tokens.get(at - 1)));
  }

  private boolean skip(String word) {
    boolean there = word(tokens.get(at)).equals(word);
    at += there ? 1 : 0;
    return there;
  }

  private void expect(String word) {
    if (!skip(word)) {
      throw wrong(word);
    }
  }

  private WeftException wrong(String wanted) {
    Token found = tokens.get(at);
    boolean ends = found.getType() == Token.EOF;
    return ErrorCode.SYNTAX.failure(
        Places.of(source, found),
        "expected "
            + wanted
            + (ends ? ", but it ends here" : ", but found '" + found.getText() + "'"));
  }

  private static String word(Token token) {
    return token.getType() == WeftLexer.BACKQUOTED ? "" : TokenText.capitals(token);
  }
}
