import { aboutHashes, isUndisturbed, testScenarios } from '../../testing/everyScenario.ts';

// Every run plays the others on the mock: scenarios.hashes.test.ts.
testScenarios('mock', (scenario) => aboutHashes(scenario) && isUndisturbed(scenario));
testScenarios('real', aboutHashes);
