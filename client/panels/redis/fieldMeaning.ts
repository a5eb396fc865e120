/** What the fields of a session record are for. The app writes them: server/app/session.ts. */
const meanings: Readonly<Record<string, string>> = {
  userId: 'Who is logged in',
  role: 'What this user may do, as it was at the login',
  basketId: 'Names the key that holds the basket',
  credentialVersion: 'Counts the changes of the password. The shop accepts no session with an older count',
  loginAt: 'When the login was, in ms since 1970. The absolute limit counts from it',
  confirmedAt: 'When the password was last typed, in ms since 1970. Sensitive changes ask for a recent time',
  pending: 'Whose password was typed. The record names nobody until the code is right',
  series: 'The remembered device that this session began on',
  flash: 'A message for the next page',
};

/** @param line of a record, as it is shown: `loginAt: 1796017465263` */
export const meaningOfField = (line: string): string | undefined => meanings[/^(\w+): /.exec(line)?.[1] ?? ''];
