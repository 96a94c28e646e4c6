/**
 * Plans to results: sessions, one task per kind of statement, the model store, and the ports that
 * Spark and Ray plug into.
 */
@NullMarked
package dev.weft.engine;

import org.jspecify.annotations.NullMarked;
