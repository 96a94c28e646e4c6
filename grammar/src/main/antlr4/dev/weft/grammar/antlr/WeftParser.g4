parser grammar WeftParser;

options { tokenVocab = WeftLexer; }

// Entries. ScriptParser cuts a script at its semicolons, takes EXPLAIN off, and leaves out what is
// Spark's own; each of the other statements comes here alone.

singleStatement: statement EOF;

singleSparkStatement: sparkStatement EOF;

singleExpression: expression EOF;

singleType: dataType EOF;

schemaText: columnDefinition ( COMMA columnDefinition )* EOF;

columnDefinition: name COLON? dataType ( NOT NULL )? comment?;

comment: ( IDENTIFIER | COMMENT ) string;

// ---------------------------------------------------------------- statements

statement
    : load
    | save
    | train
    | predictStatement
    | python
    | serve
    | unserve
    | alterModel
    | rollbackModel
    | dropModel
    | exportModel
    | importModel
    | show
    | describe
    | setOption
    | include
    | assertion
    | declareParam
    | queryStatement
    ;

load: LOAD format=name DOT path=source optionClause? AS results+=name ( AS results+=name )*;

save: SAVE saveMode? input=name AS format=name DOT path=source optionClause? ( PARTITION BY names+=name ( COMMA names+=name )* )?;

saveMode: OVERWRITE | APPEND | IGNORE | ERRORIFEXISTS;

source: BACKQUOTED | name | parameter;

// The value that DECLARE PARAM gave to a name.
parameter: COLON name;

train
    : TRAIN relationArgument AS algorithm=name DOT model=modelName trainClause* ( AS results+=name )*
    ;

trainClause
    : LABEL labelItem                                                     # labelClause
    | FEATURES LEFT_PAREN item ( COMMA item )* RIGHT_PAREN                # featuresClause
    | optionClause                                                        # optionsOfTrain
    | TRANSFORM LEFT_PAREN item ( COMMA item )* RIGHT_PAREN               # transformClause
    | SPLIT fraction=literal                                              # splitClause
    | VALIDATE ON relationArgument                                        # validateClause
    | SEED ( sign=MINUS? INTEGER_VALUE | parameter )                                      # seedClause
    | USING resource+                                                     # usingClause
    ;

resource
    : GPU literal
    | WORKERS literal
    | TIMEOUT ( interval | literal )
    ;

labelItem: LEFT_PAREN expression AS name RIGHT_PAREN | expression;

item: expression ( AS? name )?;

relationArgument: LEFT_PAREN query RIGHT_PAREN | TABLE? qualifiedName;

predictStatement
    : PREDICT relationArgument AS algorithm=name DOT model=modelName optionClause? AS results+=name ( AS results+=name )*
    ;

python
    : PYTHON inputs+=qualifiedName ( COMMA inputs+=qualifiedName )* ( PER unit=( BATCH | PARTITION ) )? AS result=name
      ( SCHEMA schema )? optionClause? ( SETUP setup=BLOCK )? code=BLOCK
    ;

schema: LEFT_PAREN columnDefinition ( COMMA columnDefinition )* RIGHT_PAREN;

serve: SERVE modelReference AS endpoint=name ( WITH arguments )?;

unserve: UNSERVE endpoint=name;

alterModel: ALTER MODEL model=modelName ( SET ALIAS alias=name EQUAL version=modelVersion | UNSET ALIAS alias=name );

rollbackModel: ROLLBACK MODEL model=modelName;

// Old versions go by number, by age, or both: then those that both name.
dropModel: DROP MODEL ( IF EXISTS )? modelReference ( KEEP keep=INTEGER_VALUE )? ( OLDER THAN interval )?;

exportModel: EXPORT OVERWRITE? MODEL modelReference TO path=textValue ( FORMAT format=name )?;

importModel: IMPORT MODEL model=modelName FROM path=textValue;

show
    : SHOW MODELS        # showModels
    | SHOW ENDPOINTS     # showEndpoints
    | SHOW ALGORITHMS    # showAlgorithms
    ;

