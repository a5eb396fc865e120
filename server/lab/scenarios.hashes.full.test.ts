import { aboutHashes, onRealInEveryRun, testScenarios } from '../../testing/everyScenario.ts';

// Every run plays the others: scenarios.hashes.test.ts.
testScenarios('real', (scenario) => aboutHashes(scenario) && !onRealInEveryRun(scenario));
