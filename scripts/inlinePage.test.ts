import { expect, test } from 'vitest';
import { inlinePage } from './inlinePage.ts';

const page = `<head><link rel="icon" href="/icon.svg" type="image/svg+xml" />
<script type="module" crossorigin src="/assets/a.js"></script>
<link rel="stylesheet" crossorigin href="/assets/a.css"></head><!-- report -->`;
const files = [
  { fileName: 'assets/a.js', text: 'const end = "</script><!--$&";' },
  { fileName: 'assets/a.css', text: 'a { color: red }' },
];

test('scripts, style sheets and the icon stand in the page, and no string ends its script', () => {
  expect(
    inlinePage(page, files, '<svg/>'),
  ).toBe(`<head><link rel="icon" href="data:image/svg+xml,%3Csvg%2F%3E" type="image/svg+xml" />
<script type="module">const end = "\\x3C/script>\\x3C!--$&";</script>
<style>a { color: red }</style></head><!-- report -->`);
});

test('a page that would still load something is refused', () => {
  expect(() => inlinePage(page, files.slice(1), '')).toThrow('The page loads /assets/a.js, which is not in its build.');
});
