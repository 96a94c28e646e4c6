/**
 * The terminal: {@link dev.weft.repl.terminal.Repl} reads a statement, {@code EntryParser} decides
 * when it is complete, {@code NameCompleter} offers names, {@code GrammarHighlighter} colours it.
 */
@NullMarked
package dev.weft.repl.terminal;

import org.jspecify.annotations.NullMarked;
