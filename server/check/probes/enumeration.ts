/** Whether the app tells which accounts exist: by what it answers to a wrong password, or by how long it takes. */
import { type Check, isOurs, type LoginAnswer, logIn, loginAnswer } from '../asking.ts';
import { madeUpLike } from '../madeUp.ts';
import type { Play } from '../play.ts';
import type { Person } from '../target.ts';
import { randomWord } from '../words.ts';
import { compareAnswers } from './answers.ts';
import type { Probe } from './probe.ts';
import { compareTimes } from './times.ts';

/** Made-up names on each side of the one wrong password. Together they decide how often chance alone looks like a difference. */
const before = 10;
const after = 9;

export const enumeration: Probe = {
  slug: 'enumeration-answer',
  title: 'User enumeration by answer',
  question: 'Does the answer to a wrong password tell whether there is such an account?',
  lesson: 'user-enumeration-by-message',
  requirements: ['ASVS V6.3.8', 'WSTG-IDNT-04'],
  async play(check, play) {
    const unknown: LoginAnswer[] = [];
    await play.step('Names that nobody has', 'With a wrong password each', async () => {
      for (let tried = 0; tried < before; tried++) unknown.push(await attempt(check, play, madeUp(check.alice)));
    });
    const wrong = await play.step('Mallory’s name with a wrong password', 'Once: more could lock her account', () =>
      attempt(check, play, check.mallory),
    );
    await play.step(
      'More names that nobody has',
      'Before and after, in case the app gets slower or faster',
      async () => {
        for (let tried = 0; tried < after; tried++) unknown.push(await attempt(check, play, madeUp(check.alice)));
        const answer = compareAnswers([check.wrongPassword, wrong], unknown);
        play.find({ id: this.slug, title: this.title, ...answer });
        const time = compareTimes(
          [check.wrongPassword.ms, wrong.ms],
          unknown.map(({ ms }) => ms),
        );
        play.find({
          id: 'enumeration-time',
          title: 'User enumeration by time',
          lesson: 'user-enumeration-by-timing',
          ...(answer.verdict === 'not shown' ? answer : time),
        });
      },
    );
  },
};

async function attempt(check: Check, play: Play, person: Person): Promise<LoginAnswer> {
  const visitor = play.visitor(person, 'mallory', 'attacker');
  await logIn(check, visitor, { ...person, password: `wrong-${randomWord()}` }).catch((error) => {
    if (isOurs(error)) throw error;
  });
  return loginAnswer(visitor.tab, person);
}

/** A person whom no app knows, with names as long as those of somebody it knows. Of an address only the part before the @ changes. */
function madeUp(person: Person): Person {
  return Object.fromEntries(
    Object.entries(person).map(([field, text]) => {
      const [local = '', ...domain] = text.split('@');
      return [field, [madeUpLike(local.length < 5 ? `${local}qjxzv` : local), ...domain].join('@')];
    }),
  ) as Person;
}
