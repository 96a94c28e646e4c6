package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.ast.Script;
import dev.weft.grammar.ast.Statement;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Turns text into statements or diagnostics: the one entry to the grammar. */
public final class ScriptParser {

  /** The longest text that is read. */
  public static final int MAX_LENGTH = 1_000_000;

  /** So many errors are told of; what stands behind them is not read. */
  static final int MAX_ERRORS = 500;

  private ScriptParser() {}

  /** Reads a script; a statement that is wrong is left out, and every error is reported. */
  public static ParsedScript parse(Source source) {
    if (source.text().length() > MAX_LENGTH) {
      Span place = new Span(source, MAX_LENGTH, MAX_LENGTH);
      return new ParsedScript(
          new Script(source, List.of()), List.of(ErrorCode.TEXT_TOO_LONG.at(place, MAX_LENGTH)));
    }
    return DeepStack.run(() -> statements(source));
  }

  /** Reads one data type, such as {@code map<string, decimal(10,2)>}. */
  public static WeftParser.DataTypeContext type(String text) {
    return one(new Source("<type>", text), parser -> parser.singleType().dataType());
  }

  /** Reads columns with types, such as {@code a int, b string}. */
  public static WeftParser.SchemaTextContext schema(String text) {
    return one(new Source("<schema>", text), WeftParser::schemaText);
  }

  /** Reads one expression. */
  public static WeftParser.ExpressionContext expression(Source source) {
    return one(source, parser -> parser.singleExpression().expression());
  }

  private static ParsedScript statements(Source source) {
    List<Statement> statements = new ArrayList<>();
    List<Diagnostic> errors = new ArrayList<>();
    for (List<Token> tokens : TokenText.of(source).statements()) {
      if (errors.size() > MAX_ERRORS) {
        break;
      }
      read(source, tokens, statements, errors);
    }
    if (errors.size() > MAX_ERRORS) {
      errors.subList(MAX_ERRORS + 1, errors.size()).clear();
      Span last = errors.remove(MAX_ERRORS).span();
      errors.add(
          ErrorCode.SYNTAX.at(last, "more than " + MAX_ERRORS + " errors; mend those first"));
    }
    return new ParsedScript(new Script(source, statements), errors);
  }

  /** Reads one statement, or several that lack the semicolon between them, which is an error. */
  private static void read(
      Source source, List<Token> tokens, List<Statement> statements, List<Diagnostic> errors) {
    try {
      TokenChecks.check(source, tokens);
      int from = 0;
      while (from < tokens.size() && errors.size() <= MAX_ERRORS) {
        from = readFrom(source, tokens, from, statements, errors);
      }
    } catch (WeftException wrong) {
      errors.addAll(wrong.diagnostics());
    }
  }

  /** Where the next statement begins whose semicolon is missing; else the number of tokens. */
  private static int readFrom(
      Source source,
      List<Token> tokens,
      int from,
      List<Statement> statements,
      List<Diagnostic> errors) {
    try {
      List<Token> rest = tokens.subList(from, tokens.size());
      statements.add(new StatementReader(source, rest).statement());
      return tokens.size();
    } catch (MissingSemicolon missing) {
      errors.add(missing.diagnostic());
      return from + missing.before();
    }
  }

  private static <T> T one(Source source, TreeParser.Entry<T> entry) {
    return DeepStack.run(
        () -> {
          List<Token> tokens = TokenText.of(source).whole();
          TokenChecks.check(source, tokens);
          try {
            return TreeParser.parse(tokens, entry);
          } catch (SyntaxStop stop) {
            throw new WeftException(SyntaxErrors.of(source, tokens, stop));
          }
        });
  }
}
