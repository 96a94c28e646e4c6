/**
 * The model port on Ray. {@link dev.weft.ml.RayBackend} is the way in; {@link
 * dev.weft.ml.PythonEnvironment} makes what {@link dev.weft.ml.RuntimeProcess} starts, {@link
 * dev.weft.ml.Control} talks to it, and Spark's tasks reach its actors through {@link
 * dev.weft.ml.FlightSink} and {@link dev.weft.ml.FlightExchange}.
 */
@NullMarked
package dev.weft.ml;

import org.jspecify.annotations.NullMarked;
