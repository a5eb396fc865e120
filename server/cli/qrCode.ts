import { styleText } from 'node:util';
import { renderUnicodeCompact } from 'uqr';

/** Modules of empty space around the code. The standard asks for 4; readers need less, and a terminal has few lines. */
const border = 2;

/**
 * Returns a QR code as lines for a terminal, with two modules in a character. Both colors are set, because a reader needs dark on
 * light, and a terminal may be either. So they stay without colors (NO_COLOR), too.
 */
export function qrCode(text: string): string[] {
  // The lighter modules are drawn.
  return renderUnicodeCompact(text, { border, ecc: 'L' })
    .split('\n')
    .map((line) => styleText(['whiteBright', 'bgBlack'], line, { validateStream: false }));
}
