/** The text of a body as it came over the network. */
import type { IncomingHttpHeaders } from 'node:http';
import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

/** A body that was cut, because it is too long, is decoded as far as it goes. */
const cut = { finishFlush: constants.Z_SYNC_FLUSH };
const cutBrotli = { finishFlush: constants.BROTLI_OPERATION_FLUSH };

const decoders: Record<string, (body: Buffer) => Buffer> = {
  gzip: (body) => gunzipSync(body, cut),
  'x-gzip': (body) => gunzipSync(body, cut),
  br: (body) => brotliDecompressSync(body, cutBrotli),
  // RFC 9110 section 8.4.1.2: zlib. Some servers send it without its header.
  deflate: (body) => ((body[0]! & 0x0f) === 8 ? inflateSync(body, cut) : inflateRawSync(body, cut)),
  identity: (body) => body,
};

/**
 * Returns the text of a body. An app may compress it although the check does not ask for that (RFC 9110 section 12.5.3).
 * @throws Error when nobody knows the coding: what cannot be read must not look like a page without a secret
 */
export function decoded(body: Buffer, headers: IncomingHttpHeaders): string {
  const codings = (headers['content-encoding'] ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  const plain = codings.filter(Boolean).reduceRight((bytes, name) => {
    const decode = decoders[name];
    if (!decode) throw new Error(`the body has the content coding ${name}, which the check cannot read`);
    return bytes.length === 0 ? bytes : decode(bytes);
  }, body);
  return decoderFor(headers['content-type']).decode(plain);
}

/** UTF-8 where the app names no other character set, or one that does not exist. */
function decoderFor(type = ''): TextDecoder {
  const [, name = 'utf-8'] = /;\s*charset="?([^";\s]+)/i.exec(type) ?? [];
  try {
    return new TextDecoder(name);
  } catch {
    return new TextDecoder();
  }
}
