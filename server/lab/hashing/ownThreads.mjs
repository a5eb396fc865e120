/**
 * A process with the four threads of libuv, which hash passwords and read files, and nothing else. A lesson fills them without
 * taking anything from the other sandboxes. It ends with the process that started it. Plain JavaScript, so that it starts without
 * a TypeScript loader.
 */
import { readFile } from 'node:fs/promises';
import bcrypt from 'bcrypt';

if (!process.connected) process.exit();
process.on('disconnect', () => process.exit());

const work = {
  hash: bcrypt.hash,
  compare: bcrypt.compare,
  // What is in the file stays here: the app sends it.
  read: (file) =>
    readFile(file).then(
      () => true,
      () => false,
    ),
};

process.on('message', async ({ id, name, values }) => {
  const answer = await work[name](...values).then(
    (result) => ({ id, result }),
    ({ message }) => ({ id, error: message }),
  );
  if (process.connected) process.send(answer, () => {});
});
