/**
 * A self-signed certificate for the proxy to which Chromium maps every host name. Node makes keys and signatures, but no
 * certificates, and a library for them takes longer to load than Chromium to start.
 */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface Certificate {
  /** PEM. */
  readonly key: string;
  /** PEM. */
  readonly cert: string;
  /** SHA-256 of its public key in base64, for Chromium's --ignore-certificate-errors-spki-list. */
  readonly fingerprint: string;
}

/** Makes a certificate without host names (RFC 5280 section 4.1), valid for a day. Chromium trusts its key for every host name. */
export function makeCertificate(): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const algorithm = sequence(ecdsaWithSha256);
  const name = sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from('session-sandbox')))));
  // Valid since yesterday, for machines whose clock is a little slow.
  const validity = sequence(...[Date.now() - dayMs, Date.now() + dayMs].map(utcTime));
  const toBeSigned = sequence(serialNumber(), algorithm, name, validity, name, spki);
  const signature = sign('sha256', toBeSigned, privateKey);
  const certificate = sequence(toBeSigned, algorithm, der(0x03, Buffer.of(0), signature));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem(certificate),
    fingerprint: createHash('sha256').update(spki).digest('base64'),
  };
}

const dayMs = 24 * 60 * 60 * 1000;

/** Object identifiers in DER: 1.2.840.10045.4.3.2 and 2.5.4.3. */
const ecdsaWithSha256 = Buffer.from('06082a8648ce3d040302', 'hex');
const commonName = Buffer.from('0603550403', 'hex');

/** A value in DER (X.690 section 8.1): its tag, its length, and its content. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const long = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...(length < 0x80 ? [length] : long)]), content]);
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);

/** A positive integer without a leading zero byte. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return der(0x02, bytes);
}

/** "261129173200Z": two digits of the year are enough until 2049. */
function utcTime(at: number): Buffer {
  const digits = new Date(at).toISOString().replace(/\D/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g)!;
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
