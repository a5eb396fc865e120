const masked = '••••••';

/**
 * The body with every password in it masked: the trace is shown on projectors and kept in files.
 * @param instead what stands there instead of each password
 */
export function redact(body: string, instead: (password: unknown) => unknown = () => masked): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return body.replace(
      /("?password"?\s*[=:]\s*)([^&\s,}]+)/gi,
      (_, before: string, password: string) => `${before}${instead(password)}`,
    );
  }
  return JSON.stringify(parsed, (key, value) => (/password/i.test(key) ? instead(value) : value));
}
