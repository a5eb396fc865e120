/**
 * A cookie consists of bytes. The jar keeps them as a byte string (Web IDL), as Node's http module does with headers: one
 * byte is one character from U+0000 to U+00FF. So `length` counts bytes, and a value is sent exactly as it was received.
 */

export function isByteString(text: string): boolean {
  return !/[\u0100-\uffff]/.test(text);
}

export function isAscii(text: string): boolean {
  return !/[\u0080-\uffff]/.test(text);
}

/** Encodes text as the bytes of its UTF-8 form: `é` becomes two characters. */
export function encodeUtf8(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** Decodes bytes as UTF-8, as browsers do for scripts. */
export function decodeUtf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
