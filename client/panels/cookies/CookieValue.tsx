import { ActionIcon, CopyButton, Popover } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { parseSignedValue } from '../../../scenarios/engine/identity.ts';
import { parseToken } from '../../../scenarios/engine/token.ts';
import type { RecordedCookie } from '../../../scenarios/engine/trace.ts';
import { Sid, sidColor } from '../../ui/Sid.tsx';
import './CookieValue.css';
import { hostOf } from './cookie.ts';

interface Props {
  cookie: RecordedCookie;
  sids: readonly string[];
}

/** A session cookie's ID, the signature of a token, or the start of another value. A click shows the whole value, its parts and its host. */
export function CookieValue({ cookie, sids }: Props) {
  const signed = cookie.sid === null ? null : parseSignedValue(cookie.value);
  const token = parseToken(cookie.value);
  return (
    <Popover width={340} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className="plain cookie-value mono">
          {cookie.sid === null ? (
            <span className="cookie-start">{cookie.value}</span>
          ) : (
            <Sid sid={cookie.sid} sids={sids} />
          )}
          <span className="spoken">, show the whole value</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="whole-value">
          <dl>
            {signed && (
              <>
                <dt>prefix</dt>
                <dd className="mono">{signed.prefix} (signed)</dd>
                <dt>session ID</dt>
                <dd className="mono" style={{ color: sidColor(signed.sid, sids) }}>
                  {signed.sid}
                </dd>
                <dt>signature</dt>
                <dd className="mono">{signed.signature}</dd>
              </>
            )}
            {token && (
              <>
                <dt>token</dt>
                <dd className="mono">{token.header}</dd>
                <dt>says</dt>
                <dd className="mono">{token.claims}</dd>
                <dt>signature</dt>
                <dd className="mono" style={{ color: sidColor(token.signature, sids) }}>
                  {token.signature}
                </dd>
              </>
            )}
            <dt>host</dt>
            <dd>{hostOf(cookie).text}</dd>
          </dl>
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
