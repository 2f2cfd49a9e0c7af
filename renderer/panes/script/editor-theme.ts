import type { editor } from 'monaco-editor/editor/editor.api.js';
import type { ShownTheme } from '../../state/preferences.svelte.ts';

const rules: readonly [token: string, property: string][] = [
  ['', '--ink'],
  ['keyword', '--code-keyword'],
  ['command', '--code-command'],
  ['parameter', '--ink-soft'],
  ['variable', '--code-variable'],
  ['string', '--code-string'],
  ['escape', '--code-number'],
  ['comment', '--code-comment'],
  ['number', '--code-number'],
  ['type', '--code-type'],
  ['member', '--ink'],
  ['operator', '--ink-soft'],
  ['delimiter', '--ink-soft'],
];

const colours: readonly [colour: string, property: string][] = [
  ['editor.background', '--surface'],
  ['editor.foreground', '--ink'],
  ['editor.lineHighlightBackground', '--line-here'],
  ['editor.lineHighlightBorder', '--line-here'],
  ['editor.selectionBackground', '--selection'],
  ['editor.inactiveSelectionBackground', '--selected-idle'],
  ['editor.findMatchBackground', '--match'],
  ['editor.findMatchHighlightBackground', '--match'],
  ['editor.wordHighlightBackground', '--hover'],
  ['editor.wordHighlightStrongBackground', '--hover'],
  ['editorLineNumber.foreground', '--ink-faint'],
  ['editorLineNumber.activeForeground', '--ink'],
  ['editorCursor.foreground', '--ink'],
  ['editorIndentGuide.background1', '--separator'],
  ['editorIndentGuide.activeBackground1', '--border'],
  ['editorBracketMatch.background', '--hover'],
  ['editorBracketMatch.border', '--border'],
  ['editorBracketHighlight.foreground1', '--ink-soft'],
  ['editorBracketHighlight.foreground2', '--ink-soft'],
  ['editorBracketHighlight.foreground3', '--ink-soft'],
  ['editorBracketHighlight.unexpectedBracket.foreground', '--bad'],
  ['editorError.foreground', '--bad'],
  ['editorWarning.foreground', '--warn'],
  ['editorInfo.foreground', '--accent'],
  ['editorOverviewRuler.border', '--surface'],
  ['editorWidget.background', '--raised'],
  ['editorWidget.foreground', '--ink'],
  ['editorWidget.border', '--separator'],
  ['editorHoverWidget.background', '--raised'],
  ['editorHoverWidget.border', '--separator'],
  ['editorSuggestWidget.background', '--raised'],
  ['editorSuggestWidget.border', '--separator'],
  ['editorSuggestWidget.foreground', '--ink'],
  ['editorSuggestWidget.selectedBackground', '--selected'],
  ['editorSuggestWidget.selectedForeground', '--ink'],
  ['editorSuggestWidget.highlightForeground', '--accent'],
  ['editorSuggestWidget.focusHighlightForeground', '--accent'],
  ['list.hoverBackground', '--hover'],
  ['list.focusBackground', '--selected'],
  ['list.focusForeground', '--ink'],
  ['list.highlightForeground', '--accent'],
  ['menu.background', '--raised'],
  ['menu.foreground', '--ink'],
  ['menu.selectionBackground', '--selected'],
  ['menu.selectionForeground', '--ink'],
  ['menu.border', '--separator'],
  ['menu.separatorBackground', '--separator'],
  ['input.background', '--surface'],
  ['input.foreground', '--ink'],
  ['input.border', '--border'],
  ['input.placeholderForeground', '--ink-faint'],
  ['inputOption.activeBackground', '--selected'],
  ['inputOption.activeBorder', '--accent'],
  ['inputOption.activeForeground', '--ink'],
  ['focusBorder', '--accent'],
  ['foreground', '--ink'],
  ['icon.foreground', '--ink-soft'],
  ['scrollbar.shadow', '--surface'],
  ['scrollbarSlider.background', '--scroll'],
  ['scrollbarSlider.hoverBackground', '--scroll-hover'],
  ['scrollbarSlider.activeBackground', '--scroll-hover'],
  ['widget.shadow', '--separator'],
];

/** Monaco's theme from the tokens of the shown theme, so that one file holds every colour. */
export function editorTheme(theme: ShownTheme): editor.IStandaloneThemeData {
  const read = hexReader();
  return {
    base: theme === 'light' ? 'vs' : theme === 'dark' ? 'vs-dark' : 'hc-black',
    inherit: true,
    rules: rules.map(([token, property]) => ({ token, foreground: read(property).slice(1, 7) })),
    colors: Object.fromEntries(colours.map(([colour, property]) => [colour, read(property)])),
  };
}

/** Monaco wants `#rrggbbaa`; tokens are OKLCH. A pixel painted with the one is read as the other. */
function hexReader(): (property: string) => string {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const style = getComputedStyle(document.documentElement);
  return (property) => {
    if (!context) return '#808080';
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = style.getPropertyValue(property).trim();
    context.fillRect(0, 0, 1, 1);
    const pixel = context.getImageData(0, 0, 1, 1).data;
    return `#${[...pixel].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  };
}
