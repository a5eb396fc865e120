/**
 * A cookie is a sequence of octets. As Node's http module does with headers, the jar keeps one octet as one character
 * between U+0000 and U+00FF, so `length` counts octets and a value goes out as it came in.
 */

/** What a script wrote, as UTF-8 octets: `é` becomes two. */
export function toOctets(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** Octets as a script reads them: decoded as UTF-8. */
export function fromOctets(octets: string): string {
  return Buffer.from(octets, 'latin1').toString('utf8');
}

/** A header can only hold octets. Text that came another way is encoded first. */
export function asOctets(text: string): string {
  return consistsOfOctets(text) ? text : toOctets(text);
}

/** What document.cookie gives for these octets: where they are not all UTF-8, Chromium (156) gives nothing at all. */
export function readByScript(octets: string): string {
  const text = fromOctets(octets);
  return toOctets(text) === octets ? text : '';
}

export function consistsOfAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

export function consistsOfOctets(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0xff) return false;
  return true;
}
