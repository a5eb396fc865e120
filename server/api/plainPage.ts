/** The pages that the server writes itself: without React, without the API, and without another request. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Response } from 'express';

interface PlainPage {
  status: number;
  /** The heading has the same words. */
  title: string;
  /** HTML. */
  main: string;
  /** JavaScript; none by default. */
  script?: string;
}

const style = readFileSync(new URL('plainPage.css', import.meta.url), 'utf8');

// Style and script are inline, so that every other path of the host may belong to an app.
const sha256 = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = (script: string) =>
  [
    "default-src 'none'",
    `style-src ${sha256(style)}`,
    `script-src ${script === '' ? "'none'" : sha256(script)}`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Sends a page that no other site can frame and no cache keeps. */
export function sendPage(res: Response, { status, title, main, script = '' }: PlainPage): void {
  res
    .status(status)
    .set({
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy(script),
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
${script && `<script>${script}</script>\n`}</html>
`,
    );
}

/** Sends a page with one sentence that says why there is no other page at this address. */
export const sendErrorPage = (res: Response, status: number, title: string, sentence: string): void =>
  sendPage(res, { status, title, main: `<header><h1>${title}</h1><p>${escaped(sentence)}</p></header>` });

/** Text as HTML. */
export const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
