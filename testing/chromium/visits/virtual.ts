/** The visits in the virtual browser. */
import type { LastResponse } from '../../../scenarios/engine/cast.ts';
import type { Trace } from '../../../scenarios/engine/trace.ts';
import type { LabActor } from '../../../server/lab/browser/actor.ts';
import { createVirtualActor } from '../../virtualActor.ts';
import { createVisitServer } from './server.ts';
import { type Act, cookieLine, urlOf, type Visit } from './visits.ts';

/** Makes every visit. Returns what happened, a line for each request and for what was shown. */
export async function visitVirtually(visits: readonly Visit[]): Promise<string[][]> {
  const server = createVisitServer();
  const done: string[][] = [];
  for (const [index, { acts }] of visits.entries()) {
    const { actor, recorder } = createVirtualActor(server.answer);
    const lines: string[] = [];
    let page = '';
    for (const act of acts) {
      const shown = await perform(actor, page, act, index).catch(() => null);
      if (!['fetch', 'image', 'write', 'wait'].includes(act.do)) page = originIn(recorder.trace);
      lines.push(...server.takeLines(index), `${act.do}: ${shown ?? 'nothing'}`);
    }
    const jar = recorder.trace.events.findLast((event) => event.type === 'jar');
    done.push([...lines, cookieLine(jar?.cookies ?? [])]);
  }
  return done;
}

/** The origin of the page that was requested last, or shown again. */
function originIn({ events }: Trace): string {
  const open = events.findLast((event) => event.type === 'request' || event.type === 'page-shown');
  return open ? new URL(open.url).origin : '';
}

/** Returns the text that is shown; null for none. */
async function perform(actor: LabActor, origin: string, act: Act, visit: number): Promise<string | null> {
  if (act.do === 'wait') {
    actor.age(121_000);
    return 'done';
  }
  if (act.do === 'back') return shownOf(await actor.back());
  if (act.do === 'write') {
    actor.on(origin).writeCookie(act.cookie);
    return 'done';
  }
  const url = urlOf(act.to, visit);
  if (act.do === 'visit') return shownOf(await actor.visit(url));
  const page = actor.on(origin);
  if (act.do === 'link') return shownOf(await page.link(url));
  if (act.do === 'form') return shownOf(await page.form(url, {}));
  if (act.do === 'image') return page.image(url).then(() => 'an image');
  const { method = 'GET', headers = {}, credentials = 'include' } = act;
  return shownOf(await page.send(method, url, undefined, { headers, credentials }));
}

/** A file that is saved is not shown. */
const shownOf = ({ status, text, headers }: LastResponse) =>
  status === 0 || status === 204 || /^(?!inline)./.test(headers['content-disposition'] ?? '') ? null : text;
