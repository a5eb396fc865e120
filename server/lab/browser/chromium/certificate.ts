import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificate {
  key: Buffer;
  cert: Buffer;
  /** SHA-256 of its public key in base64, by which a browser can be told to trust it. */
  fingerprint: string;
}

/**
 * A self-signed certificate for a day, left in that folder. Node can make keys and no certificates, so openssl does.
 * @throws Error when there is no openssl
 */
export function makeCertificate(folder: string): Certificate {
  const key = join(folder, 'key.pem');
  const cert = join(folder, 'cert.pem');
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  try {
    execFileSync(
      'openssl',
      ['req', '-x509', ...newKey, '-keyout', key, '-out', cert, '-days', '1', '-subj', '/CN=shop.example'],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
  } catch (error) {
    throw new Error('openssl could not make a certificate: is it installed and on the PATH?', { cause: error });
  }
  const pem = readFileSync(cert);
  const publicKey = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' });
  const fingerprint = createHash('sha256').update(publicKey).digest('base64');
  return { key: readFileSync(key), cert: pem, fingerprint };
}
