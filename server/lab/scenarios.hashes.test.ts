import { describe } from 'vitest';
import { aboutHashes, onRealInEveryRun, testScenarios } from '../../testing/everyScenario.ts';

describe('mock', () => testScenarios('mock', aboutHashes));
// The others are in scenarios.hashes.full.test.ts.
describe('real', () => testScenarios('real', (scenario) => aboutHashes(scenario) && onRealInEveryRun(scenario)));
