/** For tests: a self-signed certificate. A library makes it, because Node cannot and openssl is not on every machine. */
import { createHash, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { generate } from 'selfsigned';

export interface TestCertificate {
  /** PEM. */
  readonly key: string;
  /** PEM. */
  readonly cert: string;
  /** SHA-256 of its public key in base64, for Chromium's --ignore-certificate-errors-spki-list. */
  readonly fingerprint: string;
}

/** Makes a certificate for these host names and IP addresses, valid for a day. */
export async function makeTestCertificate(names: readonly [string, ...string[]]): Promise<TestCertificate> {
  const altNames = names.map((name) =>
    isIP(name) ? { type: 7 as const, ip: name } : { type: 2 as const, value: name },
  );
  const generated = await generate([{ name: 'commonName', value: names[0] }], {
    keyType: 'ec',
    algorithm: 'sha256',
    // Valid since yesterday, for machines whose clock is a little slow.
    notBeforeDate: new Date(Date.now() - dayMs),
    notAfterDate: new Date(Date.now() + dayMs),
    extensions: [{ name: 'subjectAltName', altNames }],
  });
  const publicKey = new X509Certificate(generated.cert).publicKey.export({ type: 'spki', format: 'der' });
  const fingerprint = createHash('sha256').update(publicKey).digest('base64');
  return { key: generated.private, cert: generated.cert, fingerprint };
}

const dayMs = 24 * 60 * 60 * 1000;
