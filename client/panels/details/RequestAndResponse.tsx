import { Fragment } from 'react';
import { eventLine } from '../../../scenarios/engine/eventText.ts';
import type { Header } from '../../../scenarios/engine/trace.ts';
import { jsonLines } from '../../ui/jsonLines.ts';
import { type NamedWord, WithSids } from '../../ui/Sid.tsx';
import { durationText } from '../../ui/timeText.ts';
import type { RequestMoment } from './detailsState.ts';
import { ScrollRegion } from './ScrollRegion.tsx';
import { cookiePieces, wordOfCookie } from './wordsIn.ts';

export const RequestAndResponse = (moment: RequestMoment) => (
  <div className="wires">
    <ScrollRegion name="Request" className="wire mono">
      <Request {...moment} />
    </ScrollRegion>
    <ScrollRegion name="Response" className="wire mono">
      <Response {...moment} />
    </ScrollRegion>
  </div>
);

/** The request as the app received it. For each cookie in the jar it says why the browser sent it or not. */
function Request({ exchange, sids, view }: RequestMoment) {
  const { actor, method, url, headers, forwarded, body, note, cookies } = exchange.request;
  const { pathname, search, origin } = new URL(url);
  const cookieOf = { wordOf: (name: string) => wordOfCookie(actor, name, null, view.header) };
  return (
    <>
      <div className="wire-line wire-first">
        <strong>
          {method} {pathname}
          {search}
        </strong>{' '}
        <span className="mute">
          to {origin}
          {note && `, ${note}`}
        </span>
      </div>
      {headers.map((header, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a header may occur twice, and the order never changes
        <HeaderLine key={index} header={header} sids={sids} {...cookieOf} />
      ))}
      {forwarded.map((header) => (
        <HeaderLine key={header[0]} header={header} sids={sids} {...cookieOf} note="added where TLS ends" />
      ))}
      {cookies.map(({ name, sent, why, sid }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a cookie may occur twice, and the order never changes
        <div key={index} className="wire-line wire-why" data-sent={sent}>
          {sent ? '✓' : '✕'} cookie{' '}
          <WithSids text={name} sids={[]} words={[wordOfCookie(actor, name, sid, view.header)]} />{' '}
          {sent ? 'sent' : 'not sent'}: {why}
        </div>
      ))}
      {body !== null && <pre className="wire-body">{jsonLines(body).join('\n')}</pre>}
    </>
  );
}

const signs = { stored: '+', removed: '−', refused: '✕' };

/** The response as the browser received it, and what the browser did with each cookie. */
function Response({ exchange: { request, response, failure, stream }, sids, view }: RequestMoment) {
  const wordOf = (name: string) => wordOfCookie(request.actor, name, null, view.header);
  if (failure) {
    return (
      <>
        <div className="wire-line wire-first">
          <strong className="wire-failed">No response</strong>{' '}
          <span className="mute">after {durationText(failure.ms)}</span>
        </div>
        <div className="wire-line">{failure.why}</div>
      </>
    );
  }
  if (!response) return <div className="wire-line mute">No response yet.</div>;
  const setCookies = response.headers.filter(([name]) => name.toLowerCase() === 'set-cookie');
  return (
    <>
      <div className="wire-line wire-first">
        <strong>
          {response.status} {response.statusText}
        </strong>{' '}
        <span className="mute">
          by {response.by} after {durationText(response.ms)}
        </span>
      </div>
      {response.headers.map((header, index) => {
        const cookie = response.cookies[setCookies.indexOf(header)];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a header may occur twice, and the order never changes
          <Fragment key={index}>
            <HeaderLine header={header} sids={sids} wordOf={wordOf} />
            {cookie && (
              <div className="wire-line wire-why" data-outcome={cookie.outcome}>
                {signs[cookie.outcome]} {cookie.outcome} by the browser: {cookie.why}
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
      {stream?.messages.map(({ seq, name, data }) => (
        <pre key={seq} className="wire-body">{`event: ${name}\ndata: ${data}`}</pre>
      ))}
      {stream && (
        <div className="wire-line mute">
          {stream.ended ? eventLine(stream.ended, view.header) : 'The response is still open.'}
        </div>
      )}
    </>
  );
}

interface HeaderProps {
  header: Header;
  sids: readonly string[];
  /** Returns what a cookie's name follows. */
  wordOf: (cookie: string) => NamedWord;
  note?: string;
}

function HeaderLine({ header, sids, wordOf, note }: HeaderProps) {
  const [name] = header;
  return (
    <div className="wire-line" data-cookie={/cookie$/i.test(name) || undefined}>
      <span className="wire-name">{name}:</span>{' '}
      {cookiePieces(header, sids).map(({ text, cookie }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one header never change their order
        <WithSids key={index} text={text} sids={sids} words={cookie === null ? [] : [wordOf(cookie)]} />
      ))}
      {note && <span className="wire-note"> {note}</span>}
    </div>
  );
}
