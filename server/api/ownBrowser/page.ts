import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Response } from 'express';
import type { TraceHeader } from '../../../scenarios/engine/trace.ts';
import { accounts } from '../../lab/deployment/people.ts';

const textOf = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');
const style = textOf('page.css');
const script = textOf('page.js');

// Style and script are part of the page, so that every path of this host is the app's.
const sha256 = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = [
  "default-src 'none'",
  `style-src ${sha256(style)}`,
  `script-src ${sha256(script)}`,
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Sends the page of the learner's own browser: to log in, fill the basket, see /me and log out. */
export function sendPage(res: Response, { scenario, variant }: TraceHeader): void {
  send(res, 200, 'You, at the shop', visit(scenario.title, variant));
}

/** Sends a page with one sentence, for a request that the app cannot answer. */
export function sendSentence(res: Response, status: number, sentence: string): void {
  send(
    res,
    status,
    'The shop does not answer',
    `<header><h1>The shop does not answer</h1><p>${escaped(sentence)}</p></header>`,
  );
}

function send(res: Response, status: number, title: string, main: string): void {
  res
    .status(status)
    .set({
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'same-origin',
    })
    .send(
      `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Session Sandbox</title>
<link rel="icon" href="data:,">
<style>${style}</style>
<main>${main}</main>
</html>
`,
    );
}

const account = ({ email, password }: (typeof accounts)[number]) => `
      <li><button type="button" data-email="${email}" data-password="${password}"><code>${email}</code> <code class="mute">${password}</code></button></li>`;

const visit = (title: string, variant: string) => `
  <header>
    <h1>You, at the shop</h1>
    <p>You are one more actor of “${escaped(title)}”, at the ${variant} app. What this page sends goes to the same app as everybody’s
    requests and stands in the trace: keep the Session Sandbox open beside it.</p>
    <noscript><p>The app takes JSON only, which needs a script: allow JavaScript for this page.</p></noscript>
  </header>

  <div class="columns"><div class="column">
  <section aria-labelledby="account">
    <h2 id="account">Your account</h2>
    <p id="who" role="status">Asking the app …</p>
    <div class="row">
      <button type="button" id="me">See /me</button>
      <button type="button" id="logout">Log out</button>
    </div>
  </section>

  <section aria-labelledby="login-head">
    <h2 id="login-head">Log in</h2>
    <p class="mute">There are three accounts; pick one to fill it in.</p>
    <ul class="accounts">${accounts.map(account).join('')}
    </ul>
    <form class="row" id="login">
      <label>E-mail <input id="email" autocomplete="off" spellcheck="false" value="${accounts[0]?.email}"></label>
      <label>Password <input id="password" autocomplete="off" spellcheck="false" value="${accounts[0]?.password}"></label>
      <button type="submit" class="primary">Log in</button>
    </form>
  </section>

  <section aria-labelledby="basket-head">
    <h2 id="basket-head">Basket</h2>
    <form class="row" id="add">
      <label>Thing <input id="item" autocomplete="off" maxlength="80" value="a hat"></label>
      <button type="submit">Put it in</button>
      <button type="button" id="basket">Show basket</button>
    </form>
  </section>

  </div><div class="column">
  <section aria-labelledby="answer">
    <h2 id="answer">What the app answered</h2>
    <p><code id="asked"></code> <code id="status"></code></p>
    <pre id="body"></pre>
    <p class="mute">What a script of this page can read in <code>document.cookie</code>: <code id="readable">nothing</code>.</p>
  </section>

  <section aria-labelledby="compare">
    <h2 id="compare">Compare with your browser’s own tools</h2>
    <p>Open the developer tools (F12; on a Mac ⌥⌘I) on this page:</p>
    <dl>
      <div><dt>Network</dt><dd>Each request with the Cookie it carried and the Set-Cookie it got, as in the trace.</dd></div>
      <div><dt>Application, or Storage: Cookies</dt><dd>Your jar, which the Session Sandbox cannot see: it only knows what was set and what
      came back. Change or delete a cookie there, press See /me, and see whether you are still logged in.</dd></div>
    </dl>
    <p class="mute">This address is http. Your browser accepts a Secure cookie here nevertheless, because requests to this host never leave
    the machine. The app is told that the connection is https.</p>
  </section>
  </div></div>
<script>${script}</script>
`;

const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