describe
    : ( DESCRIBE | DESC ) MODEL modelReference      # describeModel
    | ( DESCRIBE | DESC ) ALGORITHM algorithm=name  # describeAlgorithm
    ;

setOption: SET WEFT DOT key=qualifiedName EQUAL optionValue;

include: INCLUDE path=textValue;

textValue: string | parameter;

declareParam: DECLARE PARAM parameterName=name dataType ( DEFAULT defaultValue )?;

defaultValue: ( DATE | TIMESTAMP | TIMESTAMP_NTZ )? literal;

assertion: ASSERT expression ( COMMA message=textValue )?;

queryStatement: query ( AS result=name )?;

// A first AND, and names of a result before the last one, are Byzer's: ByzerSpellings refuses them elsewhere.
optionClause: ( WHERE | OPTIONS ) first=AND? option ( AND option )* | OPTIONS arguments;

option: optionKey EQUAL optionValue;

// The lexer takes a dot and a number for a fraction: fitParam.0.maxDepth.
optionKey: optionKeyPart ( DOT optionKeyPart | DECIMAL_VALUE )* | string;

optionKeyPart: name | INTEGER_VALUE;

optionValue: literal | name | LEFT_BRACKET ( literal ( COMMA literal )* )? RIGHT_BRACKET;

arguments: LEFT_PAREN ( argument ( COMMA argument )* )? RIGHT_PAREN;

argument: optionKey FAT_ARROW optionValue;

modelName: name ( DOT name )* | BACKQUOTED;

modelReference: modelName ( AT version=modelVersion )?;

modelVersion: INTEGER_VALUE | name;

// ---------------------------------------------------------------- statements of Spark's

// As far as they hold queries and expressions, for the formatter. Spark alone decides what is right;
// what is not read here stays as it stands.
sparkStatement: create | insert | update | delete | merge | cache;

create
    : ( CREATE ( OR REPLACE )? | REPLACE ) ( EXTERNAL | GLOBAL? TEMPORARY )? ( TABLE | VIEW ) ifNotExists?
      target=qualifiedName definedColumns? createClause* ( AS? query )?
    ;

ifNotExists: IF NOT EXISTS;

definedColumns: LEFT_PAREN definedColumn ( COMMA definedColumn )* RIGHT_PAREN;

definedColumn: name ( COLON? dataType )? columnRule*;

columnRule: NOT NULL | DEFAULT value | comment;

createClause
    : USING qualifiedName
    | ( PARTITIONED | CLUSTER ) BY LEFT_PAREN balanced* RIGHT_PAREN
    | CLUSTERED BY columnNames ( SORTED BY LEFT_PAREN sortItem ( COMMA sortItem )* RIGHT_PAREN )? INTO INTEGER_VALUE BUCKETS
    | ( OPTIONS | TBLPROPERTIES ) properties
    | LOCATION string
    | COLLATE qualifiedName
    | comment
    | WITH SCHEMA name
    ;

properties: LEFT_PAREN property ( COMMA property )* RIGHT_PAREN;

property: optionKey ( EQUAL? value )?;

insert
    : withClause? INSERT ( WITH SCHEMA EVOLUTION )? ( INTO | OVERWRITE ) TABLE? target=qualifiedName insertClause* query
    ;

insertClause
    : PARTITION LEFT_PAREN partitionValue ( COMMA partitionValue )* RIGHT_PAREN ifNotExists?
    | BY NAME
    | columnNames
    | REPLACE WHERE expression
    ;

partitionValue: name ( EQUAL value )?;

update: withClause? UPDATE target=qualifiedName tableAlias? SET assignment ( COMMA assignment )* whereClause?;

assignment: qualifiedName EQUAL ( DEFAULT | expression );

delete: withClause? DELETE FROM target=qualifiedName tableAlias? whereClause?;

merge
    : withClause? MERGE ( WITH SCHEMA EVOLUTION )? INTO target=qualifiedName targetAlias=tableAlias?
      USING ( qualifiedName timeTravel? | LEFT_PAREN query RIGHT_PAREN ) sourceAlias=tableAlias?
      ON expression mergeClause+
    ;

