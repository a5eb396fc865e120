import { Fragment } from 'react';
import type { Exchange } from '../../../scenarios/engine/read.ts';
import { jsonLines } from '../../ui/jsonLines.ts';
import { took } from '../../ui/spans.ts';
import { WithSids } from '../../ui/WithSids.tsx';
import { HeaderLine, Wire } from './Wire.tsx';

interface Props {
  exchange: Exchange;
  sids: readonly string[];
}

const signs = { stored: '+', removed: '−', refused: '✕' };

/** The response as the browser got it, and what the browser did with each cookie. */
export function ResponseText({ exchange, sids }: Props) {
  const { response, failure } = exchange;
  if (failure) {
    return (
      <Wire label="Response">
        <div className="wire-line wire-first">
          <strong className="wire-failed">No response</strong> <span className="mute">after {took(failure.ms)}</span>
        </div>
        <div className="wire-line">{failure.why}</div>
      </Wire>
    );
  }
  if (!response) {
    return (
      <Wire label="Response">
        <div className="wire-line mute">No response yet.</div>
      </Wire>
    );
  }
  const setCookies = response.headers.filter(([name]) => name.toLowerCase() === 'set-cookie');
  return (
    <Wire label="Response">
      <div className="wire-line wire-first">
        <strong data-ok={response.status < 400}>
          {response.status} {response.statusText}
        </strong>{' '}
        <span className="mute">
          by {response.by} after {took(response.ms)}
        </span>
      </div>
      {response.headers.map((header, index) => {
        const outcome = response.cookies[setCookies.indexOf(header)];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a header may come twice, and their order is theirs
          <Fragment key={index}>
            <HeaderLine header={header} sids={sids} />
            {outcome && (
              <div className="wire-line wire-why" data-outcome={outcome.outcome}>
                {signs[outcome.outcome]} {outcome.outcome} by the browser: {outcome.why}
              </div>
            )}
          </Fragment>
        );
      })}
      {response.body !== '' && (
        <pre className="wire-body">
          <WithSids text={jsonLines(response.body).join('\n')} sids={sids} />
        </pre>
      )}
    </Wire>
  );
}
