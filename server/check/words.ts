import { randomBytes } from 'node:crypto';

/** A word that is nowhere by chance, and that a field for a name accepts. */
export const randomWord = () => `w${randomBytes(5).toString('hex')}x`;
