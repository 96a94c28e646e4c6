package dev.weft.engine;

import dev.weft.grammar.Source;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A text to run as a script.
 *
 * @param folder where its relative paths start
 * @param seed given on the command line, for TRAIN without SEED
 */
public record Submission(Source source, Path folder, OptionalLong seed) {}
