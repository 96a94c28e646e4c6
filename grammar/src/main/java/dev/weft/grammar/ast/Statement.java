package dev.weft.grammar.ast;

import dev.weft.grammar.Span;

/** A statement of a script; {@link #span} leaves out the closing semicolon. */
public sealed interface Statement
    permits Load,
        Save,
        Train,
        Predict,
        Python,
        CreateFunction,
        Serve,
        Unserve,
        AlterModel,
        RollbackModel,
        DropModel,
        ExportModel,
        ImportModel,
        ShowModels,
        ShowEndpoints,
        ShowAlgorithms,
        DescribeModel,
        DescribeAlgorithm,
        SetOption,
        Include,
        Assert,
        DeclareParam,
        Explain,
        Query,
        SparkStatement,
        NotYet {

  /** Where the statement stands. */
  Span span();
}
