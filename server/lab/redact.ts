const masked = '••••••';

/** The body with every password in it masked: the trace is shown on projectors and kept in files. */
export function redact(body: string): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return body.replace(/("?password"?\s*[=:]\s*)[^&\s,}]+/gi, `$1${masked}`);
  }
  return JSON.stringify(parsed, (key, value) => (/password/i.test(key) ? masked : value));
}
