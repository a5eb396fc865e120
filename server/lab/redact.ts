const masked = '••••••';

/**
 * Returns the body with every password replaced, because traces are shown on projectors and kept in files.
 * @param replace returns what to show for a password; dots by default
 */
export function redact(body: string, replace: (password: unknown) => unknown = () => masked): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return body.replace(
      /("?password"?\s*[=:]\s*)([^&\s,}]+)/gi,
      (_, before: string, password: string) => `${before}${replace(password)}`,
    );
  }
  return JSON.stringify(parsed, (key, value) => (/password/i.test(key) ? replace(value) : value));
}
