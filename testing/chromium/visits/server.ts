/** The server of all hosts of all visits. */
import type { Header } from '../../../scenarios/engine/trace.ts';
import type { Answered } from '../../../server/lab/network/hosts.ts';
import { sharedHosts } from './visits.ts';

interface Plan {
  status?: number;
  headers?: Record<string, string>;
  then?: Plan;
}

export function createVisitServer() {
  const lines = new Map<number, string[]>();
  const asked = new Map<string, number>();
  const answers = new Map<number, number>();

  function answer({ method, url, headers }: { method: string; url: URL; headers: readonly Header[] }): Answered {
    const visit = Number(/-(\d+)\.example$/.exec(url.hostname)?.[1] ?? Number.NaN);
    const sofar = lines.get(visit) ?? [];
    lines.set(visit, sofar);
    sofar.push(lineOf(method, url, headers));
    const count = (answers.get(visit) ?? 0) + 1;
    answers.set(visit, count);
    const countdown = Number(/^\/countdown\/(\d+)/.exec(url.pathname)?.[1] ?? 0);
    if (countdown > 0) return redirectTo(`/countdown/${countdown - 1}`);
    const first: Plan = JSON.parse(url.searchParams.get('plan') ?? '{}');
    const times = (asked.get(method + url.href) ?? 0) + 1;
    asked.set(method + url.href, times);
    const { status = 200, headers: written = {} } = (times > 1 ? first.then : undefined) ?? first;
    return {
      ...{ status, statusText: '', by: 'the server', body: status === 204 || status === 304 ? '' : `answer ${count}` },
      headers: [['Content-Type', 'text/html'], ...Object.entries(written)],
    };
  }

  return {
    answer,
    /** Returns what the hosts of that visit have received since the last time. */
    takeLines: (visit: number): string[] => lines.get(visit)?.splice(0) ?? [],
  };
}

const redirectTo = (location: string): Answered => ({
  ...{ status: 302, statusText: '', by: 'the server', body: '' },
  headers: [['Location', location]],
});

const compared = ['origin', 'referer', 'sec-fetch-site', 'sec-fetch-user', 'cookie'];

function lineOf(method: string, url: URL, headers: readonly Header[]): string {
  const facts = compared.flatMap((name) => {
    const value = headers.find(([other]) => other.toLowerCase() === name)?.[1];
    return value === undefined ? [] : [`${name} ${sharedHosts(value).replace(/\?plan=.*/, '')}`];
  });
  return `${method} ${sharedHosts(url.origin)}${url.pathname}: ${facts.join(', ')}`;
}
