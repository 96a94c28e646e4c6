/**
 * Statements to plans, one file per kind: names, types and options are resolved against what
 * earlier statements of the script will have made.
 */
@NullMarked
package dev.weft.planner.analyze;

import org.jspecify.annotations.NullMarked;
