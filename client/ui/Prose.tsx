import { Named } from './Named.tsx';

/** Running text in which `backticks` mark code, and actors have their colors. */
export function Prose({ text }: { text: string }) {
  // biome-ignore-start lint/suspicious/noArrayIndexKey: the parts of one text never change their order
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : <Named key={index} text={part} />));
  // biome-ignore-end lint/suspicious/noArrayIndexKey: see above
}
