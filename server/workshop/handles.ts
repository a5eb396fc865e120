import { randomInt } from 'node:crypto';

const adjectives = ['calm', 'quiet', 'brave', 'bright', 'gentle', 'merry', 'swift', 'clever'];
const animals = ['otter', 'heron', 'badger', 'robin', 'salmon', 'lynx', 'hedgehog', 'finch'];

export function newHandle(taken: ReadonlySet<string>): string {
  const pick = <Word>(words: readonly Word[]) => words[randomInt(words.length)]!;
  for (let tries = 0; tries < 100; tries++) {
    const handle = `${pick(adjectives)} ${pick(animals)}`;
    if (!taken.has(handle)) return handle;
  }
  return `${pick(adjectives)} ${pick(animals)} ${taken.size + 1}`;
}
