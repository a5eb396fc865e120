/** Without these a browser sends requests to its maker when it starts. */
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const isRoot = process.getuid?.() === 0;

/** How a browser is started that leaves this machine alone, with these arguments in addition. Chromium has no sandbox for root. */
export const quietArguments = (...more: string[]): string[] => [...quiet, ...(isRoot ? ['--no-sandbox'] : []), ...more];
