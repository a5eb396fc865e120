import { ActionIcon, CopyButton, Popover } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { parseSignedValue } from '../../../scenarios/engine/identity.ts';
import type { RecordedCookie } from '../../../scenarios/engine/trace.ts';
import { Sid, sidColor } from '../../ui/Sid.tsx';

interface Props {
  cookie: RecordedCookie;
  sids: readonly string[];
}

const maxLength = 16;

/** A cookie's value, shortened. The three parts of a signed value look different. A click shows the whole value to copy. */
export function CookieValue({ cookie, sids }: Props) {
  const signed = cookie.sid === null ? null : parseSignedValue(cookie.value);
  return (
    <Popover width={340} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className="plain cookie-value mono">
          {signed ? (
            <>
              <span className="mute">{signed.prefix}</span>
              <Sid sid={signed.sid} sids={sids} />
              <span className="mute">.{signed.signature.slice(0, 4)}…</span>
            </>
          ) : cookie.value.length > maxLength ? (
            `${cookie.value.slice(0, maxLength)}…`
          ) : (
            cookie.value
          )}
          <span className="spoken">, show the whole value</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="whole-value">
          {signed && (
            <dl>
              <dt>prefix</dt>
              <dd className="mono">{signed.prefix} (signed)</dd>
              <dt>session id</dt>
              <dd className="mono" style={{ color: sidColor(signed.sid, sids) }}>
                {signed.sid}
              </dd>
              <dt>signature</dt>
              <dd className="mono">{signed.signature}</dd>
            </dl>
          )}
          <div className="whole-value-raw">
            <code>{cookie.value}</code>
            <CopyButton value={cookie.value}>
              {({ copied, copy }) => (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={copied ? 'Copied' : 'Copy the value'}
                  onClick={copy}
                >
                  {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
                </ActionIcon>
              )}
            </CopyButton>
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