mergeClause: WHEN NOT? MATCHED ( BY ( SOURCE | TARGET ) )? ( AND expression )? THEN mergeAction;

mergeAction
    : DELETE
    | UPDATE SET ( STAR | assignment ( COMMA assignment )* )
    | INSERT ( STAR | insertedColumns VALUES LEFT_PAREN expression ( COMMA expression )* RIGHT_PAREN )
    ;

insertedColumns: LEFT_PAREN qualifiedName ( COMMA qualifiedName )* RIGHT_PAREN;

cache: CACHE LAZY? TABLE target=qualifiedName ( OPTIONS properties )? ( AS? query )?;

// ---------------------------------------------------------------- queries

query: withClause? queryBody orderAndLimit pipeStep*;

// One step of Spark's pipe syntax, whose inside is Spark's.
pipeStep: PIPE_FORWARD piped+;

piped: LEFT_PAREN balanced* RIGHT_PAREN | ~( LEFT_PAREN | RIGHT_PAREN | SEMICOLON | PIPE_FORWARD );

withClause: WITH RECURSIVE? namedQuery ( COMMA namedQuery )*;

namedQuery: name columnNames? ( MAX RECURSION LEVEL limit=INTEGER_VALUE )? AS? LEFT_PAREN query RIGHT_PAREN;

columnNames: LEFT_PAREN name ( COMMA name )* RIGHT_PAREN;

orderAndLimit
    : ( ORDER BY ( orderAll=ALL direction? nullOrder? | sortItem ( COMMA sortItem )* ) )?
      distribution*
      ( WINDOW namedWindow ( COMMA namedWindow )* )?
      ( LIMIT ( limitAll=ALL | limit=expression ) )?
      ( OFFSET offset=expression )?
    ;

// Which partition rows go to, and their order within it.
distribution
    : ( CLUSTER | DISTRIBUTE ) BY expression ( COMMA expression )*
    | SORT BY sortItem ( COMMA sortItem )*
    ;

direction: ASC | DESC;

nullOrder: NULLS ( FIRST | LAST );

sortItem: expression direction? nullOrder?;

queryBody
    : queryPrimary                                                              # singleQuery
    | left=queryBody operator=INTERSECT setQuantifier? right=queryBody          # setOperation
    | left=queryBody operator=( UNION | EXCEPT ) setQuantifier? right=queryBody # setOperation
    ;

queryPrimary
    : scriptTransform                        # transformQuery
    | select                                 # selectQuery
    | fromClause lateralView*                # fromQuery
    | TABLE qualifiedName                    # tableQuery
    | valuesClause                           # valuesQuery
    | LEFT_PAREN query RIGHT_PAREN           # nestedQuery
    ;

valuesClause: VALUES expression ( COMMA expression )* tableAlias?;

setQuantifier: DISTINCT | ALL;

select
    : SELECT hint* setQuantifier? selectItem ( COMMA selectItem )*
      fromClause?
      lateralView*
      whereClause?
      groupClause?
      havingClause?
      ( WINDOW namedWindow ( COMMA namedWindow )* )?
    | fromClause lateralView*
      SELECT hint* setQuantifier? selectItem ( COMMA selectItem )*
      lateralView*
      whereClause?
      groupClause?
      havingClause?
      ( WINDOW namedWindow ( COMMA namedWindow )* )?
    ;

// Rows through the standard input and output of a program.
scriptTransform
    : SELECT TRANSFORM LEFT_PAREN balanced* RIGHT_PAREN rowFormat? USING program=string
      ( AS ( LEFT_PAREN balanced* RIGHT_PAREN | name ( COMMA name )* ) )? rowFormat?
      fromClause? lateralView* whereClause? groupClause? havingClause?
    ;

rowFormat: ROW FORMAT ~( USING | AS | FROM | LEFT_PAREN | RIGHT_PAREN )+;

hint: HINT_START ~HINT_END* HINT_END;

selectItem
    : expression ( AS? ( alias=name | columnNames ) )?
    ;

