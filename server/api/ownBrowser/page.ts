import { readFileSync } from 'node:fs';
import type { Response } from 'express';
import type { TraceHeader } from '../../../scenarios/engine/trace.ts';
import { accounts } from '../../lab/deployment/people.ts';
import { escaped, sendPage } from '../plainPage.ts';

const script = readFileSync(new URL('page.js', import.meta.url), 'utf8');

/** Sends the page on which a visitor logs in, fills the basket, opens /me and logs out. */
export function sendStartPage(res: Response, { scenario, variant }: TraceHeader): void {
  sendPage(res, { status: 200, title: heading, main: startPage(scenario.title, variant), script });
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
`;
