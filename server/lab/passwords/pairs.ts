/** Fields that are named by a value: `{"name":"password","value":"…"}`, as in HAR files, lists of headers and parameters. */
import type { Span } from './spans.ts';

const nameWords =
  /^(?:(?:field|param|parameter|property|attribute|input|form|header|query|cookie)?(?:name|key|id)|[kn])$/;
const alsoNames = /^(?:field|param|parameter|property|attribute|input|header|label)$/;
const valueWords = /^(?:(?:[a-z]{0,20})(?:value|val)|v|content|text|data|default)$/;

const longestWord = 40;
const plain = (word: string) => (word.length > longestWord ? '' : word.toLowerCase().replace(/[^a-z]/g, ''));

/** Whether a member of that name says which field is meant. */
export const saysName = (word: string) => nameWords.test(plain(word)) || alsoNames.test(plain(word));

/** Whether a member of that name has the value of the field. */
export const hasValue = (word: string) => valueWords.test(plain(word));

/**
 * Takes the members of a text one after the other, and returns the values that belong to a name of a password, whichever of the two
 * comes first.
 * @param isPassword whether that is the name of a password's field
 */
export function createPairing(isPassword: (name: string) => boolean) {
  let named: boolean | null = null;
  let unnamed: Span | null = null;

  return function pair(word: string, value: string, span: Span): Span[] {
    if (hasValue(word)) {
      const found = named === true ? [span] : [];
      unnamed = named === null ? span : null;
      named = null;
      return found;
    }
    if (!saysName(word)) return [];
    const isOne = isPassword(value);
    const found = isOne && unnamed ? [unnamed] : [];
    named = unnamed ? null : isOne;
    unnamed = null;
    return found;
  };
}
