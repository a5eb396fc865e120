/** Which fields of a request hold passwords, by their names. */

/** The trace has this in place of every password. */
export const passwordMask = '••••••';

/** Compared without case and without separators: new_password, `user[password]` and 1password are passwords, too. */
const within = /passw(or)?d|passphrase|passcode|passwort|kennwort|pwd/;
const whole = new Set(['pass', 'pw', 'pin', 'secret']);

/** No field of a form has a longer name. */
const longestName = 200;

export function isPasswordField(name: string): boolean {
  const plain = name
    .slice(0, longestName)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return within.test(plain) || whole.has(plain);
}
