import type { languages } from 'monaco-editor/editor/editor.api.js';

export const configuration: languages.LanguageConfiguration = {
  // A cmdlet's name and a parameter are one word each, as double click and completion see them.
  wordPattern: /\$?[\w?]+(?:-\w+)*|-\w+/g,
  comments: { lineComment: '#', blockComment: ['<#', '#>'] },
  brackets: [
    ['{', '}'],
    ['[', ']'],
    ['(', ')'],
  ],
  autoClosingPairs: [
    { open: '{', close: '}' },
    { open: '[', close: ']' },
    { open: '(', close: ')' },
    { open: '"', close: '"', notIn: ['string', 'comment'] },
    { open: "'", close: "'", notIn: ['string', 'comment'] },
  ],
  surroundingPairs: [
    { open: '{', close: '}' },
    { open: '[', close: ']' },
    { open: '(', close: ')' },
    { open: '"', close: '"' },
    { open: "'", close: "'" },
  ],
  indentationRules: {
    increaseIndentPattern: /^.*(\{|\()\s*(#.*)?$/,
    decreaseIndentPattern: /^\s*[})]/,
  },
  folding: { markers: { start: /^\s*#region\b/i, end: /^\s*#endregion\b/i } },
};

const keywords =
  'begin break catch class continue data do dynamicparam else elseif end enum exit filter finally for foreach from function hidden if in param process return static switch throw trap try until using while workflow'.split(
    ' ',
  );

const operators =
  'eq ne gt ge lt le like notlike match notmatch contains notcontains in notin replace split join is isnot as and or xor not band bor bxor bnot shl shr f ieq ine igt ige ilt ile ilike inotlike imatch inotmatch icontains inotcontains ireplace isplit ceq cne cgt cge clt cle clike cnotlike cmatch cnotmatch ccontains cnotcontains creplace csplit'.split(
    ' ',
  );

const variable = /\$\{[^}]*\}|\$(?:\w+:(?=\w))?\w+|\$[$?^]/;

/** Colours only; what a script means is decided by the engine's parser. */
export const language: languages.IMonarchLanguage = {
  defaultToken: '',
  ignoreCase: true,
  keywords,
  operators: operators.map((name) => `-${name}`),
  tokenizer: {
    root: [
      [/<#/, 'comment', '@comment'],
      [/#.*$/, 'comment'],
      [/@"\s*$/, 'string', '@hereDouble'],
      [/@'\s*$/, 'string', '@hereSingle'],
      [/"/, 'string', '@double'],
      [/'/, 'string', '@single'],
      [variable, 'variable'],
      [/@\w+/, 'variable'],
      [/@(?=[{(])/, 'operator'],
      [/\[[A-Za-z_][\w.]*(?=\()/, 'type'],
      [/\[[A-Za-z_][\w.]*(?:\[\])?\]/, 'type'],
      [/(::|\.)([A-Za-z_]\w*)/, ['operator', 'member']],
      [/[A-Za-z_]\w*(?:-[A-Za-z]\w*)+/, 'command'],
      [/[A-Za-z_]\w*/, { cases: { '@keywords': 'keyword', '@default': '' } }],
      [/-[A-Za-z]\w*/, { cases: { '@operators': 'operator', '@default': 'parameter' } }],
      [/0x[\da-f]+/, 'number'],
      [/\d+(?:\.\d+)?(?:e[+-]?\d+)?(?:[dlu]|[kmgtp]b)*/, 'number'],
      [/`./, 'escape'],
      [/[=<>!+\-*/%|&;,?:]+/, 'operator'],
      [/[{}()[\]]/, '@brackets'],
    ],
    comment: [
      [/#>/, 'comment', '@pop'],
      [/[^#]+|#/, 'comment'],
    ],
    single: [
      [/''/, 'string'],
      [/'/, 'string', '@pop'],
      [/[^']+/, 'string'],
    ],
    double: [
      [/`./, 'escape'],
      [/""/, 'string'],
      [/"/, 'string', '@pop'],
      [/\$\(/, 'operator', '@expression'],
      [variable, 'variable'],
      [/[^"`$]+|\$/, 'string'],
    ],
    hereSingle: [
      [/^'@/, 'string', '@pop'],
      [/.+/, 'string'],
    ],
    hereDouble: [
      [/^"@/, 'string', '@pop'],
      [/`./, 'escape'],
      [/\$\(/, 'operator', '@expression'],
      [variable, 'variable'],
      [/[^"`$]+|["$]/, 'string'],
    ],
    expression: [[/\)/, 'operator', '@pop'], [/\(/, 'operator', '@expression'], { include: '@root' }],
  },
};
