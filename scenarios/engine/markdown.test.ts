import { describe, expect, test } from 'vitest';
import { type Inline, markdown, printable } from './markdown.ts';

const paragraph = (...text: Inline[]) => markdown([{ type: 'paragraph', text }]).trimEnd();

test('blank lines separate blocks, and nested items are indented', () => {
  const item = (text: string, ...items: ReturnType<typeof leaf>[]) => ({ text: [text], items });
  const leaf = (text: string) => ({ text: [text], items: [] });
  expect(
    markdown([
      { type: 'heading', level: 1, text: 'A lesson' },
      { type: 'list', items: [item('one', leaf('below')), item('two')] },
      { type: 'code', text: 'let a = `b`;' },
    ]),
  ).toBe('# A lesson\n\n- one\n  - below\n- two\n\n```\nlet a = `b`;\n```\n');
});

describe('text is escaped:', () => {
  test.each([
    ['a *b* _c_ <img src=x> [d](e) # f', 'a \\*b\\* \\_c\\_ \\<img src=x\\> \\[d\\](e) \\# f'],
    ['1. not a list', '1\\. not a list'],
    ['- nor this', '\\- nor this'],
    ['two\n\nlines', 'two lines'],
    ['code in `req.session` stays', 'code in `req.session` stays'],
    ['one ` alone', 'one \\` alone'],
  ])('%j', (text, written) => {
    expect(paragraph(text)).toBe(written);
  });
});

describe('code is kept as it is:', () => {
  test.each([
    ['GET /', '`GET /`'],
    ['a `b` c', '``a `b` c``'],
    ['`edge', '`` `edge ``'],
    ['two\nlines', '`two\\nlines`'],
    ['\u001b[2J', '`\\u001b[2J`'],
    ['', '(nothing)'],
  ])('%j', (code, written) => {
    expect(paragraph({ code })).toBe(written);
  });

  test('in a block, whatever fences it contains', () => {
    expect(markdown([{ type: 'code', text: '```\nx\n```' }])).toBe('````\n```\nx\n```\n````\n');
  });
});

test.each([
  ['plain', 'plain'],
  ['Alice’s phone', 'Alice’s phone'],
  ['two\nlines', 'two\\nlines'],
  ['\u001b[31mred', '\\u001b[31mred'],
  ['\u009b31m', '\\u009b31m'],
  ['left\u202eright', 'left\\u202eright'],
])('%j is printed as %j', (text, printed) => {
  expect(printable(text)).toBe(printed);
});
