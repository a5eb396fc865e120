import { aboutHashes, testScenarios } from '../../testing/everyScenario.ts';

// Every run plays them on the mock: scenarios.hashes.test.ts.
testScenarios('real', aboutHashes);
