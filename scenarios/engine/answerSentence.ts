/** The answer to the question of a step, beside other sentences. Pure. */
import { nameIn } from './people.ts';

/** Returns an answer as a sentence: "Yes." for "yes", "“no-store”." for what a header or a record says. */
export function answerSentence(answer: string): string {
  const isCode = /[=_]|^\S*[a-z](?:[A-Z]|-)\S*$/.test(answer);
  if (isCode) return `“${answer}”.`;
  const isWord = /^[a-z’]+(?:[ ,]|$)/.test(answer);
  const begun = isWord ? answer.charAt(0).toUpperCase() + answer.slice(1) : answer;
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}

/** Whether a sentence has the answer in it, as a word of its own; a person by the name. */
export function says(text: string, answer: string): boolean {
  const words = answer.includes('@') ? nameIn(answer) : answer;
  return new RegExp(`(?<![\\w-])${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`).test(text);
}
