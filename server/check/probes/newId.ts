import { loggedIn, sessionOf } from '../asking.ts';
import { anonymousCookies } from './fixation.ts';
import { type Probe, victimIn } from './probe.ts';

/** Whether a login makes a new id. */
export const newId: Probe = {
  slug: 'login-new-id',
  title: 'A new id at login',
  question: 'Is the id after the login another one than before?',
  lesson: 'regenerate-at-login',
  requirements: ['ASVS V7.2.4', 'WSTG-SESS-03'],
  async play(check, play) {
    const alice = victimIn(check, play);
    const idOf = () => sessionOf(check, alice).find(({ name }) => name === check.session.main)?.value;
    const before = await play.step('Alice comes', 'She is not logged in', async () => {
      await anonymousCookies(check, alice);
      return idOf();
    });
    await play.step('Alice logs in', 'In the same browser', async () => {
      await loggedIn(check, alice);
      const after = idOf();
      const about = { id: this.slug, title: this.title };
      if (before === undefined) {
        play.find({
          ...about,
          verdict: 'not applicable',
          says: `The app sets ${check.session.main} only at the login.`,
        });
        return;
      }
      play.ask('Is it another id?', after !== before, true, false);
      play.find({
        ...about,
        ...(after === before
          ? {
              verdict: 'fails',
              says: `${check.session.main} has the same value before and after the login: anybody who knew it is logged in, too.`,
            }
          : { verdict: 'holds', says: `${check.session.main} has another value after the login.` }),
      });
    });
  },
};
