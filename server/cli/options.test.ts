import { describe, expect, test } from 'vitest';
import { WrongUsage } from './errors.ts';
import { type Options, parseOptions } from './options.ts';

const defaults: Options = {
  wanted: [],
  store: 'mock',
  variants: ['vulnerable', 'protected'],
  repair: null,
  reporter: 'pretty',
  pace: 'jump',
  bcryptCost: 4,
  trace: null,
  list: false,
};

test.each<[string[], Partial<Options>]>([
  [[], {}],
  [['idle-timeout', './mine.ts'], { wanted: ['idle-timeout', './mine.ts'] }],
  [['idle-timeout', 'idle-timeout'], { wanted: ['idle-timeout'] }],
  [['--redis', 'real'], { store: 'real' }],
  [['--redis=mock'], {}],
  [['--redis', 'real', '--redis', 'mock'], { store: 'mock' }],
  [['--variant', 'protected', 'idle-timeout'], { variants: ['protected'], wanted: ['idle-timeout'] }],
  [['--variant', 'vulnerable'], { variants: ['vulnerable'] }],
  [['--variant', 'both'], {}],
  [['--repair', 'login-empties-session'], { repair: 'login-empties-session', variants: ['protected'] }],
  [['--repair=one', '--variant', 'protected'], { repair: 'one', variants: ['protected'] }],
  [['--reporter', 'json'], { reporter: 'json' }],
  [['--real-time'], { pace: 'real' }],
  [['--bcrypt-cost', '15'], { bcryptCost: 15 }],
  [['--trace', 'out/traces'], { trace: 'out/traces' }],
  [['--trace=out', '--trace', 'other'], { trace: 'other' }],
  [['--list'], { list: true }],
  [['--', '--list'], { wanted: ['--list'] }],
])('%j is accepted', (words, difference) => {
  expect(parseOptions(words)).toEqual({ ...defaults, ...difference });
});

describe('wrong usage', () => {
  test.each([
    [['--redis'], '--redis needs a value. Valid values are mock, real.'],
    [['--redis='], '--redis cannot be "". Valid values are mock, real.'],
    [['--redis', 'Real'], '--redis cannot be "Real". Valid values are mock, real.'],
    [['--redis', '--list'], '--redis cannot be "--list". Valid values are mock, real.'],
    [['--redis', 'redis', '--redis', 'mock'], '--redis cannot be "redis". Valid values are mock, real.'],
    [['--variant='], '--variant cannot be "". Valid values are vulnerable, protected, both.'],
    [['--variant', 'all'], '--variant cannot be "all". Valid values are vulnerable, protected, both.'],
    [['--repair'], '--repair needs a value. Name one, such as --repair login-empties-session.'],
    [['--repair', 'one', '--variant', 'both'], '--repair takes the place of the fix. Leave out --variant'],
    [['--reporter', 'xml'], '--reporter cannot be "xml". Valid values are pretty, json.'],
    [['--real-time=yes'], '--real-time takes no value; it got "yes".'],
    [['--list='], '--list takes no value; it got "".'],
    ...['3', '16', '100', '-4', '4.5', '1e1', '', ' 4', 'ten'].map((cost): [string[], string] => [
      ['--bcrypt-cost', cost],
      `--bcrypt-cost cannot be "${cost}". Valid values are the whole numbers from 4 to 15.`,
    ]),
    [['--bcrypt-cost'], '--bcrypt-cost needs a value. Valid values are the whole numbers from 4 to 15.'],
    [['--trace'], '--trace needs a value. Name a folder, such as --trace traces.'],
    [['--trace='], '--trace cannot be "". Name a folder, such as --trace traces.'],
    [['--trace', '--list'], '--trace cannot be "--list". Name a folder, such as --trace traces.'],
    [
      ['--varaint', 'both'],
      /^There is no option --varaint\. Did you mean --variant\? The options are --redis, --variant,/,
    ],
    [['--realtime'], /^There is no option --realtime\. Did you mean --real-time\?/],
    [['--no-list'], /^There is no option --no-list\./],
    [['--constructor'], /^There is no option --constructor\. The options are/],
    [['-x'], /^There is no option -x\. The options are/],
  ])('%j is refused with what is wrong and what is valid', (words, message) => {
    expect(() => parseOptions(words)).toThrow(WrongUsage);
    expect(() => parseOptions(words)).toThrow(message);
  });
});
