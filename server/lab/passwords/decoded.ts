/** Other readings of a text: what its escapes stand for. Each position of a reading leads back to the text. */

export interface Reading {
  text: string;
  /** Returns where the character at that position of the reading begins in the original text. */
  positionOf(index: number): number;
}

type Decode = (text: string, at: number) => { decoded: string; length: number } | null;

/** Applies `decode` wherever it returns something; null if that is nowhere. Each character is read once. */
function reading(of: Reading, [marks, decode]: Encoding): Reading | null {
  const { text } = of;
  if (!marks.test(text)) return null;
  const starts: number[] = [];
  let result = '';
  for (let at = 0; at < text.length; ) {
    const { decoded, length } = (marks.test(text[at]!) ? decode(text, at) : null) ?? { decoded: text[at]!, length: 1 };
    for (let index = 0; index < decoded.length; index++) starts.push(at);
    result += decoded;
    at += length;
  }
  if (result === text) return null;
  starts.push(text.length);
  return { text: result, positionOf: (index) => of.positionOf(starts[index]!) };
}

const longestCharacter = 4;
const hex = /^[0-9a-f]{2}$/i;

/** Percent-encoding of UTF-8 (RFC 3986 section 2.1). Octets that are no UTF-8 stay what they are. */
const percent: Decode = (text, at) => {
  const octets: number[] = [];
  while (octets.length < longestCharacter) {
    const start = at + octets.length * 3;
    const digits = text.slice(start + 1, start + 3);
    if (text[start] !== '%' || !hex.test(digits)) break;
    const octet = Number.parseInt(digits, 16);
    // The next character has begun.
    if (octets.length > 0 && (octet & 0xc0) !== 0x80) break;
    octets.push(octet);
    if (octet < 0x80) break;
  }
  if (octets.length === 0) return null;
  const decoded = Buffer.from(octets).toString();
  return decoded.includes('\ufffd')
    ? { decoded: String.fromCharCode(octets[0]!), length: 3 }
    : { decoded, length: octets.length * 3 };
};

const named: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Escapes of JSON and JavaScript. */
const backslash: Decode = (text, at) => {
  const [, digits] = /^\\(?:u([0-9a-f]{4})|x([0-9a-f]{2}))/i.exec(text.slice(at, at + 6))?.filter(Boolean) ?? [];
  if (digits) return { decoded: String.fromCharCode(Number.parseInt(digits, 16)), length: 2 + digits.length };
  const next = text[at + 1];
  return next === undefined ? null : { decoded: named[next] ?? next, length: 2 };
};

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Character references of HTML and XML. */
const reference: Decode = (text, at) => {
  const [whole, name, decimal, digits] =
    /^&(?:(\w{2,4})|#(\d{1,6})|#x([0-9a-f]{1,5}));/i.exec(text.slice(at, at + 10)) ?? [];
  if (whole === undefined) return null;
  const code = decimal ? Number(decimal) : digits ? Number.parseInt(digits, 16) : null;
  const decoded = code === null ? entities[name!] : String.fromCodePoint(code);
  return decoded === undefined ? null : { decoded, length: whole.length };
};

/** In the query of an address and in a form, a space is a plus. */
const percentOrPlus: Decode = (text, at) => (text[at] === '+' ? { decoded: ' ', length: 1 } : percent(text, at));

type Encoding = [marks: RegExp, decode: Decode];
const encodings = {
  percent: [/%/, percent],
  form: [/[%+]/, percentOrPlus],
  backslash: [/\\/, backslash],
  reference: [/&/, reference],
} satisfies Record<string, Encoding>;

const anyMark = new RegExp(
  Object.values(encodings)
    .map(([marks]) => marks.source)
    .join('|'),
);

/** Returns the text without this encoding. */
export const decoded = (text: string, encoding: keyof typeof encodings): string =>
  reading(itself(text), encodings[encoding])?.text ?? text;

const itself = (text: string): Reading => ({ text, positionOf: (index) => index });

/** Returns the text itself and its other readings. It may be encoded twice: as JSON in JSON, or an address in an address. */
export function readings(text: string): Reading[] {
  const own = itself(text);
  // Nearly every text of a trace.
  if (!anyMark.test(text)) return [own];
  const once = Object.values(encodings).flatMap((encoding) => reading(own, encoding) ?? []);
  const twice = once.flatMap((one) =>
    [encodings.percent, encodings.backslash].flatMap((encoding) => reading(one, encoding) ?? []),
  );
  return [own, ...once, ...twice];
}
