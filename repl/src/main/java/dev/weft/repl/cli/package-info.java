/** The subcommands of {@code weft}, one class each, and what they share. */
@NullMarked
package dev.weft.repl.cli;

import org.jspecify.annotations.NullMarked;
