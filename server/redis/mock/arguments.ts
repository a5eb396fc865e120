/** How Redis reads the arguments of its commands. */
import { CommandError } from './protocol.ts';

export const syntaxError = () => new CommandError('ERR syntax error');

export const wrongNumber = (name: string) =>
  new CommandError(`ERR wrong number of arguments for '${name.toLowerCase()}' command`);

const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n];

/**
 * A whole number of 64 bits, written as Redis writes it: `1`, not `01`, `+1` or `1.0`.
 * @throws CommandError
 */
export function bigInteger(text: string | undefined, message = 'ERR value is not an integer or out of range'): bigint {
  if (text !== undefined && /^(0|-?[1-9]\d{0,18})$/.test(text)) {
    const value = BigInt(text);
    if (value >= least && value <= most) return value;
  }
  throw new CommandError(message);
}

/** As `bigInteger`, for what is only counted with. */
export const integer = (text: string | undefined, message?: string) => Number(bigInteger(text, message));

export const inRange = (value: bigint) => value >= least && value <= most;

/** A number that may be a fraction or infinite. @throws CommandError */
export function float(text: string | undefined, message = 'ERR value is not a valid float'): number {
  const trimmed = text ?? '';
  if (/^[+-]?(inf|infinity)$/i.test(trimmed)) return trimmed.startsWith('-') ? -Infinity : Infinity;
  const value = Number(trimmed);
  if (trimmed === '' || /\s|^0x|^0b|^0o/i.test(trimmed) || Number.isNaN(value)) throw new CommandError(message);
  return value;
}

/** Writes a number as Redis 7.0 writes a score: as %.17g of C, so that 0.1 is 0.10000000000000001. */
export function floatText(value: number): string {
  if (value === Infinity) return 'inf';
  if (value === -Infinity) return '-inf';
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 52) return String(value);
  const [digits = '', exponent = ''] = value.toExponential(16).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 17) return withoutZeros(value.toFixed(16 - power));
  return `${withoutZeros(digits)}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

const withoutZeros = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

/** The part of a list from `start` to `stop`, both included and counted from the end if negative. */
export function slice<Item>(items: readonly Item[], start: number, stop: number): Item[] {
  const from = start < 0 ? Math.max(items.length + start, 0) : start;
  const to = stop < 0 ? items.length + stop : stop;
  return items.slice(from, Math.max(to + 1, from));
}
