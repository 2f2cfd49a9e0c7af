import { accelerators, knownTypes } from '../types/registry.ts';
import { wildcard } from '../types/wildcard.ts';
import { item, order } from './item.ts';
import type { CompletionItem } from './item.ts';

/** Type names that begin with a word: accelerators, full names, and names without their namespace. */
export function typeItems(word: string): CompletionItem[] {
  if (word === '') return [];
  const test = wildcard(`${word}*`);
  const found = new Map<string, CompletionItem>();
  for (const [name, full] of accelerators)
    if (test(name) && !found.has(name)) found.set(name, item('type', 'Type', name, name, full));
  for (const type of knownTypes()) {
    const full = type.fullName.replace(/`\d+$/, '');
    const short = full.startsWith('System.') ? full.slice(7) : full;
    if (!test(full) && !test(short) && !test(type.name)) continue;
    // An accelerator of the same name says it shorter.
    if (found.has(type.name.toLowerCase())) continue;
    const text = test(full) ? full : short;
    if (!found.has(text.toLowerCase()))
      found.set(text.toLowerCase(), item('type', 'Type', text, type.name, full));
  }
  return [...found.values()].sort((a, b) => a.text.length - b.text.length || order(a.text, b.text));
}
