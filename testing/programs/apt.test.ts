import { expect, test } from 'vitest';
import { distribution } from './apt.ts';

test.each([
  ['PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n', 'debian'],
  ['NAME="Ubuntu"\nVERSION_ID="24.04"\nID=ubuntu\nID_LIKE=debian\n', 'ubuntu'],
  ['ID="ubuntu"\n', 'ubuntu'],
  ['NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n', null],
  ['ID=fedora\n', null],
  ['', null],
])('%j is the text of %s', (osRelease, name) => {
  expect(distribution(osRelease)).toBe(name);
});
