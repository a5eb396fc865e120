import type { Exchange } from '../../../scenarios/engine/read.ts';
import { jsonLines } from '../../ui/jsonLines.ts';
import { HeaderLine, Wire } from './Wire.tsx';

interface Props {
  exchange: Exchange;
  sids: readonly string[];
}

/** The request as the app got it, and for each cookie of the jar why it went along or not. */
export function RequestText({ exchange, sids }: Props) {
  const { method, url, headers, forwarded, body, note, cookies } = exchange.request;
  const { pathname, search, origin } = new URL(url);
  return (
    <Wire label="Request">
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
        // biome-ignore lint/suspicious/noArrayIndexKey: a header may come twice, and their order is theirs
        <HeaderLine key={index} header={header} sids={sids} />
      ))}
      {forwarded.map((header) => (
        <HeaderLine key={header[0]} header={header} sids={sids} by="added where TLS ends" />
      ))}
      {cookies.map(({ name, value, sent, why }) => (
        <div key={`${name} ${value} ${why}`} className="wire-line wire-why" data-sent={sent}>
          {sent ? '✓' : '✕'} cookie {name} {sent ? 'sent' : 'not sent'}: {why}
        </div>
      ))}
      {body !== null && <pre className="wire-body">{jsonLines(body).join('\n')}</pre>}
    </Wire>
  );
}
