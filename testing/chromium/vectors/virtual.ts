/** The vectors in the virtual browser. */
import { decodeUtf8 } from '../../../server/lab/browser/cookies/byteString.ts';
import { createVirtualActor } from '../../virtualActor.ts';
import { createVectorServer } from './server.ts';
import { dated, jarLines, shown, type Vector } from './vectors.ts';

/** Returns what happened in each: what was sent, what a script could read, and the jar at the end, a line each. */
export async function setVirtually(vectors: readonly Vector[]): Promise<string[][]> {
  const done: string[][] = [];
  for (const { sets, asks } of vectors) {
    const server = createVectorServer();
    const { actor, recorder } = createVirtualActor(server.answer);
    let page = '';
    for (const setting of sets) {
      if ('write' in setting) actor.on(page).writeCookie(dated(setting.write));
      else {
        server.plan(setting);
        await actor.visit(setting.at);
        page = new URL(setting.at).origin;
      }
    }
    server.takeLines();
    const lines: string[] = [];
    for (const address of asks) {
      await actor.visit(address);
      const readable = actor.on(new URL(address).origin).readCookies();
      lines.push(...server.takeLines(), `reads ${shown(readable)}`);
    }
    const jar = recorder.trace.events.findLast((event) => event.type === 'jar');
    // The trace counts from its own start.
    const wall = (at: number) => Date.now() + at - jar!.at;
    done.push([
      ...lines,
      ...jarLines(
        (jar?.cookies ?? []).map((cookie) => ({
          ...cookie,
          name: decodeUtf8(cookie.name),
          value: decodeUtf8(cookie.value),
          path: decodeUtf8(cookie.path),
          domain: cookie.hostOnly ? cookie.domain : `.${cookie.domain}`,
          expiresAt: cookie.expiresAt === null ? null : wall(cookie.expiresAt),
        })),
      ),
    ]);
  }
  return done;
}