fromClause: FROM relation ( COMMA relation )*;

lateralView: LATERAL VIEW OUTER? qualifiedName LEFT_PAREN ( expression ( COMMA expression )* )? RIGHT_PAREN table=name ( AS? name ( COMMA name )* )?;

whereClause: WHERE expression;

groupClause
    : GROUP BY ( groupAll=ALL | groupItem ( COMMA groupItem )* )
      ( WITH trailing=( ROLLUP | CUBE ) | trailingSets )?
    ;

// GROUP BY a, b GROUPING SETS (…): the keys in front only say what may stand in the sets.
trailingSets: GROUPING SETS LEFT_PAREN groupItem ( COMMA groupItem )* RIGHT_PAREN;

groupItem
    : GROUPING SETS LEFT_PAREN groupItem ( COMMA groupItem )* RIGHT_PAREN                    # groupingSets
    | kind=( ROLLUP | CUBE ) LEFT_PAREN groupingSet ( COMMA groupingSet )* RIGHT_PAREN       # rollupOrCube
    | LEFT_PAREN ( expression ( COMMA expression )* )? RIGHT_PAREN                           # groupingList
    | expression                                                                             # groupingKey
    ;

groupingSet: LEFT_PAREN ( expression ( COMMA expression )* )? RIGHT_PAREN | expression;

havingClause: HAVING expression;

namedWindow: name AS windowSpec;

relation: LATERAL? relationPrimary joinStep*;

joinStep
    : joinType JOIN LATERAL? relationPrimary joinCriteria?
    | NATURAL joinType JOIN relationPrimary
    | pivotClause
    ;

joinType
    : INNER?
    | CROSS
    | LEFT OUTER?
    | LEFT? SEMI
    | RIGHT OUTER?
    | FULL OUTER?
    | LEFT? ANTI
    ;

joinCriteria: ON expression | USING columnNames;

relationPrimary
    : PREDICT LEFT_PAREN MODEL modelReference COMMA tableArgument RIGHT_PAREN tableAlias?                                     # predictRelation
    | EVALUATE LEFT_PAREN MODEL modelReference ( COMMA tableArgument )? ( COMMA BY FAT_ARROW descriptor )? RIGHT_PAREN tableAlias?  # evaluateRelation
    | IMPORTANCE LEFT_PAREN MODEL modelReference RIGHT_PAREN tableAlias?                                                      # importanceRelation
    | valuesClause                                                                                                            # valuesRelation
    | LEFT_PAREN query RIGHT_PAREN sample? tableAlias?                                                                        # queryRelation
    | LEFT_PAREN relation RIGHT_PAREN sample? tableAlias?                                                                     # nestedRelation
    | qualifiedName tableOptions? timeTravel? sample? tableAlias?                                                                                       # tableRelation
    | functionName LEFT_PAREN ( callArgument ( COMMA callArgument )* )? RIGHT_PAREN tableAlias?                               # functionRelation
    ;

tableArgument: TABLE LEFT_PAREN query RIGHT_PAREN | LEFT_PAREN query RIGHT_PAREN | TABLE qualifiedName;

descriptor: DESCRIPTOR columnNames;

tableOptions: WITH LEFT_PAREN balanced* RIGHT_PAREN;

// VERSION AS OF 3, FOR SYSTEM_TIME AS OF '2020-01-01'.
timeTravel: FOR? ( IDENTIFIER | TIMESTAMP ) AS OF value;

sample: TABLESAMPLE LEFT_PAREN balanced* RIGHT_PAREN ( REPEATABLE LEFT_PAREN INTEGER_VALUE RIGHT_PAREN )?;

pivotClause: ( PIVOT | UNPIVOT ( ( INCLUDE | EXCLUDE ) NULLS )? ) LEFT_PAREN balanced* RIGHT_PAREN tableAlias?;

balanced: LEFT_PAREN balanced* RIGHT_PAREN | ~( LEFT_PAREN | RIGHT_PAREN | SEMICOLON );

tableAlias: AS? aliasName columnNames?;

// ---------------------------------------------------------------- expressions, loosest binding first

