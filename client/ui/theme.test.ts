import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/** The colors of theme.css by mode. Dark inherits from light what it does not set. */
const css = readFileSync(new URL('./theme.css', import.meta.url), 'utf8');
const tokensIn = (block: string) =>
  Object.fromEntries([...block.matchAll(/(--[\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name!, hex!]));
const [lightBlock, darkBlock] = css.split('[data-mantine-color-scheme="dark"]');
const light = tokensIn(lightBlock!);
const modes = { light, dark: { ...light, ...tokensIn(darkBlock!) } };

/** Returns the relative luminance of an sRGB color (WCAG 2.2). */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

/** Returns the contrast ratio of two colors (WCAG 2.2): 1 to 21. */
function contrast(one: string, other: string): number {
  const [dark, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright! + 0.05) / (dark! + 0.05);
}

/** WCAG 2.2: success criterion 1.4.3 for text of the page's sizes, and 1.4.11 for what one must see to use a control. */
const forText = 4.5;
const forSigns = 3;

const softs = Object.keys(light).filter((name) => name.endsWith('-soft'));
/** Each text color with each background it is used on. */
const pairs: [text: string, ground: string][] = [
  ...['--ink', '--mute', '--accent', '--added', '--removed', '--changed'].flatMap((text): [string, string][] => [
    [text, '--paper'],
    [text, '--card'],
  ]),
  ...softs.map((soft): [string, string] => [soft.replace('-soft', ''), soft]),
  ...Object.keys(light)
    .filter((name) => /^--(sid|actor)-.*[a-z0-9]$/.test(name) && !name.endsWith('-soft'))
    .map((name): [string, string] => [name, '--card']),
  ['--on-accent', '--accent'],
  ['--ink', '--accent-soft'],
  ['--mute', '--accent-soft'],
];

describe.each(Object.entries(modes))('%s', (_, tokens) => {
  test.each(pairs)('%s can be read on %s', (text, ground) => {
    expect(contrast(tokens[text]!, tokens[ground]!)).toBeGreaterThanOrEqual(forText);
  });

  test.each(['--paper', '--card'])('the focus outline can be seen on %s', (ground) => {
    expect(contrast(tokens['--accent']!, tokens[ground]!)).toBeGreaterThanOrEqual(forSigns);
  });
});

test('black on white has the highest contrast', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
});
