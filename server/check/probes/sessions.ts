/** What the owner of an account sees and ends of its sessions. Each part is tried only if the recipe names it. */
import { isNoAnswer, isOurs, loggedIn, logIn, quoted, run, sessionOf, who } from '../asking.ts';
import { RecipeWrong } from '../errors.ts';
import type { Play } from '../play.ts';
import { logOut } from '../preflight.ts';
import { type Probe, victimIn } from './probe.ts';

/** What a logout on one device does to another one. */
export const secondDevice: Probe = {
  slug: 'second-device',
  title: 'Two devices',
  question: 'Is each device logged in on its own?',
  lesson: 'forced-logout-one-device',
  requirements: ['WSTG-SESS-06', 'WSTG-SESS-11'],
  async play(check, play) {
    const laptop = victimIn(check, play);
    const phone = victimIn(check, play, 'alicesPhone');
    await play.step('Alice logs in on two devices', 'Each gets a session', async () => {
      await loggedIn(check, laptop);
      await loggedIn(check, phone);
    });
    await play.step('The first one logs out', 'Who is logged in on the other one?', async () => {
      const ids = [laptop, phone].map(
        (one) => sessionOf(check, one).find(({ name }) => name === check.session.main)?.value,
      );
      const still = await who(check, laptop);
      await logOut(check, laptop, check.session);
      const other = await who(check, phone);
      const about = { id: this.slug, title: this.title };
      if (still === null) {
        play.find({
          ...about,
          verdict: 'holds',
          says: 'The second login ended the first one: an account has one session.',
        });
        return;
      }
      play.find({
        ...about,
        ...(ids[0] === ids[1]
          ? {
              verdict: 'not shown',
              says: `Both devices have the same ${check.session.main}: the app cannot tell their sessions apart, and who() answers ${quoted(other)} on the other one.`,
            }
          : {
              verdict: 'holds',
              says: `Each has a session of its own. After the logout of the one, who() answers ${quoted(other)} on the other one.`,
            }),
      });
    });
  },
};

export const listing: Probe = {
  slug: 'sessions-list',
  title: 'Sessions are listed',
  question: 'Does the account show where it is logged in?',
  lesson: 'session-listing',
  requirements: ['ASVS V7.5.2', 'WSTG-SESS-11'],
  async play(check, play) {
    const { list } = check.target.sessions ?? {};
    const about = { id: this.slug, title: this.title };
    if (!list) return notNamed(play, about, 'sessions.list');
    const laptop = victimIn(check, play);
    const phone = victimIn(check, play, 'alicesPhone');
    const count = async () => {
      const listed = await run('sessions.list', phone, () => list(phone.browser));
      if (typeof listed === 'number') return listed;
      if (Array.isArray(listed)) return listed.length;
      throw new RecipeWrong('sessions.list must return a list with one entry for each session, or their number.');
    };
    await play.step('Alice logs in on her phone', 'One session more', () => loggedIn(check, phone));
    const one = await play.step('What is listed?', 'Before the second device', count);
    await play.step('Alice logs in on her laptop', 'One session more', () => loggedIn(check, laptop));
    if ((await who(check, phone)) === null) return oneSessionOnly(play, about);
    const [two, leaked] = await play.step('What is listed now?', 'The new session must be there', async () => {
      const now = await count();
      const values = sessionOf(check, laptop).map(({ value }) => value);
      return [now, values.some((value) => phone.tab.sent.at(-1)!.response.text.includes(value))] as const;
    });
    await play.step('The laptop logs out', 'Its session must be gone', async () => {
      await logOut(check, laptop, check.session);
      const left = await count();
      play.find({
        ...about,
        ...(leaked
          ? {
              verdict: 'fails',
              says: 'The list has the session id of the other device: anybody who reads it is logged in there.',
            }
          : two > one && left < two
            ? { verdict: 'holds', says: `${one}, then ${two} with the second device, and ${left} after its logout.` }
            : {
                verdict: 'fails',
                says: `${one} were listed, ${two} with a second device, and ${left} after its logout.`,
              }),
      });
    });
  },
};

export const endOthers: Probe = ending('endOthers', 'sessions-end-others', 'Log out all other devices', true);
export const endAll: Probe = ending('endAll', 'sessions-end-all', 'Log out everywhere', false);