expression
    : ( NOT | BANG ) expression                       # notExpression
    | left=expression AND right=expression            # andExpression
    | left=expression OR right=expression             # orExpression
    | comparison                                      # plainExpression
    ;

comparison
    : value                                                                            # plainValue
    | left=comparison operator=comparisonOperator right=value                          # compare
    | comparison NOT? BETWEEN low=value AND high=value                                 # between
    | comparison NOT? IN LEFT_PAREN query RIGHT_PAREN                                  # inQuery
    | comparison NOT? IN LEFT_PAREN expression ( COMMA expression )* RIGHT_PAREN       # inList
    | comparison NOT? operator=( LIKE | ILIKE ) quantifier=( ANY | ALL ) LEFT_PAREN expression ( COMMA expression )* RIGHT_PAREN  # likeQuantified
    | comparison NOT? operator=( LIKE | ILIKE | RLIKE ) pattern=value ( ESCAPE escape=string )?  # like
    | comparison IS NOT? DISTINCT FROM right=value                                     # distinctFrom
    | comparison IS NOT? truth=( NULL | TRUE | FALSE | IDENTIFIER )                    # isTest
    | EXISTS LEFT_PAREN query RIGHT_PAREN                                              # exists
    ;

comparisonOperator: EQUAL | NULL_SAFE_EQUAL | NOT_EQUAL | LESS | LESS_EQUAL | GREATER | GREATER_EQUAL;

value
    : primary                                                                          # plainPrimary
    | operator=( MINUS | PLUS | TILDE ) value                                          # unary
    | left=value operator=( STAR | SLASH | PERCENT | DIV ) right=value                 # binary
    | left=value operator=( PLUS | MINUS | CONCAT ) right=value                        # binary
    | left=value operator=( SHIFT_LEFT | SHIFT_RIGHT | SHIFT_RIGHT_UNSIGNED ) right=value # binary
    | left=value operator=AMPERSAND right=value                                        # binary
    | left=value operator=HAT right=value                                              # binary
    | left=value operator=PIPE right=value                                             # binary
    ;

primary
    : CASE whenBranch+ ( ELSE otherwise=expression )? END                                                   # searchedCase
    | CASE operand=expression whenBranch+ ( ELSE otherwise=expression )? END                                # simpleCase
    | operator=( CAST | TRY_CAST ) LEFT_PAREN expression AS dataType RIGHT_PAREN                            # cast
    | primary DOUBLE_COLON dataType                                                                         # shortCast
    | EXTRACT LEFT_PAREN field=name FROM value RIGHT_PAREN                                                  # extract
    | SUBSTRING LEFT_PAREN value FROM start=value ( FOR length=value )? RIGHT_PAREN                         # substring
    | TRIM LEFT_PAREN side=( BOTH | LEADING | TRAILING )? characters=value? FROM text=value RIGHT_PAREN     # trim
    | POSITION LEFT_PAREN needle=value IN text=value RIGHT_PAREN                                            # position
    | OVERLAY LEFT_PAREN text=value PLACING replacement=value FROM start=value ( FOR length=value )? RIGHT_PAREN  # overlay
    | PREDICT LEFT_PAREN modelReference USING ( STAR | item ( COMMA item )* ) RIGHT_PAREN                   # predictCall
    | identifierClause                                                                                      # identifierColumn
    | STRUCT LEFT_PAREN namedField ( COMMA namedField )* RIGHT_PAREN                                        # structValue
    | functionName LEFT_PAREN STAR RIGHT_PAREN filter? over?                                                # starCall
    | functionName LEFT_PAREN ( setQuantifier? callArgument ( COMMA callArgument )* )? innerNulls=nullTreatment? RIGHT_PAREN
      ( WITHIN GROUP LEFT_PAREN ORDER BY sortItem ( COMMA sortItem )* RIGHT_PAREN )?
      filter? outerNulls=nullTreatment? over?                                                                          # functionCall
    | constant                                                                                              # constantValue
    | name ARROW expression                                                                                 # lambda
    | LEFT_PAREN name ( COMMA name )+ RIGHT_PAREN ARROW expression                                          # lambda
    | STAR exceptColumns?                                                                                   # star
    | qualifiedName DOT STAR exceptColumns?                                                                 # qualifiedStar
    | LEFT_PAREN query RIGHT_PAREN                                                                          # scalarQuery
    | LEFT_PAREN namedField ( COMMA namedField )+ RIGHT_PAREN                                               # rowValue
    | LEFT_PAREN expression RIGHT_PAREN                                                                     # bracketed
    | primary COLLATE collation=qualifiedName                                                               # collate
    | primary LEFT_BRACKET value RIGHT_BRACKET                                                              # subscript
    | primary DOT name                                                                                      # dereference
    | primary COLON ( name | LEFT_BRACKET ( string | INTEGER_VALUE ) RIGHT_BRACKET )                        # variantField
    | QUESTION                                                                                              # positionalParameter
    | parameter                                                                                             # namedParameter
    | name                                                                                                  # column
    ;

