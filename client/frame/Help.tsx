import { Kbd, Modal } from '@mantine/core';
import { memo, type ReactNode, useContext } from 'react';
import { usePlayerState } from '../player/usePlayer.ts';
import { keysOf, keysOfFollowing, keysOfPanels } from '../ui/keys.ts';
import { MoreKeysContext } from '../ui/moreKeys.ts';
import { everywhere, type KeyHelp } from '../ui/pageKey.ts';
import './Help.css';

interface Props {
  opened: boolean;
  onClose: () => void;
}

/** The keys of the page, and what each sign on it means. */
export const Help = memo(function Help({ opened, onClose }: Props) {
  const hasApp = usePlayerState((state) => state.hasApp);
  const more = useContext(MoreKeysContext);
  const groups = [more, hasApp ? keysOf : keysWithoutApp, keysOfFollowing, keysOfPanels, everywhere];
  const keys = groups.flatMap((group) => Object.values<KeyHelp>(group));
  return (
    <Modal opened={opened} onClose={onClose} title="Keys and signs" size={940}>
      <div className="help">
        <section>
          <h3>Keys</h3>
          <dl>
            {keys.map(({ keys, does }) => (
              <Entry key={does} term={keys.map((key) => <Kbd key={key}>{key}</Kbd>)}>
                {does}
              </Entry>
            ))}
          </dl>
        </section>
        <section>
          <h3>Signs</h3>
          <dl>
            {signs.map(([sign, means]) => (
              <Entry key={sign} term={<code>{sign}</code>}>
                {means}
              </Entry>
            ))}
          </dl>
        </section>
      </div>
    </Modal>
  );
});

const { copy: _, jump: __, ...keysWithoutApp } = keysOf;

const signs = [
  ['● ◆ ▲', 'A session ID by its first characters. It has the same color and shape everywhere.'],
  ['throttle:…', 'The name of a key or a cookie, like a session ID: a click follows it through the run'],
  ['+  ~  −', 'Added, changed, removed by the step'],
  ['= same ID', 'The response sets the cookie again, with the ID that the request sent'],
  ['+ new ID', 'The response sets a cookie with another ID'],
  ['✕', 'The way ends here: not sent, refused, gone, or no answer'],
  ['≠', 'The vulnerable and the protected app differ here'],
  ['+3 throttle', 'Commands or keys that this scenario is not about. A click shows them.'],
  ['sess:', 'How the names of session records begin; the session ID follows'],
  ['s:', 'How the value of a signed cookie begins; the session ID and the signature follow'],
  ['EX 1800', 'Redis: the key expires in 1,800 seconds'],
  ['XX', 'Redis: only if the key is already there'],
  ['nil', 'Redis: there is no such key'],
  ['¶', 'A line of the app’s audit log'],
  ['@', 'A mail that the app sends'],
  ['>', 'A script runs in the page'],
  ['←', 'The Back button shows a page again, without a request'],
] as const;

function Entry({ term, children }: { term: ReactNode; children: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
