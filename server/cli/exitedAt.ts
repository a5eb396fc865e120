import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Returns who called process.exit(), as "lesson.ts:12:9"; null if nobody did. What runs at the exit runs within that call.
 *
 * @param stack of an error made there
 * @param folder in which paths are shortened
 */
export function exitedAt(stack: string, folder: string): string | null {
  const frames = stack.split('\n').slice(1);
  const exit = frames.findIndex((frame) => /\bprocess\.(exit|reallyExit)\b/.test(frame));
  const start = /^\s*at (?:async )?|\(/.source;
  const absolute = /(?:file:|[/\\]|[A-Za-z]:[/\\]).*:\d+:\d+/.source;
  const [, place] = new RegExp(`(?:${start})(${absolute})\\)?$`).exec(frames[exit + 1] ?? '') ?? [];
  if (exit === -1 || place === undefined) return null;
  const [, file, position] = /^(.*?)(:\d+:\d+)$/.exec(place)!;
  const path = file!.startsWith('file:') ? fileURLToPath(file!) : file!;
  const near = relative(folder, path);
  return `${near.startsWith('..') ? path : near}${position}`;
}
