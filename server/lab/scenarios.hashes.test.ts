import { aboutHashes, isUndisturbed, testScenarios } from '../../testing/everyScenario.ts';

// Those that measure how long hashes take, and all of them on a real Redis: scenarios.hashes.full.test.ts.
testScenarios('mock', (scenario) => aboutHashes(scenario) && !isUndisturbed(scenario));
