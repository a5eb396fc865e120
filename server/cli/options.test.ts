import { describe, expect, test } from 'vitest';
import { WrongUsage } from './errors.ts';
import { type Options, parseOptions } from './options.ts';

const defaults: Options = {
  wanted: [],
  grep: null,
  chapters: [],
  standards: [],
  shard: null,
  only: [],
  store: 'mock',
  variants: ['vulnerable', 'protected'],
  repair: null,
  reporters: [{ name: 'pretty', file: null }],
  pace: 'jump',
  browser: 'virtual',
  bcryptCost: 4,
  trace: null,
  workers: 4,
  bail: null,
  repeat: 1,
  watch: false,
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
  [['--reporter', 'json'], { reporters: [{ name: 'json', file: null }] }],
  [
    ['--reporter', 'junit=out=1.xml', '--reporter=pretty', '--reporter', 'json=a/b.json'],
    {
      reporters: [
        { name: 'junit', file: 'out=1.xml' },
        { name: 'pretty', file: null },
        { name: 'json', file: 'a/b.json' },
      ],
    },
  ],
  [['--chapter', 'login', '--chapter=store'], { chapters: ['login', 'store'] }],
  [['--standard', 'V7.2.4', '--standard', 'CWE-384'], { standards: ['V7.2.4', 'CWE-384'] }],
  [['--shard', '2/3'], { shard: { part: 2, parts: 3 } }],
  [['--workers', '1', '--repeat', '20'], { workers: 1, repeat: 20 }],
  [['--bail'], { bail: 1 }],
  [['--bail', '--list'], { bail: 1, list: true }],
  [['--bail=3', 'hsts'], { bail: 3, wanted: ['hsts'] }],
  [['--watch'], { watch: true }],
  [['--real-time'], { pace: 'real' }],
  [['--browser', 'chromium'], { browser: 'chromium' }],
  [['--browser=virtual'], {}],
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
    [
      ['--reporter', 'xml'],
      '--reporter cannot be "xml". Valid values are pretty, json, junit, tap, github, markdown, html, each with a file',
    ],
    [['--reporter', 'junti=out.xml'], /^--reporter cannot be "junti=out\.xml"\. .* Did you mean junit\?$/],
    [['--reporter', 'junit='], '--reporter cannot be "junit="'],
    [
      ['--reporter', 'pretty', '--reporter', 'json'],
      '--reporter: pretty and json would both be written to standard output. Name a file of its own for each but one',
    ],
    [['--reporter=tap=out', '--reporter=json=out'], '--reporter: tap and json would both be written to out.'],
    [['--grep', ''], '--grep cannot be "". It is a text, or a regular expression between slashes: /log(in|out)/.'],
    [['--grep', '/(/'], '--grep cannot be "/(/"'],
    [['--chapter', 'logn'], /^--chapter cannot be "logn"\. Valid values are cookie, login, .* Did you mean login\?$/],
    ...['0/3', '4/3', '1', '1/', '/3', '-1/3', '1/3/5', '1/1001', 'a/b'].map((shard): [string[], string] => [
      ['--shard', shard],
      `--shard cannot be "${shard}". It is a part and the number of parts, such as 1/3.`,
    ]),
    [['--workers', '0'], '--workers cannot be "0". Valid values are the whole numbers from 1 to 16.'],
    [['--repeat', 'often'], '--repeat cannot be "often". Valid values are the whole numbers from 1 to 1000.'],
    [['--bail', 'session-fixation'], '--bail cannot be "session-fixation".'],
    [['--watch', '--shard', '1/2'], '--watch plays what changes, on one machine. Leave out --shard.'],
    [['--browser', 'firefox'], '--browser cannot be "firefox". Valid values are virtual, chromium.'],
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
