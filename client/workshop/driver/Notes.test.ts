import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Notes } from './Notes.tsx';

const html = (text: string) =>
  renderToStaticMarkup(createElement(Notes, { text })).replace(/^<div class="agenda-notes">|<\/div>$/g, '');

test.each([
  // A list needs no empty line before it.
  ['Say:\n- one\n- *two*', '<p>Say:</p><ul><li><p>one</p></li><li><p><em>two</em></p></li></ul>'],
  ['3. three\n4. **four**', '<ol start="3"><li><p>three</p></li><li><p><strong>four</strong></p></li></ol>'],
  ['- a\n  - b', '<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>'],
  ['#### By hand', '<h3>By hand</h3>'],
  ['Type `GET *`\\\nand wait.', '<p>Type <code>GET *</code><br/>and wait.</p>'],
  ['```sh\ncurl -v\n```', '<pre>curl -v</pre>'],
  ['> They ask\n\n---', '<blockquote><p>They ask</p></blockquote><hr/>'],
  ['[RFC](https://a.example/)', '<p><a href="https://a.example/" target="_blank" rel="noreferrer">RFC</a></p>'],
  ['[one][a]\n\n[a]: https://a.example/', '<p>one</p>'],
  ['![a map](x.png)', '<p>a map</p>'],
])('%j', (text, expected) => expect(html(text)).toBe(expected));

test('neither HTML nor a link can run a script', () => {
  expect(html('<img src=x onerror=alert(1)>\n\n<b>no</b>')).toBe(
    '&lt;img src=x onerror=alert(1)&gt;<p>&lt;b&gt;no&lt;/b&gt;</p>',
  );
  expect(html('[go](javascript:alert(1))')).toBe('<p>go</p>');
});
