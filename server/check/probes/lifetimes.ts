/** When a session ends by itself. Time really passes, so it is tried only with --wait. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Check, keepCookies, loggedIn, quoted, who } from '../asking.ts';
import type { Play } from '../play.ts';
import { type Probe, victimIn } from './probe.ts';

/** An app may look at its clock in whole seconds, and a store may remove late. Seconds. */
const grace = 2;

/**
 * The session ends when nobody asks. Asking would renew it, so it is asked once, at the end, with a cookie that no browser has
 * dropped.
 */
export const idleTimeout: Probe = {
  slug: 'idle-timeout',
  title: 'Idle timeout',
  question: 'Does a session end that nobody uses?',
  lesson: 'idle-timeout',
  requirements: ['ASVS V7.3.1', 'WSTG-SESS-07'],
  async play(check, play) {
    const seconds = await tryable(check, play, this, 'idle');
    if (seconds === null) return;
    const control = victimIn(check, play, 'alicesPhone');
    const alice = victimIn(check, play);
    await play.step('Alice logs in', 'On two devices: one is asked earlier', async () => {
      for (const device of [control, alice]) keepCookies(check, await loggedIn(check, device));
    });
    const soon = await play.step('Half of the time passes', 'The other device must still be logged in', async () => {
      await wait(check, seconds / 2);
      return who(check, control);
    });
    await play.step('The rest of it passes', 'Nobody has used the first device', async () => {
      await wait(check, seconds / 2 + grace);
      judge(play, this, {
        before: soon,
        after: await who(check, alice),
        name: check.alice.name,
        seconds,
        how: 'without a request',
      });
    });
  },
};

/** The session ends although it is used. */
export const absoluteTimeout: Probe = {
  slug: 'absolute-timeout',
  title: 'Absolute timeout',
  question: 'Does a session end that somebody uses all the time?',
  lesson: 'absolute-timeout',
  requirements: ['ASVS V7.3.2', 'WSTG-SESS-07'],
  async play(check, play) {
    const seconds = await tryable(check, play, this, 'absolute');
    if (seconds === null) return;
    const alice = victimIn(check, play);
    await play.step('Alice logs in', 'She keeps clicking from now on', async () =>
      keepCookies(check, await loggedIn(check, alice)),
    );
    const until = performance.now() + seconds * 1000;
    const apart = Math.min(seconds, check.target.limits?.idle ?? seconds) / 3;
    const before = await play.step('She clicks again and again', 'So that she is never idle', async () => {
      let last: string | null = check.alice.name;
      for (;;) {
        const left = (until - performance.now()) / 1000;
        // What is asked in the last moments decides nothing.
        if (left < apart + grace / 2) return last;
        await wait(check, apart);
        last = await who(check, alice);
        keepCookies(check, alice);
      }
    });
    await play.step('The limit has passed', 'She clicks once more', async () => {
      await wait(check, Math.max(0, (until - performance.now()) / 1000) + grace);
      judge(play, this, { before, after: await who(check, alice), name: check.alice.name, seconds, how: 'in use' });
    });
  },
};

function judge(
  play: Play,
  { slug, title }: Probe,
  seen: { before: string | null; after: string | null; name: string; seconds: number; how: string },
): void {
  const { before, after, name, seconds, how } = seen;
  play.ask('Who is logged in?', after ?? 'nobody', 'nobody', name);
  const about = { id: slug, title };
  if (after === name)
    play.find({
      ...about,
      verdict: 'fails',
      says: `After ${seconds} s and ${grace} s more ${how}, the session goes on.`,
    });
  else if (before === name)
    play.find({
      ...about,
      verdict: 'holds',
      says: `Before its time the session went on; after ${seconds} s ${how} it was over.`,
    });
  else
    play.find({
      ...about,
      verdict: 'not shown',
      says: `The session was over before its time: who() answered ${quoted(before)}.`,
    });
}

async function tryable(
  check: Check,
  play: Play,
  { slug, title }: Probe,
  field: 'idle' | 'absolute',
): Promise<number | null> {
  const seconds = check.target.limits?.[field];
  if (seconds !== undefined && check.wait) return seconds;
  const says =
    seconds === undefined
      ? `The recipe does not name limits.${field}.`
      : `Not tried: it takes ${seconds + grace} s, and needs --wait.`;
  const verdict = seconds === undefined ? 'not applicable' : 'not shown';
  await play.step('Nothing to try', says, async () => play.find({ id: slug, title, verdict, says }));
  return null;
}

const wait = (check: Check, seconds: number) => sleep(seconds * 1000, undefined, { signal: check.signal });
