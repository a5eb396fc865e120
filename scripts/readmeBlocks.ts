/** For tests: the code in README.md. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The text of each code block in that language. */
export const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, text]) => text ?? '');

/** The commands that play scenarios, each as the words after `npm run scenarios --`. */
export const commands: { command: string; words: string[] }[] = blocks('sh')
  .join('')
  .split('\n')
  .map((line) => line.replace(/#.*/, '').trim())
  .filter((line) => /^npm run (-s )?scenarios\b/.test(line))
  .map((command) => ({ command, words: command.split(' -- ')[1]?.split(' ') ?? [] }));