namedField: expression ( AS? name )?;

exceptColumns: EXCEPT LEFT_PAREN qualifiedName ( COMMA qualifiedName )* RIGHT_PAREN;

whenBranch: WHEN condition=expression THEN result=expression;

callArgument
    : ( name FAT_ARROW )? ( TABLE LEFT_PAREN ( query | qualifiedName ) RIGHT_PAREN tablePartitioning?
      | TABLE qualifiedName
      | expression )
    ;

tablePartitioning: ( WITH | PARTITION | DISTRIBUTE ) ~RIGHT_PAREN*;

filter: FILTER LEFT_PAREN WHERE expression RIGHT_PAREN;

nullTreatment: ( IGNORE | RESPECT ) NULLS;

over: OVER ( windowName=name | windowSpec );

windowSpec
    : LEFT_PAREN base=name? ( ( PARTITION | DISTRIBUTE ) BY expression ( COMMA expression )* )?
      ( ( ORDER | SORT ) BY sortItem ( COMMA sortItem )* )? frame? RIGHT_PAREN
    | LEFT_PAREN CLUSTER BY expression ( COMMA expression )* frame? RIGHT_PAREN
    ;

frame
    : unit=( RANGE | ROWS ) ( start=frameBound | BETWEEN start=frameBound AND end=frameBound )
    ;

frameBound
    : UNBOUNDED ( PRECEDING | FOLLOWING )
    | CURRENT ROW
    | expression ( PRECEDING | FOLLOWING )
    ;

constant
    : NULL                                             # nullLiteral
    | interval                                         # intervalLiteral
    | kind=( DATE | TIMESTAMP | TIMESTAMP_NTZ ) string # datetimeLiteral
    | kind=IDENTIFIER string                           # typedLiteral
    | number                                           # numberLiteral
    | ( TRUE | FALSE )                                 # booleanLiteral
    | string+                                          # stringLiteral
    ;

// A value without operators around it: what options, seeds and fractions take.
literal
    : NULL
    | MINUS? number
    | TRUE
    | FALSE
    | string
    | parameter
    ;

number
    : INTEGER_VALUE
    | DECIMAL_VALUE
    | EXPONENT_VALUE
    | BIGINT_LITERAL
    | SMALLINT_LITERAL
    | TINYINT_LITERAL
    | FLOAT_LITERAL
    | DOUBLE_LITERAL
    | BIGDECIMAL_LITERAL
    ;

string: STRING | DOUBLE_QUOTED;

interval
    : INTERVAL intervalPart+
    | INTERVAL sign=( PLUS | MINUS )? string ( from=UNIT TO to=UNIT )?
    ;

intervalPart: sign=( PLUS | MINUS )? ( number | string | bracketedValue ) unit=UNIT;

bracketedValue: LEFT_PAREN value RIGHT_PAREN;

