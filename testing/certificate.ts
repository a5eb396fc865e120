/** For tests: a certificate that signs itself. A library makes it: Node cannot, and openssl is not on every machine. */
import { createHash, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { generate } from 'selfsigned';

export interface TestCertificate {
  /** PEM. */
  readonly key: string;
  /** PEM. */
  readonly cert: string;
  /** SHA-256 of its public key in base64, by which a browser can be told to trust it. */
  readonly fingerprint: string;
}

/** Makes one for these host names and IP addresses, valid for a day. */
export async function makeTestCertificate(names: readonly [string, ...string[]]): Promise<TestCertificate> {
  const altNames = names.map((name) =>
    isIP(name) ? { type: 7 as const, ip: name } : { type: 2 as const, value: name },
  );
  const made = await generate([{ name: 'commonName', value: names[0] }], {
    keyType: 'ec',
    algorithm: 'sha256',
    // A day before, too: a machine whose clock is a little behind shall trust it.
    notBeforeDate: new Date(Date.now() - dayMs),
    notAfterDate: new Date(Date.now() + dayMs),
    extensions: [{ name: 'subjectAltName', altNames }],
  });
  const publicKey = new X509Certificate(made.cert).publicKey.export({ type: 'spki', format: 'der' });
  return { key: made.private, cert: made.cert, fingerprint: createHash('sha256').update(publicKey).digest('base64') };
}

const dayMs = 24 * 60 * 60 * 1000;
