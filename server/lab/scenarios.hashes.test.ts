import { aboutHashes, testScenarios } from '../../testing/everyScenario.ts';

// On a real Redis: scenarios.hashes.full.test.ts.
testScenarios('mock', aboutHashes);
