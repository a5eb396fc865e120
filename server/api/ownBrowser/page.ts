import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Response } from 'express';
import type { TraceHeader } from '../../../scenarios/engine/trace.ts';
import { accounts } from '../../lab/deployment/people.ts';

const textOf = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');
const style = textOf('page.css');
const script = textOf('page.js');

// Style and script are inline, so that every path of this host belongs to the app.
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

/** Sends the page on which a visitor logs in, fills the basket, opens /me and logs out. */
export function sendStartPage(res: Response, { scenario, variant }: TraceHeader): void {
  send(res, 200, heading, startPage(scenario.title, variant));
}

/** Sends a page with one sentence that says why there is no other page at this address. */
export function sendErrorPage(res: Response, status: number, title: string, sentence: string): void {
  send(res, status, title, `<header><h1>${title}</h1><p>${escaped(sentence)}</p></header>`);
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

const heading = 'The shop in your own browser';

const startPage = (title: string, variant: string) => `
  <header>
    <h1>${heading}</h1>
    <p>You are now an actor of “${escaped(title)}” and use the ${variant} app. This page sends its requests to the same app as the
    other actors, and the trace records them. Keep Session Sandbox open beside this page.</p>
    <noscript><p>The app accepts only JSON, which a page can only send by script. Allow JavaScript for this page.</p></noscript>
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
    <p class="mute">Choose an account to fill in the form.</p>
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
      <label>Item <input id="item" autocomplete="off" maxlength="80" value="a hat"></label>
      <button type="submit">Add to basket</button>
      <button type="button" id="basket">Show basket</button>
    </form>
  </section>

  </div><div class="column">
  <section aria-labelledby="answer">
    <h2 id="answer">The app’s response</h2>
    <p><code id="asked"></code> <code id="status"></code></p>
    <pre id="body"></pre>
    <p class="mute">Scripts on this page can read in <code>document.cookie</code>: <code id="readable">nothing</code>.</p>
  </section>

  <section aria-labelledby="compare">
    <h2 id="compare">Compare with your browser’s developer tools</h2>
    <p>Open them on this page (F12; on a Mac ⌥⌘I):</p>
    <dl>
      <div><dt>Network</dt><dd>Each request with its Cookie and Set-Cookie headers, as in the trace.</dd></div>
      <div><dt>Application, or Storage: Cookies</dt><dd>Your cookie jar, which Session Sandbox cannot see. It knows only which
      cookies the app has set and which ones your browser has sent back. Change or delete a cookie there, press See /me, and see
      whether you are still logged in.</dd></div>
    </dl>
    <p class="mute">This address is http. Your browser accepts a Secure cookie here anyway, because the connection never leaves
    this machine. For the same reason the reverse proxy reports https to the app.</p>
  </section>
  </div></div>
<script>${script}</script>
`;

const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
