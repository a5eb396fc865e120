/**
 * Imported for its effect: ends the process with a sentence where Node.js is too old. It runs on every Node.js that knows `import`,
 * so its syntax is old, and it comes before everything that may fail to load.
 */

/** The engines of package.json. */
const required = '20.19';

const current = process.versions.node;
const [major, minor] = current.split('.').map(Number);
const [leastMajor, leastMinor] = required.split('.').map(Number);

if (major < leastMajor || (major === leastMajor && minor < leastMinor)) {
  console.error(
    `Session Sandbox needs Node.js ${required} or later, and this is ${current}. Install a newer one: https://nodejs.org`,
  );
  // As everywhere where something is missing that npm does not install.
  process.exit(3);
}
