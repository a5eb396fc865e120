/** The server of all hosts of the vectors: it sends the cookies that come next, and writes down the ones it receives. */
import type { Header } from '../../../scenarios/engine/trace.ts';
import type { Answered } from '../../../server/lab/network/hosts.ts';
import { dated, type Setting, shown } from './vectors.ts';

export function createVectorServer() {
  let next: Extract<Setting, { at: string }> | null = null;
  const lines: string[] = [];
  return {
    /** The next response has these cookies. */
    plan(setting: Extract<Setting, { at: string }> | null): void {
      next = setting;
    },
    answer({ method, url, headers }: { method: string; url: URL; headers: readonly Header[] }): Answered {
      const cookie = headers.find(([name]) => name.toLowerCase() === 'cookie')?.[1];
      // What Chromium asks its maker.
      if (method !== 'GET') throw new Error(`Nobody asks ${url.href}.`);
      lines.push(`${method} ${url.href}: ${cookie === undefined ? 'no Cookie' : `Cookie ${shown(cookie)}`}`);
      const { cookies = [], status = 200, clock } = next ?? {};
      next = null;
      return {
        ...{ status, statusText: '', by: 'the server', body: '<!doctype html>' },
        headers: [
          ['Content-Type', 'text/html'],
          ['Cache-Control', 'no-store'],
          ['Date', clock === undefined ? 'unknown' : new Date(Date.now() + clock * 60_000).toUTCString()],
          ...cookies.map((header): Header => ['Set-Cookie', dated(header)]),
        ],
      };
    },
    /** Returns what was received since the last time. */
    takeLines: (): string[] => lines.splice(0),
  };
}
