/** The boxes of browsers and people in the picture. */
import { IconFileText, IconWorld } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import type { AskingPage } from '../../../scenarios/engine/askingPages.ts';
import type { CopyElsewhere } from '../../../scenarios/engine/copies.ts';
import type { Delivery } from '../../../scenarios/engine/deliveries.ts';
import type { ActorOutline } from '../../../scenarios/engine/trace.ts';
import type { Browser, WhoIsWho } from '../../../scenarios/engine/whoIsWho.ts';
import { isPosing } from '../../../scenarios/engine/whoIsWhoFacts.ts';
import { deliveryText } from '../../../scenarios/engine/whoIsWhoLines.ts';
import { actorColor, Badge } from '../../ui/Badge.tsx';
import { about } from '../../ui/follow.ts';
import { fitting, widthOf } from '../../ui/textWidth.ts';
import { insideOf, isFlat, narrow, narrowBrowser, narrowPerson, place } from './boxRoom.ts';
import { answerTexts } from './fitting.ts';
import type { Box } from './layout/geometry.ts';
import type { Person } from './layout/picture.ts';

/** Pixels of the badge, the gap beside it, the padding and the border. */
const besideWords = { narrow: 40, wide: 48 };

/** Pixels. Names are in bold letters, which are wider. */
const nameSize = 14;

/** Pixels. Where the box above is nearer, a mark that rides on a box is short, and stands lower: it would cover words. */
const roomForMark = 12;
const markWidth = 28;

const capitalized = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

interface BrowserProps {
  browser: Browser;
  actors: ActorOutline[];
  box: Box;
  /** Pixels to the box above. */
  gap: number;
  /** The index of the step since which the other variant takes it for somebody else; null for the step that is shown; undefined when it does not. */
  differs: number | null | undefined;
}

export function BrowserBox({ browser, actors, box, gap, differs }: BrowserProps) {
  const { actor } = browser;
  const [name = '', more] = actor.label.split(/,\s*/);
  const thing = box.width < narrow ? /’s (.+)$/.exec(name)?.[1] : undefined;
  const beside = box.width < narrowBrowser ? besideWords.narrow : besideWords.wide;
  // A stolen phone is a phone: its badge has the color of the attacker.
  const wholeName = thing ? capitalized(thing) : name;
  const names = [wholeName, capitalized(wholeName.replace(/^.* /, ''))];
  const texts = answerTexts(browser);
  const role = more ?? (actor.role === 'person' ? '' : actor.role);
  const room = box.width - beside;
  const flat = isFlat(box);
  const forMark = differs === undefined ? 0 : markWidth;
  // Nothing rather than half of a word.
  const answerBeside = (words: string) =>
    fitting([...(texts.length > 0 ? texts : [role]), ''], room - (flat ? widthOf(words, nameSize) + 6 + forMark : 0));
  // In one line, what was answered says more than whose device it is, which the badge tells.
  const short = flat && texts.length > 0 ? names.find((words) => answerBeside(words) !== '') : undefined;
  const shownName = short ?? fitting(names, room, nameSize);
  const shown = answerBeside(shownName);
  const isTight = gap < roomForMark;
  return (
    <div
      className="identity-box identity-browser"
      data-posing={isPosing(browser)}
      data-differs={differs === null || undefined}
      {...about(...browser.cookies.map(({ sid }) => sid))}
      data-flat={flat}
      style={place(box)}
    >
      {differs !== undefined && (
        <span
          className="identity-differs"
          data-earlier={differs !== null || undefined}
          data-tight={isTight}
          title={differs === null ? undefined : `In the other app it is somebody else since step ${differs + 1}`}
        >
          ≠{differs !== null && `${isTight ? '' : ' since step'} ${differs + 1}`}
        </span>
      )}
      <Badge actor={actor} actors={actors} />
      <span className="identity-words" title={[actor.label, ...texts.slice(0, 1)].join(': ')}>
        <strong>{shownName}</strong>
        <span className="identity-quiet">{shown}</span>
      </span>
    </div>
  );
}

/** Another site that was sent a cookie. It is no browser: nobody sends the copy until somebody reads it. */
export function CopyBox({ copy: { host, within, cookie }, box }: { copy: CopyElsewhere; box: Box }) {
  const where = { body: 'in a file', address: 'in an address', cookie: 'as a cookie' }[within];
  const texts = [`copy ${where}`, `copy ${where.replace('an address', 'a URL')}`, where];
  return (
    <div
      className="identity-box identity-browser identity-copy"
      data-flat={isFlat(box)}
      style={place(box)}
      title={`A copy of the cookie, ${where} that ${host} was sent`}
      {...about(cookie.sid)}
    >
      <IconFileText size={18} stroke={1.6} aria-hidden="true" />
      <SiteWords host={host} box={box} texts={texts} />
    </div>
  );
}

