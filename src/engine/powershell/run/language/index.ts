/* What scripts see of the language itself: the parser, trees, tokens and script blocks. */
import './ast.ts';
import './parser.ts';
import './ps-parser.ts';
import './script-block-members.ts';
import './steppable-pipeline.ts';