function ending(field: 'endOthers' | 'endAll', slug: string, title: string, keepsOwn: boolean): Probe {
  return {
    slug,
    title,
    question: 'Is the other device really logged out?',
    lesson: 'logout-everywhere',
    requirements: ['ASVS V7.5.2', 'WSTG-SESS-06'],
    async play(check, play) {
      const end = check.target.sessions?.[field];
      const about = { id: slug, title };
      if (!end) return notNamed(play, about, `sessions.${field}`);
      const laptop = victimIn(check, play);
      const phone = victimIn(check, play, 'alicesPhone');
      await play.step('Alice logs in on two devices', 'Each gets a session', async () => {
        await loggedIn(check, laptop);
        await loggedIn(check, phone);
      });
      if ((await who(check, laptop)) === null) return oneSessionOnly(play, about);
      await play.step(title, 'Asked on the laptop', () => run(`sessions.${field}`, laptop, () => end(laptop.browser)));
      await play.step('Who is logged in?', 'On the phone, and on the laptop', async () => {
        const own = await who(check, laptop);
        const other = await who(check, phone);
        const refused = laptop.tab.sent.find(
          ({ request, response }) => request.method !== 'GET' && response.status >= 400,
        );
        if (other !== null && refused) {
          throw new RecipeWrong(
            `sessions.${field}: ${refused.request.method} ${refused.request.url.pathname} answered ${refused.response.status}.`,
          );
        }
        play.ask('Who is logged in on the phone?', other ?? 'nobody', 'nobody', check.alice.name);
        const right = other === null && (own === null) === !keepsOwn;
        play.find({
          ...about,
          verdict: right ? 'holds' : other === null && keepsOwn ? 'not shown' : 'fails',
          says: `Afterwards who() answers ${quoted(other)} on the phone, and ${quoted(own)} on the laptop.`,
        });
      });
    },
  };
}

export const sessionLimit: Probe = {
  slug: 'sessions-limit',
  title: 'The limit of sessions',
  question: 'Is one login more than allowed refused, or does it end another one?',
  lesson: 'concurrent-session-limit',
  requirements: ['WSTG-SESS-11'],
  async play(check, play) {
    const limit = check.target.limits?.sessions;
    const about = { id: this.slug, title: this.title };
    if (limit === undefined) return notNamed(play, about, 'limits.sessions');
    const devices = await play.step(`Alice logs in on ${limit + 1} devices`, `${limit} are allowed`, async () => {
      const devices = [];
      for (let device = 0; device <= limit; device++) {
        const one = victimIn(check, play, device === 0 ? 'alice' : 'alicesPhone');
        devices.push(one);
        // The app may refuse the last one.
        await logIn(check, one).catch((error) => {
          if (isOurs(error)) throw error;
        });
      }
      return devices;
    });
    const throttled = devices.some(({ tab }) => tab.sent.some(({ response }) => isNoAnswer(response.status)));
    await play.step('Who is still logged in?', 'On each device', async () => {
      let alive = 0;
      for (const device of devices) if ((await who(check, device)) === check.alice.name) alive += 1;
      play.ask('Is the limit kept?', alive <= limit, true, false);
      const undecided = alive === 0 || throttled;
      play.find({
        ...about,
        verdict: alive > limit ? 'fails' : undecided ? 'not shown' : 'holds',
        says: `Of ${limit + 1} devices, ${alive} are logged in; the recipe says that ${limit} may be.${alive <= limit && throttled ? ' A throttle of logins did that, and no limit of sessions.' : ''}`,
      });
    });
  },
};

async function oneSessionOnly(play: Play, about: Notes): Promise<void> {
  const says = 'The second login ended the first one: an account has one session.';
  await play.step('There is no second session', says, async () =>
    play.find({ ...about, verdict: 'not applicable', says }),
  );
}

type Notes = { id: string; title: string };
async function notNamed(play: Play, about: Notes, field: string): Promise<void> {
  const says = `The recipe does not name ${field}.`;
  await play.step('Nothing to try', says, async () => play.find({ ...about, verdict: 'not applicable', says }));
}