/** A page of another site that made a browser ask the app for something. */
export function PageBox({ page: { host, what, status, reads }, box }: { page: AskingPage; box: Box }) {
  const answer = status === null ? '' : `, got ${status}`;
  const texts = readingTexts(reads) ?? [`sends ${what}`, what];
  return (
    <div
      className="identity-box identity-browser identity-page"
      data-flat={isFlat(box)}
      style={place(box)}
      title={`A page of ${host} made the browser send ${what}${answer}`}
      {...about()}
    >
      <IconWorld size={18} stroke={1.6} aria-hidden="true" />
      <SiteWords host={host} box={box} texts={texts} tone={reads === null ? undefined : reads ? 'danger' : 'safe'} />
    </div>
  );
}

interface SiteWordsProps {
  host: string;
  box: Box;
  /** What stands below its name, or beside it in a low box, in every length. */
  texts: readonly string[];
  tone?: 'danger' | 'safe' | undefined;
}

/** The name of another site, and what it does. */
function SiteWords({ host, box, texts, tone }: SiteWordsProps) {
  const name = box.width < narrow ? host.replace(/\.example$/, '') : host;
  const room = box.width - besideWords.wide - (isFlat(box) ? widthOf(name, nameSize) + 6 : 0);
  return (
    <span className="identity-words">
      <strong>{name}</strong>
      <span className="identity-quiet" data-tone={tone}>
        {fitting([...texts, ''], room)}
      </span>
    </span>
  );
}

/** What the script of a page learned from the answer, and the same in fewer letters; null where it did not ask to read it. */
function readingTexts(reads: boolean | null): string[] | null {
  if (reads === null) return null;
  return reads ? ['reads the response', 'reads it'] : ['may not read the response', 'may not read it', 'reads nothing'];
}

/** Another site that was sent something other than a session cookie. */
export function DeliveryBox({ delivery: { host, account }, box }: { delivery: Delivery; box: Box }) {
  const texts = account ? ['received'] : ['no session ID, no data', 'no ID, no data', 'no data'];
  return (
    <div
      className="identity-box identity-browser identity-delivery"
      data-flat={isFlat(box)}
      data-known={account !== null}
      style={place(box)}
      title={`${host} ${deliveryText(account)}`}
      {...about()}
    >
      <IconWorld size={18} stroke={1.6} aria-hidden="true" />
      <SiteWords host={host} box={box} texts={texts} />
    </div>
  );
}

/** What another site knows of an account. */
export function DataBox({ text, box }: { text: string; box: Box }) {
  return (
    <div className="identity-box identity-data" style={place(box)} title={text} {...about()}>
      <span>{text}</span>
    </div>
  );
}

/** Pixels. In a narrower box, why nobody is one would be half a word. */
const roomForReason = 94;

interface PersonProps {
  person: Person;
  who: WhoIsWho;
  /** The session IDs whose records name the person. */
  sids: string[];
}

export function PersonBox({ person, who, sids }: PersonProps) {
  const { user, waitsFor, disabled, box } = person;
  const isNew = who.records.some(
    (record) => record.state === 'live' && record.user?.name === user?.name && record.before?.name !== user?.name,
  );
  const style = { ...place(box), '--identity-color': personColor(person, who) } as CSSProperties;
  const words = besideName(person);
  return (
    <div
      className="identity-box identity-person"
      data-nobody={user === null}
      data-disabled={disabled || undefined}
      data-flat={isFlat(box)}
      style={style}
      {...about(...sids)}
    >
      <strong>
        {user
          ? fitting(isNew ? [`+ ${user.name}`, user.name] : [user.name], insideOf(box, narrowPerson), nameSize)
          : waitsFor && box.width >= roomForReason
            ? 'nobody yet'
            : 'nobody'}
      </strong>
      {words !== '' && <span className="identity-quiet">{words}</span>}
    </div>
  );
}

/** The role of a person, or why nobody is one; '' where there is no room for it. */
function besideName({ user, waitsFor, disabled, box }: Person): string {
  if (disabled) return 'disabled';
  if (isFlat(box) && box.width < narrow) return '';
  const room = insideOf(box, narrowPerson);
  if (user) return fitting([user.role, ''], room);
  if (box.width < roomForReason) return '';
  return fitting(waitsFor ? ['password only', 'no code'] : ['not logged in', ''], room);
}

/** A person has the color of the actor of that name. */
export function personColor({ user }: Person, { browsers }: WhoIsWho): string {
  const actors = browsers.map(({ actor }) => actor);
  const own = browsers.find(({ owner }) => owner !== null && owner === user?.name);
  if (!user) return 'var(--faint)';
  return own ? `var(--actor-${actorColor(own.actor, actors)})` : 'var(--ink)';
}
