import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/** The colours of theme.css by mode; what dark does not say is as in light. */
const css = readFileSync(new URL('./theme.css', import.meta.url), 'utf8');
const tokensIn = (block: string) =>
  Object.fromEntries([...block.matchAll(/(--[\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name!, hex!]));
const [lightBlock, darkBlock] = css.split('[data-mantine-color-scheme="dark"]');
const light = tokensIn(lightBlock!);
const modes = { light, dark: { ...light, ...tokensIn(darkBlock!) } };

/** WCAG 2.2, relative luminance of an sRGB colour. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

/** WCAG 2.2, contrast ratio: 1 to 21. */
function contrast(one: string, other: string): number {
  const [dark, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright! + 0.05) / (dark! + 0.05);
}

/** Success criterion 1.4.3, of text of our sizes; and 1.4.11, of what must be seen to use a control. */
const forText = 4.5;
const forSigns = 3;

const softs = Object.keys(light).filter((name) => name.endsWith('-soft'));
/** What each colour of text stands on. */
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

  test.each(['--paper', '--card'])('the outline of what has the focus is seen on %s', (ground) => {
    expect(contrast(tokens['--accent']!, tokens[ground]!)).toBeGreaterThanOrEqual(forSigns);
  });
});

test('black on white is the most there is', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
});
