import { matchesPattern, fileName, parentPath } from '../device-path.ts';
import type { CmdShell } from './shell.ts';
import type { Condition } from './tree.ts';

const whole = /^[+-]?(0x[\da-f]+|\d+)$/i;
const numberOf = (text: string): number => {
  const negative = text.startsWith('-');
  const digits = text.replace(/^[+-]/, '');
  const value = /^0x/i.test(digits)
    ? parseInt(digits, 16)
    : /^0\d/.test(digits)
      ? parseInt(digits, 8)
      : Number(digits);
  return negative ? -value : value;
};

/** Whether the condition of an IF holds, before NOT. `expand` does what happens at the last moment. */
export function holds(
  condition: Condition,
  ignoreCase: boolean,
  shell: CmdShell,
  expand: (text: string) => string,
): boolean {
  switch (condition.kind) {
    case 'exist': {
      const path = shell.path(expand(condition.path));
      if (/[*?]/.test(path)) {
        const children = shell.host.files.list(parentPath(path));
        return children.ok && children.value.some((child) => matchesPattern(child.name, fileName(path)));
      }
      const info = shell.host.files.info(path);
      return info.ok && (!/[\\/]"?$/.test(condition.path) || info.value.kind === 'directory');
    }
    case 'defined':
      return shell.variables.has(expand(condition.name).replace(/"/g, ''));
    case 'errorlevel':
      return shell.variables.errorLevel >= numberOf(expand(condition.level));
    case 'compare': {
      const left = expand(condition.left);
      const right = expand(condition.right);
      if (condition.operator !== '==' && whole.test(left) && whole.test(right))
        return compared(numberOf(left) - numberOf(right), condition.operator);
      const a = ignoreCase ? left.toLowerCase() : left;
      const b = ignoreCase ? right.toLowerCase() : right;
      return compared(a === b ? 0 : a < b ? -1 : 1, condition.operator);
    }
  }
}

function compared(order: number, operator: string): boolean {
  switch (operator) {
    case 'neq':
      return order !== 0;
    case 'lss':
      return order < 0;
    case 'leq':
      return order <= 0;
    case 'gtr':
      return order > 0;
    case 'geq':
      return order >= 0;
    default:
      return order === 0;
  }
}