dataType
    : name LESS nestedPart ( COMMA nestedPart )* GREATER                                          # nestedType
    | name NOT_EQUAL                                                                              # emptyStructType
    | INTERVAL from=UNIT ( TO to=UNIT )?                                                          # intervalType
    | name ( name ( IDENTIFIER IDENTIFIER )? )? ( LEFT_PAREN INTEGER_VALUE ( COMMA INTEGER_VALUE )* RIGHT_PAREN )? ( COLLATE collation=qualifiedName )?  # simpleType
    ;

// Decided part by part: a choice before the bracket would have to look ahead to its end.
nestedPart: structField | dataType;

structField: name COLON? dataType ( NOT NULL )? comment?;

// ---------------------------------------------------------------- names

qualifiedName: name ( DOT name )*;

functionName: qualifiedName | LIKE | ILIKE;

name: IDENTIFIER | BACKQUOTED | keyword | identifierClause;

// A name given as text that is known before the statement runs; planning says which text.
identifierClause locals [ String text ]: IDENTIFIER_CLAUSE LEFT_PAREN expression RIGHT_PAREN;

// As `name`, without the words that may follow a table.
aliasName: IDENTIFIER | BACKQUOTED | aliasKeyword | identifierClause;

// What is no name here: the words that part a statement into its clauses and operators.
keyword
    : aliasKeyword
    | ALL | ANTI | CLUSTER | CROSS | DISTRIBUTE | END | EXCEPT | FALSE | FOR | FULL | GROUP | ILIKE | INNER | INTERSECT | JOIN
    | LATERAL | LEFT | LIKE | LIMIT | NATURAL | NULL | OFFSET | ON | ORDER | OUTER | PIVOT | RIGHT | SEMI | SORT
    | TABLESAMPLE | TRUE | UNION | UNPIVOT | USING | WINDOW
    ;

aliasKeyword
    : ALGORITHM | ALGORITHMS | ALIAS | ALTER | ANALYZE | ANY | APPEND | ASC | ASSERT | BATCH | BOTH | BY | CAST | CODEGEN | COLLATE
    | COST | CUBE | CURRENT | DATE | DECLARE | DEFAULT | DESC | DESCRIBE | DESCRIPTOR | DIV | DROP | ENDPOINTS
    | ERRORIFEXISTS | ESCAPE | EVALUATE | EXCLUDE | EXISTS | EXPLAIN | EXPORT | EXTENDED | EXTRACT | FEATURES | FILTER
    | FIRST | FOLLOWING | FORMAT | FORMATTED | GPU | GROUPING | IDENTIFIER_CLAUSE | IGNORE | IMPORT | IMPORTANCE | INCLUDE | INTERVAL | KEEP | LABEL
    | LAST | LEADING | LEVEL | LINEAGE | LOAD | MAX | MODEL | MODELS | NULLS | OF | OLDER | OPTIONS | OVER | OVERLAY | OVERWRITE
    | PARAM | PARTITION | PER | PERCENTLIT | PLACING | PLAN | POSITION | PRECEDING | PREDICT | PYTHON | RANGE | RECURSION
    | RECURSIVE | REPEATABLE | RESPECT | RLIKE | ROLLBACK | ROLLUP | ROW | ROWS | RUN | SAVE | SCHEMA | SEED | SERVE | SET | SETS | SETUP | SHOW | SPARK
    | SPLIT | STRUCT | SUBSTRING | TABLE | THAN | TIMEOUT | TIMESTAMP | TIMESTAMP_NTZ | TO | TRAILING | TRAIN | TRANSFORM | TRIM
    | TRY_CAST | UNBOUNDED | UNIT | UNNEST | UNSERVE | UNSET | VALIDATE | VALUES | VIEW | WEFT | WITHIN | WORKERS
    | sparkKeyword
    ;

// The words of Spark's statements are names in all others.
sparkKeyword
    : BUCKETS | CACHE | CLUSTERED | COMMENT | CREATE | DELETE | EVOLUTION | EXTERNAL | GLOBAL | IF | INSERT | INTO | LAZY
    | LOCATION | MATCHED | MERGE | NAME | PARTITIONED | REPLACE | SORTED | SOURCE | TARGET | TBLPROPERTIES
    | TEMPORARY | UPDATE
    ;
