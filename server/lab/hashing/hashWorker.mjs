/**
 * Hashes a password, or compares one, in a thread of its own. The synchronous functions: the others would leave the work to the
 * threads in which the whole process reads files. This file is plain JavaScript, so that it starts without a TypeScript loader.
 */
import bcrypt from 'bcrypt';

export const hash = ({ password, cost }) => bcrypt.hashSync(password, cost);

export const compare = ({ password, hash }) => bcrypt.compareSync(password, hash);
