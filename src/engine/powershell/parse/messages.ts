/* What the parser says, by PowerShell's own error ids. `{0}` stands for an argument, doubled braces for one. */

export const messages: Readonly<Record<string, string>> = {
  IncompleteString: 'Incomplete string token.',
  InvalidUnicodeEscapeSequence:
    "The Unicode escape sequence is not valid. A valid sequence is `u{ followed by one to six hex digits and a closing '}'.",
  InvalidUnicodeEscapeSequenceValue:
    'The Unicode escape sequence value is out of range. The maximum value is 0x10FFFF.',
  MissingUnicodeEscapeSequenceTerminator: "The Unicode escape sequence is missing the closing '}'.",
  TooManyDigitsInUnicodeEscapeSequence:
    'The Unicode escape sequence contains more than the maximum of six hex digits between braces.',
  ReferenceNeedsToBeByItselfInTypeConstraint: 'Cannot use [ref] with other types in a type constraint.',
  ReferenceNeedsToBeLastTypeInTypeConversion: '[ref] can only be the final type in type conversion sequence.',
  ReferenceNeedsToBeByItselfInTypeSequence: 'Cannot have two occurrences of [ref] in a type sequence.',
  BadNumericConstant: 'The numeric constant {0} is not valid.',
  EmptyVariableReference: 'An empty ${} variable reference was found. A name is required inside the braces.',
  InvalidVariableReference:
    "Variable reference is not valid. '$' was not followed by a valid variable name character. Consider using ${} to delimit the name.",
  UnexpectedToken: "Unexpected token '{0}' in expression or statement.",
  SplattingNotPermitted:
    "The splatting operator '@' cannot be used to reference variables in an expression. '@{0}' can be used only as an argument to a command. To reference variables in an expression use '${0}'.",
  MissingExpression: "Missing expression after '{0}' in pipeline element.",
  ParameterRequiresArgument: 'Parameter {0} requires an argument.',
  ParameterCannotHaveArgument: 'Parameter {0} cannot have an argument.',
  DuplicateFormalParameter: 'Duplicate parameter ${0} in parameter list.',
  MissingArgument: 'Missing argument in parameter list.',
  SplattingNotPermittedInArgumentList:
    "Splatted variables like '@{0}' cannot be part of a comma-separated list of arguments.",
  MissingFileSpecification: 'Missing file specification after redirection operator.',
  RedirectionNotSupported: "The '{0}' operator is reserved for future use.",
  ExpressionsMustBeFirstInPipeline: 'Expressions are only allowed as the first element of a pipeline.',
  EmptyPipeElement: 'An empty pipe element is not allowed.',
  InvalidLeftHandSide:
    'The assignment expression is not valid. The input to an assignment operator must be an object that is able to accept assignments, such as a variable or a property.',
  ExpectedValueExpression: "You must provide a value expression following the '{0}' operator.",
  OperatorRequiresVariableOrProperty: "The '{0}' operator works only on variables or on properties.",
  OrderedAttributeOnlyOnHashLiteralNode: 'The {0} attribute can be specified only on a hash literal node.',
  MissingArrayIndexExpression: 'Array index expression is missing or not valid.',
  MissingPropertyName: 'Missing property name after reference operator.',
  ArrayHasTooManyDimensions:
    'The array has too many dimensions: {0}. The number of dimensions for an array must be less than or equal to 32.',
  MissingExpressionAfterToken: "Missing expression after '{0}'.",
  IncompleteDollarVariableReference: "${{variable}} reference starting is missing the closing '}}'.",
  IncompleteDollarSubexpressionReference: "$(subexpression) is missing the closing ')'.",
  DuplicateKeyInHashLiteral: "Duplicate keys '{0}' are not allowed in hash literals.",
  DuplicateNamedArgument: "Duplicate named arguments '{0}' are not allowed.",
  ExpectedExpression: "An expression was expected after '('.",
  MissingEqualsInHashLiteral: "Missing '=' operator after key in hash literal.",
  MissingStatementInHashLiteral: "Missing statement after '=' in hash literal.",
  MissingExpressionInNamedArgument: "Missing statement after '=' in named argument.",
  MissingPropertyTerminator: "Missing ';' or end-of-line in property definition.",
  MissingExpressionAfterOperator: "Missing expression after unary operator '{0}'.",
  IfStatementMissingCondition: "Missing condition in if statement after '{0} ('.",
  MissingStatementBlock: 'Missing statement block after {0} ( condition ).',
  MissingStatementBlockAfterElse: "Missing statement block after 'else' keyword.",
  KeywordParameterReservedForFutureUse: "The {0} '-{1}' parameter is reserved for future use.",
  MissingFilenameOption:
    "Cannot process the 'switch' statement because of a missing file name argument to the -file option.",
  InvalidSwitchFlag: 'The parameter {0} is not valid for the switch statement.',
  InvalidForeachFlag: 'The parameter {0} is not valid for the foreach statement.',
  PipelineValueRequired:
    "A switch statement must have one of the following:  '-file file_name' or '( expression )'.",
  MissingSwitchConditionExpression: 'Missing condition in switch statement clause.',
  MultipleSwitchDefaultClauses: 'A switch statement can have only one default clause.',
  MissingSwitchStatementClause: 'Missing statement block in switch statement clause.',
  MissingForeachExpression:
    'Missing expression in foreach loop.\nThe correct form is: foreach ($a in $b) {...}',
  MissingForeachStatement:
    'Missing statement body in foreach loop.\nThe correct form is: foreach ($a in $b) {...}',
  OnlyOneParameterListAllowed:
    'The param statement cannot be used if arguments were specified in the function declaration.',
  ScriptTooComplicated: 'Processing was stopped because the script is too complex.',
  InvalidEndOfLine: "The token '{0}' is not a valid statement separator in this version.",
  ReservedKeywordNotAllowed: "The '{0}' keyword is not supported in this version of the language.",
  MissingExpressionAfterKeyword: "Missing expression after '{0}' in loop.",
  MissingLoopStatement: 'Missing statement body in {0} loop.',
  MissingTrapStatement: "The 'trap' statement was incomplete. A trap statement requires a body.",
  InvalidFunctionParameter:
    'Parameter declarations are a comma-separated list of variable names with optional initializer expressions.',
  MissingFunctionBody: 'Missing function body in function declaration.',
  DuplicateScriptCommandClause: "Script command clause '{0}' has already been defined.",
  MissingNamedBlocks:
    "unexpected token '{0}', expected 'begin', 'process', 'end', 'clean', or 'dynamicparam'.",
  MissingEndCurlyBrace: "Missing closing '}' in statement block or type definition.",
  MissingEndParenthesisInMethodCall: "Missing ')' in method call.",
  MissingEndSquareBracket: "Missing ']' after array index expression.",
  MissingEndParenthesisInExpression: "Missing closing ')' in expression.",
  MissingEndParenthesisInSubexpression: "Missing closing ')' in subexpression.",
  MissingOpenParenthesisInIfStatement: "Missing '(' after '{0}' in if statement.",
  MissingEndParenthesisInSwitchStatement: "Missing ')' after expression in switch statement.",
  MissingCurlyBraceInSwitchStatement: "Missing '{' in switch statement.",
  MissingVariableNameAfterForeach:
    'Missing variable name after foreach.\nThe correct form is: foreach ($a in $b) {...}',
  MissingInInForeach:
    "Missing 'in' after variable in foreach loop.\nThe correct form is: foreach ($a in $b) {...}",
  MissingEndParenthesisAfterForeach:
    "Missing closing ')' after expression part of foreach loop.\nThe correct form is: foreach ($a in $b) {...}",
  MissingOpenParenthesisAfterKeyword: "Missing opening '(' after keyword '{0}'.",
  MissingWhileOrUntilInDoWhile: 'Missing while or until keyword in do loop.',
  MissingEndParenthesisAfterStatement: "Missing closing ')' after expression in '{0}' statement.",
  MissingNameAfterKeyword: 'Missing name after {0} keyword.',
  MissingEndParenthesisInFunctionParameterList: "Missing ')' in function parameter list.",
  UnrecognizedToken: 'Unrecognized token in source text.',
  TokenAfterEndOfValidScriptText: 'Executable script code found in signature block.',
  TerminatorExpectedAtEndOfString: 'The string is missing the terminator: {0}.',
  WhitespaceBeforeHereStringFooter: 'White space is not allowed before the string terminator.',
  EndSquareBracketExpectedAtEndOfType: 'Missing ] at end of type token.',
  OpenBraceNeedsToBeBackTickedInVariableName: 'Use `{ instead of { in variable names.',
  MissingStatementBlockForDataSection: 'The Data section is missing its statement block.',
  InvalidParameterForDataSectionStatement:
    'The "{0}" parameter of the Data section is not valid. The valid Data section parameter is SupportedCommand.',
  ArrayReferenceNotSupportedInDataSection:
    'Array references are not allowed in restricted language mode or a Data section.',
  AssignmentStatementNotSupportedInDataSection:
    'Assignment statements are not allowed in restricted language mode or a Data section.',
  RedirectionNotSupportedInDataSection:
    'Redirection is not allowed in restricted language mode or a Data section.',
  DoWhileStatementNotSupportedInDataSection:
    'The Do and While statements are not allowed in restricted language mode or a Data section.',
  ExpandableStringNotSupportedInDataSection:
    'Expandable strings are not allowed in restricted language mode or a Data section.',
  OperatorNotSupportedInDataSection:
    "The '{0}' operator is not allowed in restricted language mode or a Data section.",
  TrapStatementNotSupportedInDataSection:
    'The Trap statement is not allowed in restricted language mode or a Data section.',
  TryStatementNotSupportedInDataSection:
    'The Try statement is not allowed in restricted language mode or a Data section.',
  FlowControlStatementNotSupportedInDataSection:
    'Flow control statements such as Break, Continue, Return, Exit, and Throw are not allowed in restricted language mode or a Data section.',
  ForeachStatementNotSupportedInDataSection:
    'Foreach statements are not allowed in restricted language mode or a Data section.',
  ForWhileStatementNotSupportedInDataSection:
    'For and While statements are not allowed in restricted language mode or a Data section.',
  FunctionDeclarationNotSupportedInDataSection:
    'Function declarations are not allowed in restricted language mode or a Data section.',
  MethodCallNotSupportedInDataSection:
    'Method calls are not allowed in restricted language mode or a Data section.',
  ParameterDeclarationNotSupportedInDataSection:
    'Parameter declarations are not allowed in restricted language mode or a Data section.',
  PropertyReferenceNotSupportedInDataSection:
    'Property references are not allowed in restricted language mode or a Data section.',
  ScriptBlockNotSupportedInDataSection:
    'Script block literals are not allowed in restricted language mode or a Data section.',
  SwitchStatementNotSupportedInDataSection:
    'The switch statement is not allowed in restricted language mode or a Data section.',
  VariableReferenceNotSupportedInDataSection:
    'A variable that cannot be referenced in restricted language mode or a Data section is being referenced. Variables that can be referenced include the following: {0}.',
  CmdletNotInAllowedListForDataSection:
    "The command '{0}' is not allowed in restricted language mode or a Data section.",
  DataSectionStatementNotSupportedInDataSection:
    'The data statement is not allowed in restricted language mode or another Data section.',
  MissingValueForSupportedCommandInDataSectionStatement:
    'The SupportedCommand parameter of the Data section is missing a value. Supply a cmdlet or function name to the parameter.',
  DotSourcingNotSupportedInDataSection:
    'Dot sourcing is not allowed in restricted language mode or a Data section.',
  ParameterAttributeArgumentNeedsToBeConstantOrScriptBlock:
    'Attribute argument must be a constant or a script block.',
  UnexpectedAttribute: "Unexpected attribute '{0}'.",
  EndSquareBracketExpectedAtEndOfAttribute: 'Missing ] at end of attribute or type literal.',
  MissingTryStatementBlock: 'The Try statement is missing its statement block.',
  MissingCatchOrFinally: 'The Try statement is missing its Catch or Finally block.',
  MissingCatchHandlerBlock: 'The Catch block is missing its statement block.',
  MissingFinallyStatementBlock: 'The Finally block is missing its statement block.',
  ExceptionTypeAlreadyCaught: 'Exception type {0} is already handled by a previous handler.',
  EmptyCatchNotLast: 'Catch block must be the last catch block.',
  MissingTypeLiteralToken: 'Missing type literal.',
  MissingTerminatorMultiLineComment: "The terminator '#>' is missing from the multiline comment.",
  UnexpectedCharactersAfterHereStringHeader:
    'No characters are allowed after a here-string header but before the end of the line.',
  MissingNamedStatementBlock: "Missing statement block after '{0}'.",
  TypeNotAllowedBeforeParam: 'Unexpected type [{0}] was found in the parameter statement.',
  TypeNotAllowedBeforeStatement: 'Unexpected type [{0}] was found before statement.',
  AttributeNotSupportedInDataSection:
    'Attributes are not allowed in restricted language mode or a Data section.',
  TypeNotAllowedInDataSection: 'The type {0} is not allowed in restricted language mode or a Data section.',
  MissingAssemblyNameSpecification: 'The type name is missing the assembly name specification.',
  ControlLeavingFinally: 'Flow of control cannot leave a Finally block.',
  InvalidUsingExpression: 'Expression is not allowed in a Using expression.',
  InvalidBracedVariableReference: 'Variable reference is not valid. The variable name is missing.',
  InvalidVariableReferenceWithDrive:
    "Variable reference is not valid. ':' was not followed by a valid variable name character. Consider using ${} to delimit the name.",
  MissingTypename: "Missing type name after '['.",
  StreamAlreadyRedirected: 'The {0} for this command is already redirected.',
  MissingStatementAfterKeyword: "Missing statement body after keyword '{0}'.",
  ParallelAndSequenceBlockNotSupportedInDataSection:
    'Parallel and sequence blocks are not allowed in restricted language mode or a Data section.',
  UnexpectedKeyword: "Unexpected keyword '{0}'.",
  VoidTypeConstraintNotAllowed:
    '[void] cannot be used as a parameter type, or on the left side of an assignment.',
  RequiresArgumentMustBeConstant: 'Argument must be constant.',
  RequiresInvalidStringArgument:
    'The argument for the {0} parameter is not valid. Specify a valid string argument.',
  RequiresModuleInvalid: 'The argument for the Module parameter is not valid. {0}',
  RequiresVersionInvalid:
    'The argument for the Version parameter is not valid. Specify a valid PowerShell version, in the format major.minor version.',
  RequiresPSEditionInvalid:
    'The argument for the {0} parameter is not valid. Specify a valid PowerShell edition.',
  RequiresPSEditionValueIsAlreadySpecified:
    'The argument for the {0} parameter contains duplicate values. Do not specify duplicate PowerShell edition values.',
  MissingThrottleLimit:
    'The ThrottleLimit parameter of the foreach statement is missing a value. Supply a throttle limit to the parameter.',
  ThrottleLimitRequiresParallelFlag:
    'The ThrottleLimit parameter is only supported on foreach statements that use the Parallel parameter.',
  DuplicateQualifier: "Duplicate '{0}' qualifier",
  MissingUsingStatementDirective: 'Missing using directive',
  MissingNamespaceAlias: 'Missing namespace alias',
  MissingEqualsInUsingAlias: "Missing '=' operator",
  MissingUsingItemName: 'Missing using name',
  VariableNotLocal: 'Variable is not assigned in the method.',
  IncompleteMemberDefinition: 'Missing a property name or method definition.',
  TooManyTypes: 'Only one type may be specified on class members.',
  PropertyNotFoundForAttribute:
    "Property '{0}' cannot be found for attribute '{1}'. Specify one of the following properties: {2}.",
  AttributeNotAllowedOnDeclaration:
    "Attribute '{0}' is not valid on this declaration. It is valid on '{1}' declarations only.",
  ParameterAttributeArgumentNeedsToBeConstant: 'Attribute argument must be a constant.',
  WorkflowNotSupportedInPowerShellCore: 'Workflow is not supported in PowerShell 6+.',
  MethodHasCodePathNotReturn: 'Not all code path returns value within method.',
  VoidMethodHasReturn: 'Invalid return statement within void method.',
  NonVoidMethodMissingReturnValue: 'Invalid return statement within non-void method.',
  MissingTypeBody: "Missing '{0}' body in '{0}' declaration.",
  MissingMethodParameterList: "Missing '(' in class method parameter list.",
  NamedBlockNotAllowedInMethod: 'A named block is not allowed in a class method.',
  ParamBlockNotAllowedInMethod: 'A param block is not allowed in a class method.',
  TypeNameExpected: 'Type name expected.',
  InvalidUnderlyingType:
    "'{0}' is not a valid underlying type for enums. Expected a builtin integral type (one of byte, sbyte, short, ushort, int, uint, long or ulong)",
  MissingBaseCtorCall: "Missing 'base' after ':' in a base class constructor call.",
  ConstructorCantHaveReturnType: 'A constructor cannot specify a return type.',
  TypeNotAllowedForProperty: "The type '{0}' is not allowed on a property.",
  NonStaticMemberAccessInStaticMember:
    "Cannot access the non-static member '{0}' in a static method or initializer of a static property.",
  MultipleTypeConstraintsOnMethodParam: 'Multiple type constraints are not allowed on a method parameter.',
  UsingMustBeAtStartOfScript: "A 'using' statement must appear before any other statements in a script.",
  UsingStatementNotSupported: "This syntax of the 'using' statement is not supported.",
  InvalidNamespaceValue: "The specified namespace in the 'using' statement contains invalid characters.",
  MissingStatementTerminator: 'Missing a newline or semicolon.',
  InvalidValueForUsingItemName: "'{0}' is not a valid value for using name.",
  LabelNotFound: "Label '{0}' not found inside the method.",
  AssignmentStatementToAutomaticNotSupported: "Cannot assign automatic variable '{0}' with type '{1}'",
  MissingColonInTernaryExpression: "Missing ':' in the ternary expression.",
  EmptyPipelineChainElement: 'A pipeline chain operator must be followed by a pipeline.',
  BackgroundOperatorInPipelineChain: 'Background operators can only be used at the end of a pipeline chain.',
  MissingThis: "Cannot assign property, use '{0}{1}'.",
  MissingTypeInStaticPropertyAssignment: "Cannot assign property, use '{0}{1}'.",
  ScriptRequiresInvalidFormat:
    'Cannot process the #requires statement because it is not in the correct format.\nThe #requires statement must be in one of the following formats:\n "#requires -shellid <shellID>"\n "#requires -version <major.minor>"\n "#requires -psedition <edition>"\n "#requires -pssnapin <psSnapInName> [-version <major.minor>]"\n "#requires -modules <ModuleSpecification>"\n "#requires -runasadministrator"',
  ParameterAlreadyBound:
    'Cannot bind parameter because parameter \'{1}\' is specified more than once. To provide multiple values to parameters that can accept multiple values, use the array syntax. For example, "-parameter value1,value2,value3".',
  ReadOnlyProperty: "'{0}' is a ReadOnly property.",
};

/** Text of an error with its arguments put in. */
export function messageText(errorId: string, args: readonly string[]): string {
  const template = messages[errorId];
  if (template === undefined) throw new Error(`No message for parse error ${errorId}`);
  if (args.length === 0) return template;
  return template.replace(/\{(\d)\}|\{\{|\}\}/g, (found, digit: string | undefined) =>
    digit === undefined ? (found[0] as string) : (args[Number(digit)] ?? ''),
  );
}
