/**
 * A setup file of vitest: lets processes of a higher priority go first. Tests that really wait have seconds to meet; their process keeps
 * its priority, and those of all other tests, with every program they start, give theirs up.
 */
import { constants, setPriority } from 'node:os';

setPriority(constants.priority.PRIORITY_LOW);
