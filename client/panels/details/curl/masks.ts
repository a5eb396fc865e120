/** The passwords that the trace has masked in a body, as shell variables to be filled in. Pure. */

/** What the trace has in the place of every password. */
const masked = '••••••';

export type Piece = { text: string } | { variable: string };

/** The body cut at its masked passwords. `newPassword` becomes NEW_PASSWORD. */
export function masks(body: string): Piece[] {
  const texts = body.split(masked);
  return texts.flatMap((text, index): Piece[] => {
    const piece = text === '' ? [] : [{ text }];
    return index === texts.length - 1 ? piece : [...piece, { variable: variableFor(text) }];
  });
}

/** By the field it is the value of, which is the last word before it. */
function variableFor(before: string): string {
  const field = /(\w*password\w*)\W*$/i.exec(before)?.[1] ?? 'password';
  return field.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
}
